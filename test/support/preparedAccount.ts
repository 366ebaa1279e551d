/**
 * One account for calls that work: something of everything, always with the same IDs, since stored
 * workflows name them. What is added later goes to the end.
 */
import type { Sandbox } from '../../sandbox';

/** When the account stands still: 2026-03-04 09:00 UTC. */
export const PREPARED_AT = Date.UTC(2026, 2, 4, 9);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SENT_MAILING = 21;

export const ADA = { id: '1001', email: 'ada@example.com', externalId: 'C-77' } as const;
export const BOB = { id: '1002', email: 'bob@example.com', externalId: 'C-78' } as const;
/** Unsubscribed. */
export const GONE = { id: '1004', email: 'gone@example.com' } as const;
/** Drafts: one with two files, an empty one, and one with a schedule. */
export const DRAFTS = { withFiles: '22', empty: '23', scheduled: '24' } as const;
/** A trigger mailing that is a draft, and an active one. */
export const TRIGGERS = { draft: '25', active: '31' } as const;
export const FILES = { first: '7', second: '8' } as const;
/** An order that was taken in. */
export const TRANSACTION_ID = '0d9c62c8-6a2c-4f6e-8a35-5b6c1f0e7a42';

const STANDARD_FIELDS = {
	SALUTATION: 'Ms.',
	TITLE: 'Countess',
	FIRSTNAME: 'Ada',
	LASTNAME: 'Lovelace',
	FULLNAME: 'Ada Lovelace',
	GENDER: 'f',
	BIRTHDAY: '1815-12-10',
	NAMEDAY: '12-10',
	LOCALE: 'en',
	ORGANIZATION: 'Analytical Engines',
	ADDRESS: 'St James Square',
	HNR: '12',
	ZIP: 'SW1',
	CITY: 'London',
	STATE: 'England',
	REGION: 'London',
	COUNTRY: 'United Kingdom',
};

function addContacts({ account }: Sandbox): void {
	const add = (email: string, externalId: string, permission: number) => {
		const contact = account.contacts.create(account.now());
		account.contacts.setEmail(contact, email);
		account.contacts.setExternalId(contact, externalId);
		contact.permission = permission;
		contact.standardFields.FIRSTNAME = email[0]?.toUpperCase() + email.slice(1, 3);
		return contact;
	};
	const ada = add(ADA.email, ADA.externalId, 5);
	Object.assign(ada.standardFields, STANDARD_FIELDS);
	Object.assign(ada.customFields, { COLOR: 'BLUE', VIP: 'true', SCORE: '1.5' });
	ada.preferences.push({
		category: 'Newsletter',
		name: 'Weekly',
		value: true,
		source: 'form',
		lastModified: '2026-03-04 09:00:00',
	});
	add(BOB.email, BOB.externalId, 1).pendingDoi = { plus: false, mailing: 'default-doi' };
	add('eve@example.com', 'C-79', 5);
	add(GONE.email, 'C-80', 5);
}

function addMailings({ account }: Sandbox): void {
	const now = account.now();
	const file = (id: number, filename: string) => ({
		id,
		filename,
		mimeType: 'text/plain',
		bytes: Buffer.from(filename),
		created: now,
		updated: now,
	});
	const draft = account.mailings.get(Number(DRAFTS.withFiles));
	if (!draft) throw new Error('The account has no draft');
	draft.attachments = [file(Number(FILES.first), 'one.txt'), file(Number(FILES.second), 'two.txt')];
	account.addMailing({ name: 'Autumn sale' }, [], Number(DRAFTS.empty));
	const at = new Date(Date.UTC(2099, 0, 31, 9, 30));
	account.addMailing(
		{
			name: 'Winter sale',
			schedule: {
				at,
				date: '2099-01-31',
				hours: '09',
				minutes: '30',
				spread: {},
				state: 'scheduled',
				contentChanged: false,
			},
			scheduleTime: at,
		},
		[],
		Number(DRAFTS.scheduled),
	);
	account.addMailing({ name: 'Thank you', type: 'trigger' }, [], Number(TRIGGERS.draft));
}

/** Ada got a mailing and did everything that a report can tell. */
function addEvents({ recipients, account }: Sandbox): void {
	const { email } = ADA;
	const moments = Array.from({ length: 9 }, (_, index) => PREPARED_AT - (9 - index) * MINUTE);
	const at = () => moments.shift();
	const mailingId = SENT_MAILING;
	recipients.send(mailingId, { emails: [email], at: PREPARED_AT - 10 * MINUTE });
	recipients.record('clicks', [{ email, mailingId, at: PREPARED_AT - DAY }]);
	recipients.record('opens', [{ email, mailingId, at: at(), socialNetwork: 'facebook' }]);
	recipients.record('clicks', [{ email, mailingId, at: at(), socialNetwork: 'facebook' }]);
	recipients.record('bounces', [{ email, mailingId, at: at(), type: 'transient' }]);
	recipients.record('subscribers', [{ email, mailingId: 11, at: at() }]);
	recipients.record('conversions', [{ email, mailingId, at: at() }]);
	recipients.record('filteredContacts', [{ email, mailingId, at: at() }]);
	recipients.record('replies', [{ email, mailingId, at: at() }]);
	account.preferenceCategories.get('Newsletter')?.preferences.set('Weekly', {
		name: 'Weekly',
		description: 'Each week',
	});
	account.transactions.push({
		txId: 9001,
		typeId: 42,
		contactId: Number(ADA.id),
		email,
		content: { 'order.id': 'A-1001', 'order.total': 59.8, transaction_id: TRANSACTION_ID },
		attachments: 0,
		received: new Date(PREPARED_AT - MINUTE),
	});
}

/** Makes the account; nothing of it is a request. */
export async function prepareAccount(sandbox: Sandbox): Promise<void> {
	sandbox.reset();
	sandbox.setClock({ at: PREPARED_AT });
	addContacts(sandbox);
	addMailings(sandbox);
	addEvents(sandbox);
	sandbox.block('eve@example.com', 'blacklist', PREPARED_AT - MINUTE);
	await sandbox.unsubscribe(GONE.email, {
		mailingId: SENT_MAILING,
		at: PREPARED_AT - MINUTE,
		reasons: ['too_many_messages'],
	});
}
