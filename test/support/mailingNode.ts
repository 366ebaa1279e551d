/**
 * What tests of the mailing node have in common.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { DRAFT } from './mailings';

/** A mailing by its ID, as the node is given it. */
export function byId(id: number): IDataObject {
	return { __rl: true, mode: 'id', value: String(id) };
}

/** The name of the draft with which every account of the sandbox starts. */
export const DRAFT_NAME = 'Summer sale, draft';

/** A mailing of the sandbox. */
export function mailingIn(sandbox: Sandbox, id = DRAFT) {
	const mailing = sandbox.account.mailings.get(id);
	if (!mailing) throw new Error(`The sandbox has no mailing ${id}`);
	return mailing;
}

/** Stores contacts that may get mails, and so belong to the test target group. */
export function storeContacts({ account }: Sandbox, ...emails: string[]): void {
	for (const email of emails) {
		const contact = account.contacts.create(new Date(0));
		account.contacts.setEmail(contact, email);
		contact.permission = 5;
	}
}
