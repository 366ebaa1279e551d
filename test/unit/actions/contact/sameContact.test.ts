import type { IDataObject } from 'n8n-workflow';

import { addUnsubscriptionReason } from '../../../../nodes/Maileon/actions/contact/addUnsubscriptionReason';
import { createByEmail } from '../../../../nodes/Maileon/actions/contact/createByEmail';
import { createByExternalId } from '../../../../nodes/Maileon/actions/contact/createByExternalId';
import { setUnsubscriptionMarker } from '../../../../nodes/Maileon/actions/contact/setUnsubscriptionMarker';
import { updateByEmail } from '../../../../nodes/Maileon/actions/contact/updateByEmail';
import { updateByExternalId } from '../../../../nodes/Maileon/actions/contact/updateByExternalId';
import type { Operation } from '../../../../nodes/Maileon/run/operation';
import { askedAtOnce } from '../../../support/askedAtOnce';

const other = (email: string, externalId: string) => ({ newIdentifiers: { email, externalId } });
const REASONS = { reasons: { reason: [{ type: 'other' }] } };

describe.each<[string, Operation, IDataObject, IDataObject]>([
	['create by email', createByEmail, { email: 'a@x.de' }, { email: 'A@x.de' }],
	[
		'create by email, with an external ID',
		createByEmail,
		{ email: 'a@x.de', externalId: '1' },
		{ email: 'b@x.de', externalId: '1' },
	],
	['create by external ID', createByExternalId, { externalId: '1' }, { externalId: '1' }],
	[
		'create by external ID, with an email',
		createByExternalId,
		{ externalId: '1', email: 'a@x.de' },
		{ externalId: '2', email: 'a@x.de' },
	],
	['update by email', updateByEmail, { email: 'a@x.de' }, { email: 'a@x.de' }],
	[
		'update by email, to an email that another item names',
		updateByEmail,
		{ email: 'a@x.de', ...other('b@x.de', '') },
		{ email: 'b@x.de', ...other('', '') },
	],
	[
		'update by email, to an external ID that another item gives as well',
		updateByEmail,
		{ email: 'a@x.de', ...other('', '1') },
		{ email: 'b@x.de', ...other('', '1') },
	],
	['update by external ID', updateByExternalId, { externalId: '1' }, { externalId: '1' }],
	['set a marker', setUnsubscriptionMarker, { email: 'a@x.de' }, { email: 'a@x.de' }],
	[
		'add a reason',
		addUnsubscriptionReason,
		{ contactId: '1', ...REASONS },
		{ contactId: '1', ...REASONS },
	],
])('%s', (_name, operation, first, second) => {
	it('waits for the item before that names the same contact', async () => {
		expect(await askedAtOnce(operation, first, second)).toBe(1);
	});
});

it.each<[string, Operation, IDataObject, IDataObject]>([
	['create by email', createByEmail, { email: 'a@x.de' }, { email: 'b@x.de' }],
	['create by external ID', createByExternalId, { externalId: '1' }, { externalId: '2' }],
	[
		'update by email',
		updateByEmail,
		{ email: 'a@x.de', ...other('', '') },
		{ email: 'b@x.de', ...other('', '') },
	],
	['update by external ID', updateByExternalId, { externalId: '1' }, { externalId: '2' }],
	['set a marker', setUnsubscriptionMarker, { email: 'a@x.de' }, { email: 'b@x.de' }],
])('%s waits for no other contact', async (_name, operation, first, second) => {
	expect(await askedAtOnce(operation, first, second)).toBe(2);
});
