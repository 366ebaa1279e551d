import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Account, Method, WebhookEvent } from './account/account';
import type { SandboxContact } from './account/contact';
import type { BlockReason, BounceType } from './account/happenings';
import type { WentOut } from './account/sendout';
import type { SentMail } from './account/sentMail';
import type { ClockSetting } from './clock';
import type { InputOf, Recipients } from './recipients';
import type { Leniency } from './server/leniency';
import type { Variants } from './variants';

/** How much of the received requests is kept. */
export interface RecordingOptions {
	/** Number of latest requests whose body is kept (default 2,000). */
	bodies: number;
	/** Longest body that is kept, in bytes (default 1 MiB). */
	bodyBytes: number;
	/** All kept bodies together, in bytes (default 256 MiB). */
	totalBytes: number;
}

export interface SandboxOptions {
	/** 0 or nothing: a free one. */
	port?: number;
	/** Default `sandbox-api-key`. */
	apiKey?: string;
	/** False prints a line for each request. Default true. */
	quiet?: boolean;
	variants?: Partial<Variants>;
	recording?: Partial<RecordingOptions>;
}

/** A request to the API, recorded when it had arrived whole. */
export interface RecordedRequest {
	method: string;
	/** Raw path with its encoded parts, without `/1.0` and query. */
	path: string;
	rawUrl: string;
	/** Decoded, in order. */
	query: Array<[string, string]>;
	headers: Record<string, string>;
	/** Text of the body; empty when it is no longer kept. */
	body: string;
	bodyBytes: number;
	/** Status of the answer; 0 as long as there is none. */
	status: number;
	/** The API key in the Authorization header. */
	key?: string;
	/** What the sandbox had to overlook to take the request; empty for a clean one. */
	leniencies: Leniency[];
}

/** A call that the sandbox made to a registered webhook. */
export interface Delivery {
	webhookId: number;
	event: WebhookEvent;
	contactId: number;
	url: string;
	/** Text of the body; empty without one. */
	body: string;
	/** Status of the answer; absent when there was none. */
	status?: number;
	/** Why there was no answer. */
	error?: string;
}

/** Something that goes wrong, for the next requests that fit. */
export interface Fault {
	method?: string;
	/** Raw path as in `RecordedRequest.path`, or a pattern for it. */
	path?: string | RegExp;
	/** How many requests it hits. Default 1. */
	times?: number;
	status?: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Waits before the answer, after having acted. */
	delayMs?: number;
	/** Destroys the connection before acting, or after acting but before the answer. */
	breakConnection?: 'before' | 'after';
	/** Sends the headers and a first byte, then never ends. */
	never?: boolean;
	/** Cuts the answer in the middle and closes properly. */
	truncate?: boolean;
	/**
	 * Whether Maileon acts on the request. Default: not when `status` is given or the connection is
	 * broken before, otherwise yes.
	 */
	act?: boolean;
	/** Full control over the answer. */
	respond?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A running sandbox. */
export interface Sandbox {
	/** `http://127.0.0.1:PORT` */
	readonly url: string;
	/** What goes into the credential: `url` and `/1.0`. */
	readonly baseUrl: string;
	readonly port: number;
	readonly apiKey: string;
	readonly account: Account;
	readonly variants: Variants;
	readonly requests: RecordedRequest[];
	readonly mails: SentMail[];
	readonly deliveries: Delivery[];
	/** What recipients do with their mails; events for reports, one by one or many at once. */
	readonly recipients: Recipients;
	/** All contacts, anonymized ones included. */
	contacts(): SandboxContact[];
	fail(fault: Fault): void;
	/** Forgets all faults that were not used up. */
	clearFaults(): void;
	addKey(key: string, rights: Method[]): void;
	/** Stops the clock, sets it going from another moment, or puts it right; gives the time. */
	setClock(setting: ClockSetting): Date;
	/** Moves the clock on, so that what is due meanwhile goes out; gives the mailings that went out. */
	passTime(milliseconds: number): WentOut[];
	/** Lets happen what is due by now. Every request and every look at the page does so by itself. */
	catchUp(): WentOut[];
	/** The recipient opens the link of the DOI mail. Gives the webhook calls that followed. */
	confirmDoi(email: string, details?: InputOf['subscribers']): Promise<Delivery[]>;
	/** A mail to the contact comes back. A permanent bounce blocks the contact. */
	bounce(email: string, type?: BounceType, details?: InputOf['bounces']): Promise<Delivery[]>;
	/** The contact is shut out of sendouts; by default it is on a blacklist. */
	block(email: string, reason?: BlockReason, at?: number): void;
	/** The contact may get mails again. */
	unblock(email: string, at?: number): void;
	/** The recipient opens the unsubscription link. */
	unsubscribe(email: string, details?: InputOf['unsubscriptions']): Promise<Delivery[]>;
	/** The recipient opens a link that changes a field (standard or custom). */
	changeField(email: string, field: string, value: string): Promise<Delivery[]>;
	/** A mail to the contact could not be built. */
	filterOut(email: string, details?: InputOf['filteredContacts']): Promise<Delivery[]>;
	/** Carries out unsubscriptions that `variants.unsubscribeLater` holds back. */
	settleUnsubscriptions(): Promise<void>;
	/** Resolves when no webhook call is under way. */
	settled(): Promise<void>;
	/** Back to the account of the start: data, keys, faults, variants, recordings. */
	reset(): void;
	close(): Promise<void>;
}
