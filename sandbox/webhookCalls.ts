import { request } from 'node:http';

import type { Account, UrlParam, Webhook, WebhookEvent } from './account/account';
import type { SandboxContact } from './account/contact';
import { getValue } from './account/contact';
import type { Delivery } from './types';
import type { Variants } from './variants';

const TIMEOUT_MS = 5000;
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/** The identity and fields of a contact at the moment of the event. */
export interface EventSubject {
	id: number;
	email: string | null;
	externalId: string | null;
	standardFields: Record<string, string>;
	customFields: Record<string, string>;
}

/** A copy of what webhooks can tell about a contact, taken before the event changes it. */
export function subjectOf(contact: SandboxContact): EventSubject {
	return {
		id: contact.id,
		email: contact.email,
		externalId: contact.externalId,
		standardFields: { ...contact.standardFields },
		customFields: { ...contact.customFields },
	};
}

/** Calls the registered webhooks; never anything but a loopback address. */
export class WebhookCaller {
	readonly deliveries: Delivery[] = [];
	private readonly underWay = new Set<Promise<Delivery>>();

	constructor(
		private readonly account: Account,
		private readonly variants: Variants,
	) {}

	/** Calls every webhook of the event; gives the deliveries when all have ended. */
	async fire(
		event: WebhookEvent,
		subject: EventSubject,
		eventValues: Record<string, unknown>,
	): Promise<Delivery[]> {
		const hooks = [...this.account.webhooks.values()].filter((hook) => hook.event === event);
		return await Promise.all(
			hooks.map(async (hook) => await this.call(hook, subject, eventValues)),
		);
	}

	/** Resolves when no call is under way. */
	async settled(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	private async call(
		hook: Webhook,
		subject: EventSubject,
		eventValues: Record<string, unknown>,
	): Promise<Delivery> {
		const delivery: Delivery = {
			webhookId: hook.id,
			event: hook.event,
			contactId: subject.id,
			url: callUrl(hook, subject, this.variants),
			body: callBody(hook, subject, eventValues, this.variants),
		};
		const call = deliver(delivery, this.variants.webhookContentType);
		this.underWay.add(call);
		try {
			return await call;
		} finally {
			this.underWay.delete(call);
			this.deliveries.push(delivery);
		}
	}
}

function callUrl(hook: Webhook, subject: EventSubject, variants: Variants): string {
	if (hook.urlParams.length === 0) return hook.url;
	const encode = (text: string) => {
		const encoded = encodeURIComponent(text);
		return variants.webhookPlus === 'raw' ? encoded.replaceAll('%2B', '+') : encoded;
	};
	const pairs = hook.urlParams.map(
		(param) => `${encode(param.name)}=${encode(paramValue(param, subject))}`,
	);
	return `${hook.url}${hook.url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function paramValue(param: UrlParam, subject: EventSubject): string {
	if (param.customValue !== null) return param.customValue;
	if (param.customContactField !== null) {
		return getValue(subject.customFields, param.customContactField) ?? '';
	}
	return standardFieldOf(subject, param.standardContactField ?? '') ?? '';
}

function standardFieldOf(subject: EventSubject, name: string): string | null {
	if (name === 'email') return subject.email;
	if (name === 'external_id') return subject.externalId;
	return getValue(subject.standardFields, name.toUpperCase());
}

function callBody(
	hook: Webhook,
	subject: EventSubject,
	eventValues: Record<string, unknown>,
	variants: Variants,
): string {
	const { standardFields, customFields, eventFields } = hook;
	if (standardFields.length + customFields.length + eventFields.length === 0) return '';
	const values: Array<[string, unknown]> = [
		...standardFields.map((name): [string, unknown] => [name, standardFieldOf(subject, name)]),
		...customFields.map((name): [string, unknown] => [name, getValue(subject.customFields, name)]),
		...eventFields.map((name): [string, unknown] => [name, eventValues[name] ?? null]),
	];
	const shown = values
		.filter(([, value]) => value !== null || variants.webhookEmptyValue !== 'missing')
		.map(([name, value]) => [
			name,
			value === null && variants.webhookEmptyValue === 'emptyString' ? '' : value,
		]);
	return JSON.stringify(Object.fromEntries(shown));
}

async function deliver(delivery: Delivery, contentType: string): Promise<Delivery> {
	const url = new URL(delivery.url);
	if (url.protocol !== 'http:' || !LOOPBACK.test(url.hostname)) {
		delivery.error = 'not called: the sandbox calls http on loopback addresses only';
		return delivery;
	}
	return await new Promise((resolve) => {
		const call = request(url, {
			method: 'POST',
			timeout: TIMEOUT_MS,
			agent: false,
			headers: delivery.body === '' ? {} : { 'content-type': contentType },
		});
		const end = (outcome: Pick<Delivery, 'status' | 'error'>) => {
			Object.assign(delivery, outcome);
			resolve(delivery);
		};
		call.on('response', (response) => {
			response.resume();
			response.on('close', () => end({ status: response.statusCode }));
		});
		call.on('timeout', () => call.destroy(new Error('no answer within 5 seconds')));
		call.on('error', (error) => end({ error: error.message }));
		call.end(delivery.body);
	});
}
