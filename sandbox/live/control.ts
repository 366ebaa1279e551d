import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Account } from '../account/account';
import { formatTimestamp } from '../account/contact';
import { WRITABLE_STANDARD_FIELDS } from '../account/fields';
import type { Delivery, Fault, Sandbox } from '../types';
import type { Variants } from '../variants';
import { mailingActions } from './mailingControls';
import { PAGE } from './page';
import { reportActions, reportState } from './reportControls';

const SHOWN_CONTACTS = 200;
const SHOWN_LATEST = 100;
const SHOWN_BODY = 4000;

/**
 * The page at `/`, its data at `/state`, what a credential needs at `/access`, and the controls for other
 * processes. The key stays out of `/state`, so that it is seen there only if a request has let it out.
 */
export async function serveLive(
	sandbox: Sandbox,
	request: IncomingMessage,
	response: ServerResponse,
	body: Buffer,
): Promise<void> {
	const { pathname } = new URL(request.url ?? '/', sandbox.url);
	const file = request.method === 'GET' ? PAGE.get(pathname) : undefined;
	if (file) return answer(response, 200, file.type, file.text);
	if (request.method === 'GET' && pathname === '/access') {
		return answerJson(response, 200, { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl });
	}
	sandbox.catchUp();
	if (request.method === 'GET' && pathname === '/state') {
		return answerJson(response, 200, stateOf(sandbox));
	}
	if (request.method === 'POST' && pathname.startsWith('/control/')) {
		return await control(sandbox, pathname.slice('/control/'.length), body, response);
	}
	answerJson(response, 404, { error: `nothing here: ${request.method} ${pathname}` });
}

async function control(
	sandbox: Sandbox,
	action: string,
	body: Buffer,
	response: ServerResponse,
): Promise<void> {
	const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
	if (!run) return answerJson(response, 404, { error: `no such control: ${action}` });
	try {
		const input: unknown = body.length > 0 ? JSON.parse(body.toString('utf8')) : {};
		answerJson(response, 200, { result: (await run(sandbox, readInput(input))) ?? null });
	} catch (error) {
		answerJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
	}
}

type Input = Record<string, unknown>;

/** `POST /control/<name>` with a JSON object. */
const ACTIONS: Record<
	string,
	(sandbox: Sandbox, input: Input) => Promise<Delivery[] | void> | object | void
> = {
	...reportActions,
	...mailingActions,
	changeField: async (sandbox, input) =>
		await sandbox.changeField(text(input, 'email'), text(input, 'field'), text(input, 'value')),
	settleUnsubscriptions: async (sandbox) => await sandbox.settleUnsubscriptions(),
	reset: (sandbox) => sandbox.reset(),
	fail: (sandbox, input) => sandbox.fail(readFault(input)),
	clearFaults: (sandbox) => sandbox.clearFaults(),
	variants: (sandbox, input) => Object.assign(sandbox.variants, readVariants(sandbox, input)),
	key: (sandbox, input) => {
		const rights = Array.isArray(input.rights) ? input.rights : [];
		sandbox.addKey(
			text(input, 'key'),
			(['GET', 'POST', 'PUT', 'DELETE'] as const).filter((right) => rights.includes(right)),
		);
	},
};

function readInput(input: unknown): Input {
	if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Input;
	throw new Error('the body must be a JSON object');
}

function text(input: Input, name: string): string {
	const value = input[name];
	if (typeof value !== 'string') throw new Error(`${name} must be a string`);
	return value;
}

/** A fault as JSON: as in `Fault`, but `pathPattern` is a pattern and `respond` does not exist. */
function readFault(input: Input): Fault {
	const { pathPattern, ...fault } = input;
	return {
		...(fault as Fault),
		...(typeof pathPattern === 'string' ? { path: new RegExp(pathPattern) } : {}),
	};
}

function readVariants(sandbox: Sandbox, input: Input): Partial<Variants> {
	for (const name of Object.keys(input)) {
		if (!Object.hasOwn(sandbox.variants, name)) throw new Error(`no such variant: ${name}`);
	}
	return input as Partial<Variants>;
}

/** Everything that the page shows, as plain JSON. */
function stateOf(sandbox: Sandbox) {
	const { account } = sandbox;
	return {
		baseUrl: sandbox.baseUrl,
		counts: {
			contacts: account.contacts.size,
			requests: sandbox.requests.length,
			mails: sandbox.mails.length,
			deliveries: sandbox.deliveries.length,
			transactions: account.transactions.length,
		},
		contacts: shownContacts(account),
		mails: sandbox.mails.slice(-SHOWN_LATEST),
		requests: sandbox.requests
			.slice(-SHOWN_LATEST)
			.map(({ method, rawUrl, status, body, bodyBytes, leniencies }) => ({
				method,
				url: rawUrl,
				status,
				body: body.slice(0, SHOWN_BODY),
				bodyBytes,
				leniencies,
			})),
		transactions: account.transactions.slice(-SHOWN_LATEST).map((transaction) => ({
			...transaction,
			type: account.transactionTypes.get(transaction.typeId)?.name,
		})),
		standardFields: WRITABLE_STANDARD_FIELDS,
		customFields: Object.fromEntries(account.customFields),
		webhooks: [...account.webhooks.values()],
		deliveries: sandbox.deliveries.slice(-SHOWN_LATEST),
		variants: sandbox.variants,
		...reportState(sandbox, SHOWN_LATEST),
	};
}

function shownContacts(account: Account) {
	const shown = [];
	for (const contact of account.contacts.all()) {
		if (shown.length >= SHOWN_CONTACTS) break;
		shown.push({
			...contact,
			created: formatTimestamp(contact.created),
			updated: formatTimestamp(contact.updated),
		});
	}
	return shown;
}

function answerJson(response: ServerResponse, status: number, value: unknown): void {
	answer(response, status, 'application/json', JSON.stringify(value));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
	response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
	response.end(body);
}
