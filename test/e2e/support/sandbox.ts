import { environment } from './environment';

/** A contact as the sandbox shows it at `/state`. */
export interface ShownContact {
	id: number;
	email: string | null;
	externalId: string | null;
	permission: number;
	standardFields: Record<string, string>;
	customFields: Record<string, string>;
}

/** A request to Maileon, as the sandbox shows it. */
export interface ShownRequest {
	method: string;
	/** Path with `/1.0` and query. */
	url: string;
	/** 0 when it was not answered. */
	status: number;
}

export interface ShownWebhook {
	id: number;
	event: string;
	url: string;
	urlParams: Array<{ name: string; customValue: string }>;
}

export interface ShownMailing {
	id: number;
	name: string;
	subject: string;
	type: string;
	state: string;
	/** Epoch milliseconds. */
	schedule: { at: number; state: string } | null;
	recipients: number;
}

export interface SandboxState {
	contacts: ShownContact[];
	counts: { contacts: number };
	/** The latest 100, in order. */
	requests: ShownRequest[];
	mails: Array<{ kind: string; email: string; mailingId?: number }>;
	transactions: Array<{ type?: string; email: string | null; content: Record<string, unknown> }>;
	mailings: ShownMailing[];
	webhooks: ShownWebhook[];
	deliveries: Array<{ event: string; url: string; status?: number }>;
}

/** Everything that the page of the sandbox shows now. */
export async function inMaileon(): Promise<SandboxState> {
	return (await (await fetch(`${environment.sandboxUrl}/state`)).json()) as SandboxState;
}

/** The contacts that the sandbox holds now. */
export async function contactsInMaileon(): Promise<ShownContact[]> {
	return (await inMaileon()).contacts;
}

/** The mailing of that name. */
export async function mailingInMaileon(name: string): Promise<ShownMailing> {
	const { mailings } = await inMaileon();
	const found = mailings.find((mailing) => mailing.name === name);
	if (!found) throw new Error(`Maileon has no mailing "${name}"`);
	return found;
}

/** The HTML of a mailing. */
export async function htmlInMaileon(id: number): Promise<string> {
	return await ask('GET', `/mailings/${id}/contents/html`, undefined, 'text/html');
}

/** The ID of the target group of a mailing. */
export async function targetGroupInMaileon(id: number): Promise<number> {
	const answer = await ask('GET', `/mailings/${id}/targetgroupid`);
	return Number(/<targetgroupid>(\d+)</.exec(answer)?.[1]);
}

/** The requests with this method whose path begins so, in order. */
export async function requestsInMaileon(method: string, path: string): Promise<ShownRequest[]> {
	const { requests } = await inMaileon();
	return requests.filter((each) => each.method === method && each.url.startsWith(`/1.0${path}`));
}

/** Tells the sandbox to do something, see `sandbox/live/control.ts`. */
export async function control(action: string, input: object = {}): Promise<void> {
	const response = await fetch(`${environment.sandboxUrl}/control/${action}`, {
		method: 'POST',
		body: JSON.stringify(input),
	});
	if (!response.ok) throw new Error(`Control "${action}" failed: ${await response.text()}`);
}

/** Adds a custom field to the account, as somebody did in Maileon's own interface. */
export async function addCustomField(name: string, type: string): Promise<void> {
	await post(`/contacts/fields/custom/${encodeURIComponent(name)}?type=${type}`);
}

/** A contact with this permission, 1 to 6. */
export async function addContact(email: string, permission: number): Promise<void> {
	const path = `/contacts/email/${encodeURIComponent(email)}?permission=${permission}`;
	await post(path, { type: 'json', text: '{}' });
}

/** A contact who was sent a double opt-in mail and has not confirmed yet. */
export async function contactAwaitingConfirmation(email: string): Promise<void> {
	await post(`/contacts/email/${encodeURIComponent(email)}?permission=1&doi=true`, {
		type: 'json',
		text: '{"external_id":"00123","standard_fields":{"FIRSTNAME":"Ada"}}',
	});
}

/** So many contacts, `person1@example.com` and so on. */
export async function fillAccount(count: number): Promise<void> {
	const contacts = Array.from(
		{ length: count },
		(_, index) => `<contact><email>person${index + 1}@example.com</email></contact>`,
	);
	await post('/contacts?permission=1&sync_mode=1', {
		type: 'xml',
		text: `<contacts>${contacts.join('')}</contacts>`,
	});
}

/** Maileon's own XML of a contact, with its answers to the topics of a category. */
export async function contactXml(externalId: string, category: string): Promise<string> {
	const query = `preference_categories=${encodeURIComponent(category)}`;
	return await ask('GET', `/contacts/externalid/${encodeURIComponent(externalId)}?${query}`);
}

async function post(path: string, body?: Body): Promise<void> {
	await ask('POST', path, body);
}

interface Body {
	type: 'json' | 'xml';
	text: string;
}

async function ask(
	method: string,
	path: string,
	body?: Body,
	accept = 'application/vnd.maileon.api+xml',
): Promise<string> {
	const key = Buffer.from(environment.apiKey, 'utf8').toString('base64');
	const response = await fetch(`${environment.baseUrl}${path}`, {
		method,
		headers: {
			authorization: `Basic ${key}`,
			accept,
			...(body ? { 'content-type': `application/vnd.maileon.api+${body.type}` } : {}),
		},
		body: body?.text,
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path} failed: ${text}`);
	return text;
}
