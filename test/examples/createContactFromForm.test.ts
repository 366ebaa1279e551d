import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const run = async () =>
	await runWorkflow(readExample('create-contact-from-form.json'), {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});

const EMAIL = 'ada.lovelace@example.com';

it('creates the contact of the form and asks it to confirm', async () => {
	const { nodes, error } = await run();
	expect(error).toBeUndefined();
	const [contact, ...others] = sandbox().account.contacts.withExternalId('WEB-00123');
	expect(others).toEqual([]);
	expect(contact).toMatchObject({
		email: EMAIL,
		permission: 1,
		standardFields: { FIRSTNAME: 'Ada', LASTNAME: 'Lovelace', CITY: 'München', LOCALE: 'de_DE' },
	});
	expect(rows(nodes['Create Contact']?.main ?? [])).toEqual([
		{ success: true, id: contact?.id, external_id: 'WEB-00123', email: EMAIL, doi_requested: true },
	]);
	expect(sandbox().mails).toMatchObject([{ kind: 'doi', email: EMAIL }]);
});

it('raises the permission once the link in the mail is clicked', async () => {
	await run();
	await sandbox().confirmDoi(EMAIL);
	const [contact] = sandbox().account.contacts.withExternalId('WEB-00123');
	expect(contact?.permission).toBe(4);
});
