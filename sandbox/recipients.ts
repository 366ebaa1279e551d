import type { Account } from './account/account';
import type { SandboxContact } from './account/contact';
import { isActive, PERMISSION_DOI_PLUS } from './account/contact';
import type {
	AnalyticsPart,
	BlockReason,
	BounceSource,
	BounceType,
	ClientInfo,
	DeviceType,
	Format,
	Happening,
	HappeningOf,
	Kind,
	Mail,
	ReplyType,
	SendoutState,
} from './account/happenings';
import type { Mailing, MailingLink } from './account/mailings';
import type { Variants } from './variants';

/** The mail that an event belongs to, and when it happened. */
export interface EventInput {
	/** Message ID. Absent: the latest mail that the contact got. */
	msgId?: number;
	/** The latest mail of this mailing; null: no mailing. */
	mailingId?: number | null;
	/** Epoch milliseconds. Absent: now. */
	at?: number;
	/** Whether Maileon ties it to the contact. Absent: as the permission says. */
	tracked?: boolean;
}

interface OpenInput extends EventInput {
	format?: Format;
	deviceType?: DeviceType;
	socialNetwork?: string;
	client?: ClientInfo;
}

/** What can be said about an event of each kind. */
export interface InputOf {
	recipients: EventInput & { transactionId?: string };
	opens: OpenInput;
	/** The link by ID or URL. Absent: the first of the mailing. */
	clicks: OpenInput & { link?: number | string };
	bounces: EventInput & { type?: BounceType; statusCode?: string; source?: BounceSource };
	blocks: EventInput & { newStatus?: SendoutState; reason?: BlockReason };
	subscribers: EventInput & { ip?: string };
	unsubscriptions: EventInput & { source?: string; reasons?: string[] };
	conversions: EventInput & {
		value?: number;
		site?: AnalyticsPart;
		goal?: AnalyticsPart;
		link?: number | string;
	};
	filteredContacts: EventInput & { cause?: string };
	replies: EventInput & { type?: ReplyType };
}

/** Who it was: one of the two. */
export interface Who {
	contactId?: number;
	email?: string;
}

/** Many events that are made up. */
export interface SeedOptions {
	count: number;
	/** First moment, in epoch milliseconds. Absent: an hour before `to`. */
	from?: number;
	/** End, not included. Absent: now. */
	to?: number;
	/** Mailings that take turns. Absent: 21, for subscribers the default DOI mailing. */
	mailingIds?: number[];
	/** How many contacts take turns: `seed-1@example.com` and so on, made where missing. */
	contacts?: number;
	/** Every how manieth event is not tied to its contact. Absent: none. */
	anonymousEvery?: number;
	/** Whole seconds only, so that equal moments come up. */
	wholeSeconds?: boolean;
}

const HOUR = 3_600_000;
const SITE: AnalyticsPart = { id: 1, name: 'Shop' };
const GOAL: AnalyticsPart = { id: 1, name: 'Order' };
const ANY_LINK: MailingLink = {
	id: 9001,
	type: 'STANDARD',
	url: 'https://shop.example.com/',
	tags: [],
};

const COMPUTER: ClientInfo = {
	os_name: 'WINDOWS_10',
	os_group: 'WINDOWS',
	browser: 'CHROME',
	browser_group: 'CHROME',
	browser_type: 'WebBrowser',
	user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
	rendering_engine: 'BLINK',
};
const PHONE: ClientInfo = {
	os_name: 'IOS_17_IPHONE',
	os_group: 'IOS',
	browser: 'MOBILE_SAFARI',
	browser_group: 'SAFARI',
	browser_type: 'MobileBrowser',
	user_agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)',
	rendering_engine: 'WEBKIT',
};

/** What recipients do with their mails, and what reports tell about it. */
export class Recipients {
	constructor(
		private readonly account: Account,
		private readonly variants: Variants,
	) {}

	/**
	 * A mailing goes out, now or at another moment, to the contacts with these addresses or to all;
	 * those that may get no mails are left out. Gives the mails.
	 */
	send(mailingId: number, options: { emails?: string[]; at?: number } = {}): Mail[] {
		const mailing = this.mailing(mailingId);
		const time = options.at ?? this.now();
		const contacts = options.emails?.map((email) => this.who({ email }));
		const mails: Mail[] = [];
		for (const contact of contacts ?? this.account.contacts.identified()) {
			if (!isActive(contact)) continue;
			const mail = this.account.sendMail(contact, { kind: 'mailing' }, { mailing, time });
			if (mail) mails.push(mail);
		}
		if (mailing.type === 'regular') {
			mailing.state = 'done';
			mailing.due = null;
			if (mailing.schedule) mailing.schedule.state = 'fired';
		}
		mailing.scheduleTime ??= new Date(time);
		return mails;
	}

	/**
	 * Something that the recipient of a mail does.
	 *
	 * @throws Error when there is no such mail
	 */
	act<K extends Kind>(kind: K, who: Who, input: InputOf[K]): HappeningOf[K] {
		const named = input.msgId === undefined ? undefined : this.account.happenings.mail(input.msgId);
		if (input.msgId !== undefined && !named) throw new Error(`there is no mail ${input.msgId}`);
		const contact = named?.contact ?? this.who(who);
		if (!this.mailFor(contact, input)) throw new Error('the contact got no such mail');
		return this.note(kind, contact, input);
	}

	/** Notes an event of a contact, as reports will tell it; changes nothing else. */
	note<K extends Kind>(kind: K, contact: SandboxContact, input: InputOf[K]): HappeningOf[K] {
		const happening = this.build(kind, contact, input);
		this.account.happenings.record(kind, [happening]);
		return happening;
	}

	/** Notes many events exactly as given, late ones too; changes nothing else. */
	record<K extends Kind>(kind: K, events: ReadonlyArray<Who & InputOf[K]>): void {
		this.account.happenings.record(
			kind,
			events.map((event) => this.build(kind, this.who(event), event)),
		);
	}

	/** Notes many events that are spread evenly over a span of time; changes nothing else. */
	seed<K extends Kind>(kind: K, options: SeedOptions): void {
		const { count, to = this.now(), from = to - HOUR } = options;
		const mailingIds = options.mailingIds ?? [kind === 'subscribers' ? 11 : 21];
		const contacts = this.seedContacts(Math.min(options.contacts ?? 1000, count));
		const events: Array<HappeningOf[K]> = [];
		for (let index = 0; index < count; index += 1) {
			const contact = contacts[index % contacts.length];
			if (!contact) break;
			const moment = Math.floor(from + (index * (to - from)) / count);
			const isAnonymous = options.anonymousEvery
				? index % options.anonymousEvery === options.anonymousEvery - 1
				: undefined;
			const happening = this.happening(kind, contact, {
				at: options.wholeSeconds ? moment - (moment % 1000) : moment,
				mailingId: kind === 'blocks' ? null : mailingIds[index % mailingIds.length],
				tracked: isAnonymous === undefined ? undefined : !isAnonymous,
			});
			events.push(BUILDERS[kind](this.account, happening, MADE_UP[kind](index)));
		}
		this.account.happenings.record(kind, events);
	}

	/** The first of the made-up contacts, made with double opt-in plus where missing. */
	seedContacts(count: number): SandboxContact[] {
		const { contacts } = this.account;
		return Array.from({ length: count }, (_, index) => {
			const email = `seed-${index + 1}@example.com`;
			const [known] = contacts.withEmail(email);
			if (known) return known;
			const contact = contacts.create(this.account.now());
			contacts.setEmail(contact, email);
			contacts.setExternalId(contact, `S-${index + 1}`);
			contact.permission = PERMISSION_DOI_PLUS;
			contact.standardFields.FIRSTNAME = `Seed ${index + 1}`;
			return contact;
		});
	}

	/** The mailing with this ID. */
	mailing(id: number): Mailing {
		const mailing = this.account.mailings.get(id);
		if (!mailing) throw new Error(`there is no mailing ${id}`);
		return mailing;
	}

	private build<K extends Kind>(
		kind: K,
		contact: SandboxContact,
		input: InputOf[K],
	): HappeningOf[K] {
		return BUILDERS[kind](this.account, this.happening(kind, contact, input), input);
	}

	private happening(kind: Kind, contact: SandboxContact, input: EventInput): Happening {
		const isMailed = kind !== 'blocks' && kind !== 'filteredContacts' && kind !== 'recipients';
		const mail = isMailed ? this.mailFor(contact, input) : undefined;
		const mailingId = mail?.mailingId ?? input.mailingId ?? null;
		return {
			time: input.at ?? this.now(),
			contact,
			tracked: input.tracked ?? this.isTracked(kind, contact),
			mailingId,
			msgId: mail?.msgId ?? input.msgId ?? (isMailed ? presumedMsgId(contact, mailingId) : null),
			transactionId: mail?.transactionId ?? null,
		};
	}

	private mailFor(contact: SandboxContact, input: EventInput): Mail | undefined {
		const { happenings } = this.account;
		if (input.msgId !== undefined) return happenings.mail(input.msgId);
		if (input.mailingId === null) return undefined;
		return happenings.latestMail(contact, input.mailingId);
	}

	/** Opens and clicks are tied to contacts with double opt-in plus only (documentation: get clicks). */
	private isTracked(kind: Kind, contact: SandboxContact): boolean {
		if (kind === 'unsubscriptions') return !this.account.anonymousUnsubscribers;
		if (kind !== 'opens' && kind !== 'clicks') return true;
		return (
			this.variants.reportTrackedContacts === 'all' || contact.permission === PERMISSION_DOI_PLUS
		);
	}

	private who({ contactId, email }: Who): SandboxContact {
		const { contacts } = this.account;
		const contact =
			contactId === undefined ? contacts.withEmail(email ?? '')[0] : contacts.find(contactId);
		if (!contact) throw new Error(`there is no contact ${contactId ?? email ?? 'without a name'}`);
		return contact;
	}

	private now(): number {
		return this.account.now().getTime();
	}
}

/** A message ID for an event whose mail is not kept: the same for one contact and mailing. */
function presumedMsgId(contact: SandboxContact, mailingId: number | null): number | null {
	return mailingId === null ? null : contact.id * 1_000_000 + (mailingId % 1_000_000);
}

type Builder<K extends Kind> = (
	account: Account,
	happening: Happening,
	input: InputOf[K],
) => HappeningOf[K];

/** How an event of each kind is filled where nothing is said. */
const BUILDERS: { [K in Kind]: Builder<K> } = {
	recipients: ({ happenings }, happening, { msgId, transactionId }) => ({
		...happening,
		msgId: msgId ?? happenings.newMsgId(),
		transactionId: transactionId ?? null,
	}),
	opens: buildOpen,
	clicks: (account, happening, input) =>
		clickOn(buildOpen(account, happening, input), linkOf(account, happening, input.link)),
	bounces: (_, happening, { type = 'permanent', statusCode, source }) => ({
		...happening,
		type,
		statusCode: statusCode ?? (type === 'permanent' ? '5.1.1' : '4.2.2'),
		source: source ?? 'mta-listener',
	}),
	blocks: (_, happening, { newStatus = 'blocked', reason }) => ({
		...happening,
		oldStatus: newStatus === 'blocked' ? 'allowed' : 'blocked',
		newStatus,
		reason: reason ?? 'blacklist',
	}),
	subscribers: ({ ipLogging }, happening, { ip }) => ({
		...happening,
		ip: ipLogging ? (ip ?? '192.0.2.1') : null,
	}),
	unsubscriptions: ({ keepsUnsubscriberFields }, happening, { source, reasons }) => ({
		...happening,
		source: source ?? 'link',
		reasons: reasons ?? [],
		email: happening.contact.email,
		externalId: happening.contact.externalId,
		standardFields: keepsUnsubscriberFields ? { ...happening.contact.standardFields } : {},
		customFields: keepsUnsubscriberFields ? { ...happening.contact.customFields } : {},
	}),
	conversions: (account, happening, { value, site, goal, link }) => ({
		...happening,
		value: value ?? 19.9,
		site: site ?? SITE,
		goal: goal ?? GOAL,
		link: linkOf(account, happening, link) ?? null,
		mailingSent:
			happening.msgId === null ? null : (account.happenings.mail(happening.msgId)?.time ?? null),
	}),
	filteredContacts: (_, happening, { cause }) => ({
		...happening,
		cause: cause ?? 'personalization',
	}),
	replies: (_, happening, { type }) => ({ ...happening, type: type ?? 'unknown' }),
};

/** Opens and clicks are made by the million, and spreading objects takes ten times as long. */
function buildOpen(_: Account, happening: Happening, input: OpenInput): HappeningOf['opens'] {
	const deviceType = input.deviceType ?? 'COMPUTER';
	return {
		time: happening.time,
		contact: happening.contact,
		tracked: happening.tracked,
		mailingId: happening.mailingId,
		msgId: happening.msgId,
		transactionId: happening.transactionId,
		format: input.format ?? 'html',
		deviceType,
		socialNetwork: input.socialNetwork ?? null,
		client: input.client ?? (deviceType === 'MOBILE' ? PHONE : COMPUTER),
	};
}

function clickOn(open: HappeningOf['opens'], link = ANY_LINK): HappeningOf['clicks'] {
	return {
		time: open.time,
		contact: open.contact,
		tracked: open.tracked,
		mailingId: open.mailingId,
		msgId: open.msgId,
		transactionId: open.transactionId,
		format: open.format,
		deviceType: open.deviceType,
		socialNetwork: open.socialNetwork,
		client: open.client,
		link,
	};
}

/**
 * @throws Error when the mailing has no such link
 */
function linkOf(
	account: Account,
	{ mailingId }: Happening,
	link: number | string | undefined,
): MailingLink | undefined {
	const links = account.mailings.get(mailingId ?? -1)?.links ?? [];
	if (link === undefined) return links[0];
	const found = links.find(({ id, url, type }) => id === link || url === link || type === link);
	if (!found) throw new Error(`mailing ${mailingId ?? '(none)'} has no link ${link}`);
	return found;
}

const SEEDED_DEVICES: DeviceType[] = ['COMPUTER', 'MOBILE', 'MOBILE', 'TABLET', 'UNKNOWN'];
const SEEDED_REASONS = ['too_many_messages', 'no_demand', 'other|moved away'];

function pick<T>(list: readonly T[], index: number): T | undefined {
	return list[index % list.length];
}

/** Some variety for events that are made up. */
const MADE_UP: { [K in Kind]: (index: number) => InputOf[K] } = {
	recipients: () => ({}),
	opens: (index) => ({ deviceType: pick(SEEDED_DEVICES, index) }),
	clicks: (index) => ({ deviceType: pick(SEEDED_DEVICES, index) }),
	bounces: (index) => ({ type: index % 3 === 0 ? 'permanent' : 'transient' }),
	blocks: () => ({}),
	subscribers: () => ({}),
	unsubscriptions: (index) => ({ reasons: [pick(SEEDED_REASONS, index) ?? 'no_demand'] }),
	conversions: (index) => ({ value: (index % 1000) / 10 }),
	filteredContacts: () => ({}),
	replies: () => ({}),
};
