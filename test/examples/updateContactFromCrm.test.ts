import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const run = async () =>
	await runWorkflow(readExample('update-contact-from-crm.json'), {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});

const ADDRESS = {
	ADDRESS: 'Lange Straße',
	HNR: '7a',
	ZIP: '01067',
	CITY: 'Dresden',
	COUNTRY: 'Germany',
};
const only = () => sandbox().account.contacts.withExternalId('CRM-00042');

it('writes the new address and leaves everything else as it is', async () => {
	const { contacts } = sandbox().account;
	const grace = contacts.create(new Date());
	contacts.setEmail(grace, 'grace.hopper@example.com');
	contacts.setExternalId(grace, 'CRM-00042');
	Object.assign(grace, {
		permission: 4,
		standardFields: { FIRSTNAME: 'Grace', CITY: 'Berlin' },
	});
	const { nodes, error } = await run();
	expect(error).toBeUndefined();
	expect(rows(nodes['Update Contact']?.main ?? [])).toEqual([{ success: true, id: grace.id }]);
	expect(only()).toEqual([grace]);
	expect(grace).toMatchObject({
		email: 'grace.hopper@example.com',
		permission: 4,
		standardFields: { FIRSTNAME: 'Grace', ...ADDRESS },
	});
	expect(sandbox().mails).toEqual([]);
});

it('creates a customer whom Maileon does not have, without a permission and a mail', async () => {
	const { nodes, error } = await run();
	expect(error).toBeUndefined();
	const [grace] = only();
	expect(rows(nodes['Update Contact']?.main ?? [])).toEqual([{ success: true, id: grace?.id }]);
	expect(grace).toMatchObject({
		email: 'grace.hopper@example.com',
		permission: 1,
		standardFields: ADDRESS,
	});
	expect(sandbox().mails).toEqual([]);
});
