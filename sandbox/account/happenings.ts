import type { SandboxContact } from './contact';
import type { MailingLink } from './mailings';
import { Timeline } from './timeline';

export const FORMATS = ['html', 'text'] as const;
export const DEVICE_TYPES = ['UNKNOWN', 'COMPUTER', 'TABLET', 'MOBILE'] as const;
export const BOUNCE_TYPES = ['permanent', 'transient'] as const;
export const BOUNCE_SOURCES = ['mta-listener', 'reply'] as const;
export const BLOCK_REASONS = ['blacklist', 'bounce_policy'] as const;
export const SENDOUT_STATES = ['allowed', 'blocked'] as const;
export const REPLY_TYPES = [
	'unknown',
	'unsubscribe',
	'receipt_confirmation',
	'out_of_office_vacation',
	'spam',
] as const;

export type Format = (typeof FORMATS)[number];
export type DeviceType = (typeof DEVICE_TYPES)[number];
export type BounceType = (typeof BOUNCE_TYPES)[number];
export type BounceSource = (typeof BOUNCE_SOURCES)[number];
export type BlockReason = (typeof BLOCK_REASONS)[number];
export type SendoutState = (typeof SENDOUT_STATES)[number];
export type ReplyType = (typeof REPLY_TYPES)[number];

/** What all events have in common. */
export interface Happening {
	/** Epoch milliseconds. */
	readonly time: number;
	/** Who it was; still known here when Maileon no longer tells. */
	readonly contact: SandboxContact;
	/** Whether Maileon ties the event to the contact. */
	readonly tracked: boolean;
	readonly mailingId: number | null;
	/** The mail; null when there was none. */
	readonly msgId: number | null;
	/** The transaction that triggered the mail. */
	readonly transactionId: string | null;
}

/** A mail that reached a recipient. */
export interface Mail extends Happening {
	readonly msgId: number;
}

/** What is known of the program that opened a mail; by the names of the answer. */
export type ClientInfo = Readonly<Record<string, string>>;

export interface Open extends Happening {
	readonly format: Format;
	readonly deviceType: DeviceType;
	/** Code of the social network in which it happened. */
	readonly socialNetwork: string | null;
	readonly client: ClientInfo;
}

export interface Click extends Open {
	readonly link: MailingLink;
}

export interface Bounce extends Happening {
	readonly type: BounceType;
	readonly statusCode: string;
	readonly source: BounceSource;
}

export interface BlockChange extends Happening {
	readonly oldStatus: SendoutState;
	readonly newStatus: SendoutState;
	readonly reason: BlockReason;
}

export interface Subscription extends Happening {
	/** Known when the account logs IP addresses. */
	readonly ip: string | null;
}

export interface Unsubscription extends Happening {
	/** `link`, `reply`, or another word. */
	readonly source: string;
	/** The record of the unsubscriber: what the contact was. */
	readonly email: string | null;
	readonly externalId: string | null;
	readonly standardFields: Readonly<Record<string, string>>;
	readonly customFields: Readonly<Record<string, string>>;
	/** Like `no_demand` or `other|moved away`. */
	readonly reasons: readonly string[];
}

/** A reason that an unsubscriber gave. */
export interface UnsubscriptionReason {
	readonly time: number;
	readonly reason: string;
}

/** A reason as reports show it: the type, or for another reason its text. */
function shownReason(reason: string): string {
	const [type = '', ...text] = reason.split('|');
	return type === 'other' && text.length > 0 ? text.join('|') : type;
}

/** A site or a goal of the web analytics. */
export interface AnalyticsPart {
	readonly id: number;
	readonly name: string;
}

export interface Conversion extends Happening {
	readonly value: number;
	readonly site: AnalyticsPart;
	readonly goal: AnalyticsPart;
	readonly link: MailingLink | null;
	/** When the mail was sent that led to it, in epoch milliseconds. */
	readonly mailingSent: number | null;
}

export interface FilteredContact extends Happening {
	readonly cause: string;
}

export interface Reply extends Happening {
	readonly type: ReplyType;
}

/** All kinds of events, by the names that controls use. */
export interface HappeningOf {
	recipients: Mail;
	opens: Open;
	clicks: Click;
	bounces: Bounce;
	blocks: BlockChange;
	subscribers: Subscription;
	unsubscriptions: Unsubscription;
	conversions: Conversion;
	filteredContacts: FilteredContact;
	replies: Reply;
}
export type Kind = keyof HappeningOf;

/** What became of one mailing, in sums; they stay when contacts leave. */
export interface MailingSums {
	recipients: number;
	opens: number;
	openers: Set<number>;
	clicks: number;
	clickers: Set<number>;
	bounces: number;
	permanentBounces: number;
	unsubscriptions: number;
	replies: number;
}

/** Everything that happened to mails and contacts, as reports tell it. */
export class Happenings {
	private readonly timelines: { [K in Kind]: Timeline<HappeningOf[K]> } = {
		recipients: new Timeline(),
		opens: new Timeline(),
		clicks: new Timeline(),
		bounces: new Timeline(),
		blocks: new Timeline(),
		subscribers: new Timeline(),
		unsubscriptions: new Timeline(),
		conversions: new Timeline(),
		filteredContacts: new Timeline(),
		replies: new Timeline(),
	};
	readonly unsubscriptionReasons = new Timeline<UnsubscriptionReason>();
	private readonly sums = new Map<number, MailingSums>();
	private readonly mailsTo = new Map<number, Mail[]>();
	private readonly mailsById = new Map<number, Mail>();
	private lastMsgId = 70_000;

	newMsgId(): number {
		return ++this.lastMsgId;
	}

	/** Notes a mail that goes out now or went out at another time. */
	mailOut(mail: Omit<Mail, 'msgId' | 'tracked'>): Mail {
		const sent: Mail = { ...mail, tracked: true, msgId: this.newMsgId() };
		this.record('recipients', [sent]);
		return sent;
	}

	/** The latest mail that the contact got, or the latest of one mailing. */
	latestMail(contact: SandboxContact, mailingId?: number): Mail | undefined {
		const mails = this.mailsTo.get(contact.id) ?? [];
		return mailingId === undefined
			? mails.at(-1)
			: mails.findLast((mail) => mail.mailingId === mailingId);
	}

	/** How many mails of a mailing a contact got after a moment. */
	mailsSince(contact: SandboxContact, mailingId: number, after: number): number {
		const mails = this.mailsTo.get(contact.id) ?? [];
		return mails.filter((mail) => mail.mailingId === mailingId && mail.time > after).length;
	}

	/** The mail with this message ID. */
	mail(msgId: number): Mail | undefined {
		return this.mailsById.get(msgId);
	}

	/** Adds events of one kind, in any order. */
	record<K extends Kind>(kind: K, happenings: ReadonlyArray<HappeningOf[K]>): void {
		const timeline: Timeline<HappeningOf[K]> = this.timeline(kind);
		const [first] = happenings;
		if (happenings.length === 1 && first) timeline.add(first);
		else timeline.addAll(happenings);
		for (const happening of happenings) NOTES[kind]?.(this, happening);
	}

	/** The events of one kind. */
	timeline<K extends Kind>(kind: K): Timeline<HappeningOf[K]> {
		return this.timelines[kind];
	}

	/** What became of a mailing; undefined when nothing has. */
	sumsOf(mailingId: number): MailingSums | undefined {
		return this.sums.get(mailingId);
	}

	/** The sums of the mailing that an event belongs to, to be counted up. */
	countFor({ mailingId }: Happening): MailingSums | undefined {
		if (mailingId === null) return undefined;
		const known = this.sums.get(mailingId);
		if (known) return known;
		const sums = noSums();
		this.sums.set(mailingId, sums);
		return sums;
	}

	/** Adds reasons for unsubscriptions. */
	noteReasons(time: number, reasons: readonly string[]): void {
		for (const reason of reasons) {
			this.unsubscriptionReasons.add({ time, reason: shownReason(reason) });
		}
	}

	/** Makes a mail findable. */
	noteMail(mail: Mail): void {
		this.mailsById.set(mail.msgId, mail);
		const mails = this.mailsTo.get(mail.contact.id);
		if (mails) mails.push(mail);
		else this.mailsTo.set(mail.contact.id, [mail]);
	}
}

/** The sums of a mailing of which nothing has become yet. */
export function noSums(): MailingSums {
	return {
		recipients: 0,
		opens: 0,
		openers: new Set(),
		clicks: 0,
		clickers: new Set(),
		bounces: 0,
		permanentBounces: 0,
		unsubscriptions: 0,
		replies: 0,
	};
}

/** What else follows from an event of a kind. */
const NOTES: {
	[K in Kind]?: (happenings: Happenings, happening: HappeningOf[K]) => void;
} = {
	recipients: (happenings, mail) => {
		happenings.noteMail(mail);
		const sums = happenings.countFor(mail);
		if (sums) sums.recipients += 1;
	},
	opens: (happenings, open) => {
		const sums = happenings.countFor(open);
		if (!sums) return;
		sums.opens += 1;
		sums.openers.add(open.contact.id);
	},
	clicks: (happenings, click) => {
		const sums = happenings.countFor(click);
		if (!sums) return;
		sums.clicks += 1;
		sums.clickers.add(click.contact.id);
	},
	bounces: (happenings, bounce) => {
		const sums = happenings.countFor(bounce);
		if (!sums) return;
		sums.bounces += 1;
		if (bounce.type === 'permanent') sums.permanentBounces += 1;
	},
	unsubscriptions: (happenings, unsubscription) => {
		const sums = happenings.countFor(unsubscription);
		if (sums) sums.unsubscriptions += 1;
		happenings.noteReasons(unsubscription.time, unsubscription.reasons);
	},
	replies: (happenings, reply) => {
		const sums = happenings.countFor(reply);
		if (sums) sums.replies += 1;
	},
};
