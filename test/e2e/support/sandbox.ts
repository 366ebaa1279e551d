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
	const key = Buffer.from(environment.apiKey, 'utf8').toString('base64');
	const path = `/contacts/fields/custom/${encodeURIComponent(name)}?type=${type}`;
	const response = await fetch(`${environment.baseUrl}${path}`, {
		method: 'POST',
		headers: { authorization: `Basic ${key}`, accept: 'application/vnd.maileon.api+xml' },
	});
	if (!response.ok) throw new Error(`No custom field "${name}": ${await response.text()}`);
}
