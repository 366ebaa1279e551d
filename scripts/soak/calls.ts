import type { RegisteredWebhook } from '../services/sandbox';
import { randomNumbers } from './random';

/** A call to the trigger's webhook. */
export interface Call {
	kind: Kind;
	/** Stands in the body, and tells which event it is. */
	event: string;
}

export type Kind = 'genuine' | 'repeated' | Forgery;

/** How the parts of a call differ from what Maileon sends. */
interface Forged {
	url?: (webhook: RegisteredWebhook) => string;
	body?: (event: string) => string;
	contentType?: string;
	/** What n8n or the trigger answers. */
	status: number;
}

/**
 * Calls that start nothing. The trigger refuses those without its secret; n8n itself refuses an address that it
 * does not have, and a body that breaks off.
 */
const FORGED = {
	'no secret': { url: ({ url }) => url, status: 403 },
	'wrong secret': { url: (webhook) => withSecret(webhook, turnedRound), status: 403 },
	'secret cut off': {
		url: (webhook) => withSecret(webhook, (secret) => secret.slice(0, -1)),
		status: 403,
	},
	'secret twice': {
		url: (webhook) => `${urlOf(webhook)}&${queryOf(webhook.urlParams)}`,
		status: 403,
	},
	'secret under another name': {
		url: ({ url, urlParams }) =>
			`${url}?${queryOf(urlParams.map((param) => ({ ...param, name: 'secret' })))}`,
		status: 403,
	},
	'wrong path': {
		url: (webhook) => urlOf({ ...webhook, url: webhook.url.replace(/\w(?=\/webhook$)/, 'x') }),
		status: 404,
	},
	'path cut off': {
		url: (webhook) => urlOf({ ...webhook, url: webhook.url.replace(/\/webhook$/, '') }),
		status: 404,
	},
	'body that breaks off': { body: (event) => bodyOf(event).slice(0, -5), status: 422 },
	'no JSON, no secret': {
		url: ({ url }) => url,
		body: (event) => `\u0000\ufffd${event}`,
		contentType: 'application/octet-stream',
		status: 403,
	},
} satisfies Record<string, Forged>;

type Forgery = keyof typeof FORGED;

const FORGERIES = Object.keys(FORGED) as Forgery[];

/** Of all calls. */
const FORGED_SHARE = 0.2;
/** Of the genuine ones. */
const REPEATED_SHARE = 0.15;
/** How many calls can come between a call and its repetition, at most. */
const LONGEST_GAP = 100;

/** A mix of calls in their order, the same for a seed. Whatever is repeated comes once more, later. */
export function planCalls(seed: number, count: number, forgedShare = FORGED_SHARE): Call[] {
	const random = randomNumbers(seed);
	const upTo = (limit: number): number => Math.floor(random() * limit);
	const calls: Array<Call | undefined> = Array.from({ length: count });
	for (let place = 0; place < count; place++) {
		if (calls[place]) continue;
		if (random() < forgedShare) {
			const kind = FORGERIES[upTo(FORGERIES.length)] ?? 'no secret';
			calls[place] = { kind, event: `forged-${place}` };
			continue;
		}
		const event = `event-${place}`;
		calls[place] = { kind: 'genuine', event };
		if (random() >= REPEATED_SHARE) continue;
		const later = place + 1 + upTo(LONGEST_GAP);
		if (later < count && !calls[later]) calls[later] = { kind: 'repeated', event };
	}
	return calls.flatMap((call) => call ?? []);
}

export function isForged({ kind }: Call): boolean {
	return kind in FORGED;
}

/** What the call has to be answered with. */
export function rightStatus({ kind }: Call): number {
	return forgeryOf(kind)?.status ?? 200;
}

/** The call as Maileon sends it to the webhook, or as somebody else does. */
export function requestOf(
	{ kind, event }: Call,
	webhook: RegisteredWebhook,
): { url: string; body: string; contentType: string } {
	const { url = urlOf, body = bodyOf, contentType = 'application/json' } = forgeryOf(kind) ?? {};
	return { url: url(webhook), body: body(event), contentType };
}

function forgeryOf(kind: Kind): Forged | undefined {
	return kind === 'genuine' || kind === 'repeated' ? undefined : FORGED[kind];
}

function urlOf({ url, urlParams }: RegisteredWebhook): string {
	return urlParams.length > 0 ? `${url}?${queryOf(urlParams)}` : url;
}

function withSecret(webhook: RegisteredWebhook, change: (secret: string) => string): string {
	const urlParams = webhook.urlParams.map(({ name, custom_value }) => ({
		name,
		custom_value: change(custom_value),
	}));
	return urlOf({ ...webhook, urlParams });
}

function queryOf(urlParams: RegisteredWebhook['urlParams']): string {
	const query = new URLSearchParams();
	for (const { name, custom_value } of urlParams) query.append(name, custom_value);
	return query.toString();
}

function turnedRound(secret: string): string {
	return [...secret].reverse().join('');
}

function bodyOf(event: string): string {
	const email = `${event}@example.com`;
	return JSON.stringify({ email, external_id: event, msg_id: '21', method: 'link' });
}
