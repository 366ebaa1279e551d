import type { AnalyticsPart, Happening, HappeningOf, Kind } from '../account/happenings';
import {
	BLOCK_REASONS,
	BOUNCE_SOURCES,
	BOUNCE_TYPES,
	DEVICE_TYPES,
	FORMATS,
	REPLY_TYPES,
	SENDOUT_STATES,
} from '../account/happenings';
import { onEvent } from '../account/dispatching';
import type { Mailing, MailingSettings, NewLink } from '../account/mailings';
import { LINK_TYPES, MAILING_STATES, MAILING_TYPES } from '../account/mailings';
import type { EventInput, InputOf, SeedOptions, Who } from '../recipients';
import type { Sandbox } from '../types';
import type { Action } from './controls';
import { controls } from './controls';
import { Input, itemNumber, itemText, needed } from './input';

/** Controls of mailings, of what recipients do, and of the clock. */
const ACTIONS: Record<string, Action> = {
	addMailing: (input) => {
		const settings = { ...readSettings(input), name: needed(input.text('name'), 'name') };
		const links = input.list('links', readLink);
		const id = input.number('id');
		return ({ account }) => {
			const mailing = account.addMailing(settings, links, id);
			return { id: mailing.id, links: mailing.links };
		};
	},
	changeMailing: (input) => {
		const id = needed(input.number('id'), 'id');
		const name = input.text('name');
		const settings = { ...readSettings(input), ...(name === undefined ? {} : { name }) };
		const change = settings.state === undefined ? settings : { ...settings, due: null };
		return ({ recipients }) => void Object.assign(recipients.mailing(id), change);
	},
	sendMailing: (input) => {
		const id = needed(input.number('id'), 'id');
		const options = { emails: input.list('emails', itemText), at: input.moment('at') };
		return ({ recipients }) => ({ mails: recipients.send(id, options).length });
	},
	open: (input) => act('opens', input),
	click: (input) => act('clicks', input),
	reply: (input) => act('replies', input),
	convert: (input) => act('conversions', input),
	confirm: (input) => {
		const [email, details] = [readEmail(input), READERS.subscribers(input)];
		return async (sandbox) => await sandbox.confirmDoi(email, details);
	},
	bounce: (input) => {
		const [email, { type, ...details }] = [readEmail(input), READERS.bounces(input)];
		return async (sandbox) => await sandbox.bounce(email, type, details);
	},
	unsubscribe: (input) => {
		const [email, details] = [readEmail(input), READERS.unsubscriptions(input)];
		return async (sandbox) => await sandbox.unsubscribe(email, details);
	},
	filter: (input) => {
		const [email, details] = [readEmail(input), READERS.filteredContacts(input)];
		return async (sandbox) => await sandbox.filterOut(email, details);
	},
	block: (input) => {
		const [email, at] = [readEmail(input), input.moment('at')];
		const reason = input.choice('reason', BLOCK_REASONS);
		return (sandbox) => sandbox.block(email, reason, at);
	},
	unblock: (input) => {
		const [email, at] = [readEmail(input), input.moment('at')];
		return (sandbox) => sandbox.unblock(email, at);
	},
	record: (input) => record(readKind(input), input),
	seed: (input) => {
		const [kind, options] = [readKind(input), readSeed(input)];
		return ({ recipients, account }) => {
			recipients.seed(kind, options);
			return { total: account.happenings.timeline(kind).length };
		};
	},
	seedContacts: (input) => {
		const count = needed(input.number('count'), 'count');
		return ({ recipients }) => {
			const contacts = recipients.seedContacts(count);
			return { first: contacts[0]?.id, last: contacts.at(-1)?.id };
		};
	},
	clock: (input) => {
		const setting = {
			at: input.moment('at'),
			advance: input.number('advance'),
			running: input.flag('running'),
			real: input.flag('real'),
		};
		const given = Object.entries(setting).filter(([, value]) => value !== undefined);
		return (sandbox) => {
			const now = sandbox.setClock(Object.fromEntries(given));
			return { now: now.getTime(), iso: now.toISOString() };
		};
	},
};

/** The controls by name. */
export const reportActions = controls(ACTIONS);

function readEmail(input: Input): string {
	return needed(input.text('email'), 'email');
}

function act<K extends Kind>(kind: K, input: Input): (sandbox: Sandbox) => object {
	const [who, event] = [readWho(input), READERS[kind](input)];
	return ({ recipients }) => {
		const happening: Happening = recipients.act(kind, who, event);
		const { time, contact, tracked, mailingId, msgId } = happening;
		return { at: time, contactId: contact.id, tracked, mailingId, msgId };
	};
}

function record<K extends Kind>(kind: K, input: Input): (sandbox: Sandbox) => object {
	const events = input.list('events', (item) => {
		const each = Input.of(item, 'an event');
		const event = { ...readWho(each), ...READERS[kind](each) };
		each.end();
		return event;
	});
	return ({ recipients, account }) => {
		recipients.record(kind, needed(events, 'events'));
		return { total: account.happenings.timeline(kind).length };
	};
}

function readKind(input: Input): Kind {
	return needed(input.choice('kind', Object.keys(READERS) as Kind[]), 'kind');
}

function readWho(input: Input): Who {
	return { contactId: input.number('contactId'), email: input.text('email') };
}

function readEvent(input: Input): EventInput {
	const mailingId = input.take('mailingId');
	if (mailingId !== undefined && mailingId !== null && typeof mailingId !== 'number') {
		throw new Error('mailingId must be a number or null');
	}
	return {
		msgId: input.number('msgId'),
		mailingId,
		at: input.moment('at'),
		tracked: input.flag('tracked'),
	};
}

function readOpen(input: Input): InputOf['opens'] {
	const client = input.take('client');
	return {
		...readEvent(input),
		format: input.choice('format', FORMATS),
		deviceType: input.choice('deviceType', DEVICE_TYPES),
		socialNetwork: input.text('socialNetwork'),
		client: client === undefined ? undefined : readClient(client),
	};
}

function readClient(value: unknown): Record<string, string> {
	const client: Record<string, string> = {};
	for (const [name, text] of Object.entries(value ?? {})) client[name] = itemText(text);
	return client;
}

function readLinkName(input: Input): number | string | undefined {
	const link = input.take('link');
	if (link === undefined || typeof link === 'number' || typeof link === 'string') return link;
	throw new Error('link must be the ID, the URL or the type of a link');
}

function readPart(input: Input, name: string): AnalyticsPart | undefined {
	const part = input.object(name);
	if (!part) return undefined;
	return { id: needed(part.number('id'), 'id'), name: needed(part.text('name'), 'name') };
}

/** How an event of each kind is read. */
const READERS: { [K in Kind]: (input: Input) => InputOf[K] } = {
	recipients: (input) => ({ ...readEvent(input), transactionId: input.text('transactionId') }),
	opens: readOpen,
	clicks: (input) => ({ ...readOpen(input), link: readLinkName(input) }),
	bounces: (input) => ({
		...readEvent(input),
		type: input.choice('type', BOUNCE_TYPES),
		statusCode: input.text('statusCode'),
		source: input.choice('source', BOUNCE_SOURCES),
	}),
	blocks: (input) => ({
		...readEvent(input),
		newStatus: input.choice('newStatus', SENDOUT_STATES),
		reason: input.choice('reason', BLOCK_REASONS),
	}),
	subscribers: (input) => ({ ...readEvent(input), ip: input.text('ip') }),
	unsubscriptions: (input) => ({
		...readEvent(input),
		source: input.text('source'),
		reasons: input.list('reasons', itemText),
	}),
	conversions: (input) => ({
		...readEvent(input),
		value: input.number('value'),
		site: readPart(input, 'site'),
		goal: readPart(input, 'goal'),
		link: readLinkName(input),
	}),
	filteredContacts: (input) => ({ ...readEvent(input), cause: input.text('cause') }),
	replies: (input) => ({ ...readEvent(input), type: input.choice('type', REPLY_TYPES) }),
};

function readSeed(input: Input): SeedOptions {
	return {
		count: needed(input.number('count'), 'count'),
		from: input.moment('from'),
		to: input.moment('to'),
		mailingIds: input.list('mailingIds', itemNumber),
		contacts: input.number('contacts'),
		anonymousEvery: input.number('anonymousEvery'),
		wholeSeconds: input.flag('wholeSeconds'),
	};
}

/** The settings of a mailing that are given, without the name. */
function readSettings(input: Input): Partial<MailingSettings> {
	const scheduleTime = input.moment('scheduleTime');
	const typeId = input.number('transactionTypeId');
	const settings: Partial<MailingSettings> = {
		subject: input.text('subject'),
		type: input.choice('type', MAILING_TYPES),
		state: input.choice('state', MAILING_STATES),
		doiKey: input.text('doiKey'),
		dispatching: typeId === undefined ? undefined : onEvent(typeId),
		tags: input.list('tags', itemText),
		creator: input.text('creator'),
		scheduleTime: scheduleTime === undefined ? undefined : new Date(scheduleTime),
		inTrash: input.flag('inTrash'),
	};
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function readLink(item: unknown): NewLink {
	const input = Input.of(item, 'a link');
	const link: NewLink = {
		type: input.choice('type', LINK_TYPES),
		url: input.text('url'),
		tags: input.list('tags', itemText),
	};
	input.end();
	return link;
}

/** What the page shows of mailings and events. */
export function reportState(sandbox: Sandbox, latest: number) {
	const { mailings, happenings } = sandbox.account;
	return {
		happenings: Object.fromEntries(KINDS.map((kind) => [kind, happenings.timeline(kind).length])),
		mailings: [...mailings.values()].slice(-latest).map((mailing) => {
			const sums = happenings.sumsOf(mailing.id);
			return {
				...shownMailing(mailing),
				recipients: sums?.recipients ?? 0,
				opens: sums?.opens ?? 0,
				clicks: sums?.clicks ?? 0,
			};
		}),
		latest: KINDS.flatMap((kind) => latestOf(sandbox, kind, latest))
			.sort((one, other) => one.time - other.time)
			.slice(-latest),
	};
}

/** A mailing without its contents and files. */
function shownMailing(mailing: Mailing) {
	const { id, name, subject, type, state, tags, creator, inTrash, schedule, doiKey, links } =
		mailing;
	const about = { id, name, subject, type, state, tags, creator, inTrash, doiKey, links };
	return {
		...about,
		scheduleTime: mailing.scheduleTime,
		schedule: schedule && { at: schedule.at.getTime(), state: schedule.state },
	};
}

const KINDS = Object.keys(READERS) as Kind[];

function latestOf<K extends Kind>(sandbox: Sandbox, kind: K, latest: number) {
	const entries: ReadonlyArray<HappeningOf[K]> = sandbox.account.happenings
		.timeline(kind)
		.all.slice(-latest);
	return entries.map(({ contact, ...about }) => ({
		kind,
		time: about.time,
		email: contact.email,
		contactId: contact.id,
		about,
	}));
}
