import type { Sandbox } from '../../sandbox';

export const XML = 'application/vnd.maileon.api+xml';
export const JSON_BODY = 'application/vnd.maileon.api+json';
export const PLAIN_JSON = 'application/json';

export interface Reply {
	status: number;
	text: string;
	bytes: Buffer;
	headers: Headers;
	/** Text of the first `message` element. */
	message: string;
}

export interface Extra {
	body?: string | Buffer;
	type?: string;
	accept?: string | null;
	headers?: Record<string, string>;
	key?: string;
}

/** The Authorization header of a key. */
export function basic(key: string): string {
	return `Basic ${Buffer.from(key, 'utf8').toString('base64')}`;
}

/** A caller that sends what the documentation asks for. */
export function clientOf(sandbox: Sandbox) {
	return async (method: string, path: string, extra: Extra = {}): Promise<Reply> => {
		const headers: Record<string, string> = { authorization: basic(extra.key ?? sandbox.apiKey) };
		if (extra.accept !== null) headers.accept = extra.accept ?? XML;
		if (extra.body !== undefined) headers['content-type'] = extra.type ?? XML;
		const response = await fetch(`${sandbox.baseUrl}${path}`, {
			method,
			headers: { ...headers, ...extra.headers },
			body: extra.body,
		});
		const bytes = Buffer.from(await response.arrayBuffer());
		const text = bytes.toString('utf8');
		const message = /<message>([^<]*)<\/message>/.exec(text)?.[1] ?? '';
		return { status: response.status, text, bytes, headers: response.headers, message };
	};
}

export type Client = ReturnType<typeof clientOf>;

/** One `<contact>`: identifiers, then fields by name; null is nil. */
export function contactXml(
	identity: Record<string, string | null>,
	standard: Record<string, string | null> = {},
	custom: Record<string, string | null> = {},
	further = '',
): string {
	return `<contact>${elements(identity)}${fields('standard_fields', standard)}${fields('custom_fields', custom)}${further}</contact>`;
}

function elements(values: Record<string, string | null>): string {
	return Object.entries(values)
		.map(([name, value]) =>
			value === null ? `<${name} nil="true"/>` : `<${name}>${value}</${name}>`,
		)
		.join('');
}

function fields(list: string, values: Record<string, string | null>): string {
	const entries = Object.entries(values);
	if (entries.length === 0) return '';
	return `<${list}>${entries.map(([name, value]) => `<field>${elements({ name, value })}</field>`).join('')}</${list}>`;
}

/** The list of a synchronization. */
export function contactsXml(...contacts: string[]): string {
	return `<contacts>${contacts.join('')}</contacts>`;
}

/** Text of the first element with this name. */
export function valueOf(text: string, name: string): string | undefined {
	return new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1];
}
