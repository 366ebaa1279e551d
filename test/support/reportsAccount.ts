import type { Sandbox } from '../../sandbox';
import type { Client } from './sandboxClient';
import { contactsXml, contactXml } from './sandboxClient';

/** The moment at which the sandbox of these tests stands still: 2026-03-04 09:15:30.250 UTC. */
export const NOON = Date.UTC(2026, 2, 4, 9, 15, 30, 250);
export const MINUTE = 60_000;

/** Ada and Eve have double opt-in plus, Bob has none; they are 1001, 1002 and 1003. */
export async function fillAccount(sandbox: Sandbox, call: Client): Promise<void> {
	sandbox.reset();
	sandbox.setClock({ at: NOON });
	const add = async (permission: number, contact: string) =>
		await call('POST', `/contacts?permission=${permission}`, { body: contactsXml(contact) });
	await add(
		5,
		contactXml(
			{ email: 'ada@example.com', external_id: 'C-77' },
			{ FIRSTNAME: 'Ada' },
			{ COLOR: 'BLUE' },
		),
	);
	await add(1, contactXml({ email: 'bob@example.com' }, { FIRSTNAME: 'Bob' }));
	await add(5, contactXml({ email: 'eve@example.com', external_id: 'C-79' }));
}

/** Texts of all elements with this name. */
export function all(text: string, name: string): string[] {
	return [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(
		([, value]) => value ?? '',
	);
}

/** The document without its declaration. */
export function root(text: string): string {
	return text.replace('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', '');
}
