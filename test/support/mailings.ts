import type { Sandbox } from '../../sandbox';
import type { Client, Reply } from './sandboxClient';
import { valueOf } from './sandboxClient';

/** The draft with which every account of the sandbox starts. */
export const DRAFT = 22;
/** A mailing that was sent, so that nothing of it can be changed. */
export const SENT = 21;
/** An active trigger. */
export const TRIGGER = 31;

/** Makes a mailing by the API, and gives its ID. */
export async function createMailing(call: Client, name: string, query = ''): Promise<number> {
	const about = `name=${encodeURIComponent(name)}&subject=Hello`;
	return idOf(await call('POST', `/mailings?${about}${query}`));
}

/** The ID in an answer. */
export function idOf({ text }: Reply): number {
	return Number(valueOf(text, 'id'));
}

/** Stores contacts with double opt-in plus. */
export async function addContacts(call: Client, ...emails: string[]): Promise<void> {
	for (const email of emails) {
		await call('POST', `/contacts/email/${encodeURIComponent(email)}?permission=5`, {
			body: '<contact/>',
		});
	}
}

/** The addresses to which a mailing went, in the order of sending. */
export function sentTo(sandbox: Sandbox, mailingId: number): string[] {
	return sandbox.mails.filter((mail) => mail.mailingId === mailingId).map(({ email }) => email);
}
