/**
 * What the node remembers of its webhook, in the static data that n8n keeps with the workflow. "Listen
 * for test event" has static data of its own.
 */
import type { IDataObject } from 'n8n-workflow';

export interface Memory {
	/** Missing as long as Maileon's answer is not known. */
	id?: string;
	url?: string;
	event?: string;
	/** The fields that were asked for, as one text. */
	fields?: string;
	/** Of the secret, which itself is known to Maileon only. */
	secretHash?: string;
	/** Of the secret of the registration before: calls that are under way bring it. */
	formerSecretHash?: string;
	/** Secrets that were made later than this, in milliseconds since 1970, may be unknown here. */
	secretsSince?: string;
}

const KEYS = {
	id: 'webhookId',
	url: 'webhookUrl',
	event: 'webhookEvent',
	fields: 'webhookFields',
	secretHash: 'webhookSecretHash',
	formerSecretHash: 'webhookFormerSecretHash',
	secretsSince: 'webhookSecretsSince',
} as const satisfies Record<keyof Memory, string>;

const PARTS = Object.keys(KEYS) as Array<keyof Memory>;

export function readMemory(staticData: IDataObject): Memory {
	const memory: Memory = {};
	for (const part of PARTS) {
		const value = staticData[KEYS[part]];
		if (typeof value === 'string' && value !== '') memory[part] = value;
	}
	return memory;
}

/** Replaces all that was remembered. */
export function remember(staticData: IDataObject, memory: Memory): void {
	for (const part of PARTS) {
		const value = memory[part];
		if (value === undefined) delete staticData[KEYS[part]];
		else staticData[KEYS[part]] = value;
	}
}

/** What remains to be remembered when the webhook is gone. */
export function withoutWebhook({ secretHash, formerSecretHash }: Memory, now: number): Memory {
	return { formerSecretHash: secretHash ?? formerSecretHash, secretsSince: String(now) };
}

/** When a new secret is made: now, and later than the last one. */
export function nextMoment({ secretsSince = '0' }: Memory, now: number): number {
	return Math.max(now, Number(secretsSince) + 1);
}
