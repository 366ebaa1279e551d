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

/** The contacts that the sandbox holds now. */
export async function contactsInMaileon(): Promise<ShownContact[]> {
	const response = await fetch(`${environment.sandboxUrl}/state`);
	return ((await response.json()) as { contacts: ShownContact[] }).contacts;
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
	await ask('POST', `/contacts/fields/custom/${encodeURIComponent(name)}?type=${type}`);
}

/** Maileon's own XML of a contact, with its answers to the topics of a category. */
export async function contactXml(externalId: string, category: string): Promise<string> {
	const query = `preference_categories=${encodeURIComponent(category)}`;
	return await ask('GET', `/contacts/externalid/${encodeURIComponent(externalId)}?${query}`);
}

async function ask(method: string, path: string): Promise<string> {
	const key = Buffer.from(environment.apiKey, 'utf8').toString('base64');
	const response = await fetch(`${environment.baseUrl}${path}`, {
		method,
		headers: { authorization: `Basic ${key}`, accept: 'application/vnd.maileon.api+xml' },
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path} failed: ${text}`);
	return text;
}
