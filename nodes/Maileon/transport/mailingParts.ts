/**
 * Reads what a mailing consists of, each part by a request of its own.
 */
import type { Endpoint } from '../maileon/endpoints/endpoint';
import {
	mailingAttachments,
	mailingChecks,
	mailingSendout,
	mailingSettings,
} from '../maileon/endpoints/mailings';
import {
	mailingFacts,
	mailingValues,
	type MailingFact,
	type MailingValue,
} from '../maileon/endpoints/mailingValues';
import { readAttachmentList } from '../maileon/mailing/attachments';
import { readBlacklistParts } from '../maileon/mailing/blacklists';
import { readCheckResult } from '../maileon/mailing/checkResults';
import { readDispatching, readProperties, readReplyTo } from '../maileon/mailing/parts';
import { readSchedule } from '../maileon/mailing/schedule';
import { VALUE_FORMS } from '../maileon/mailing/values';
import type { XmlElement } from '../maileon/xml/read';
import { listRoot } from './answers';
import { fetchMailingValue, unlessNotApplicable, type Send } from './mailings';
import { sideBySide } from './sideBySide';

/** A part that consists of several elements. */
interface StructuredPart {
	/** What it is called when it comes out. */
	key: string;
	get: Endpoint;
	read(root: XmlElement): unknown;
	/** What no body stands for. */
	empty: null | readonly [];
}

const structured = {
	replyTo: { key: 'reply_to', get: mailingSettings.getReplyTo, read: readReplyTo, empty: null },
	properties: {
		key: 'properties',
		get: mailingSettings.getProperties,
		read: readProperties,
		empty: [],
	},
	blacklists: {
		key: 'blacklists',
		get: mailingSettings.getBlacklists,
		read: readBlacklistParts,
		empty: [],
	},
	attachments: {
		key: 'attachments',
		get: mailingAttachments.getMany,
		read: readAttachmentList,
		empty: [],
	},
	schedule: { key: 'schedule', get: mailingSendout.getSchedule, read: readSchedule, empty: null },
	dispatching: {
		key: 'dispatching',
		get: mailingSendout.getDispatching,
		read: readDispatching,
		empty: null,
	},
	testSendout: result('test_sendout', mailingChecks.getTestResult),
	approval: result('approval', mailingChecks.getApprovalResult),
	bounceCheck: result('bounce_check', mailingChecks.getBounceResult),
	imageCheck: result('image_check', mailingChecks.getImageResult),
	linkCheck: result('link_check', mailingChecks.getLinkResult),
} satisfies Record<string, StructuredPart>;

function result(key: string, get: Endpoint): StructuredPart {
	return { key, get, read: readCheckResult, empty: null };
}

type ValuePart = MailingValue | MailingFact;

/** A part of a mailing that can be read. */
export type MailingPart = ValuePart | keyof typeof structured;

const isStructured = (part: MailingPart): part is keyof typeof structured =>
	Object.hasOwn(structured, part);

/** The endpoint that a part is read from. */
export function endpointOfPart(part: MailingPart): Endpoint {
	return isStructured(part)
		? structured[part].get
		: { ...mailingFacts, ...mailingValues }[part].get;
}

/** What every mailing has: where it is not found, there is no such mailing. */
const ALWAYS_THERE: readonly MailingPart[] = ['state', 'name', 'type'];

/**
 * Parts of a mailing by the keys under which they come out, side by side. What Maileon refuses since
 * mailings of that type do not have it is null.
 * @throws MaileonFailure, with status 404 when the account has no such mailing
 */
export async function fetchMailingParts(
	send: Send,
	id: string,
	parts: readonly MailingPart[],
): Promise<Record<string, unknown>> {
	const tellsExistence = parts.some((part) => ALWAYS_THERE.includes(part));
	const asked: readonly MailingPart[] = tellsExistence ? parts : ['state', ...parts];
	const values = await sideBySide(asked, async (part): Promise<[MailingPart, unknown]> => {
		const read = async () => await fetchPart(send, id, part);
		return [part, ALWAYS_THERE.includes(part) ? await read() : await unlessNotApplicable(read)];
	});
	const wanted = values.filter(([part]) => parts.includes(part));
	return Object.fromEntries(wanted.map(([part, value]) => [keyOf(part), value ?? null]));
}

function keyOf(part: MailingPart): string {
	return isStructured(part) ? structured[part].key : VALUE_FORMS[part].key;
}

async function fetchPart(send: Send, id: string, part: MailingPart): Promise<unknown> {
	if (!isStructured(part)) return await fetchMailingValue(send, id, part);
	const { get, read, empty }: StructuredPart = structured[part];
	const request = get.request({ id });
	const root = listRoot(await send(request), request);
	return root ? read(root) : empty;
}
