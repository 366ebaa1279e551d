import { links, runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

it('takes the list over in one request and makes an item of each refused contact', async () => {
	const { contacts } = sandbox().account;
	const mary = contacts.create(new Date());
	contacts.setEmail(mary, 'mary.shelley@example.com');
	Object.assign(mary, { permission: 4, standardFields: { CITY: 'London' } });

	const { nodes, error } = await runWorkflow(readExample('synchronize-list.json'), {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});

	expect(error).toBeUndefined();
	expect(sandbox().requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	const report = nodes['Synchronize Contacts'];
	expect(rows(report?.main ?? [])).toMatchObject([
		{
			count_contacts: 5,
			count_new_contacts: 2,
			count_existing_contacts: 1,
			count_invalid_contacts: 2,
		},
	]);
	expect(links(report?.main ?? [])).toEqual([[0, 1, 2, 3, 4]]);
	expect(rows(nodes['Refused Contacts']?.main ?? [])).toMatchObject([
		{ email: 'emmy.noether@example', error: { code: 3, message: expect.stringMatching(/email/i) } },
		{ email: 'not an address', error: { code: 3, message: expect.stringMatching(/email/i) } },
	]);
	expect(mary).toMatchObject({
		permission: 4,
		standardFields: { CITY: 'London', FIRSTNAME: 'Mary', LASTNAME: 'Shelley' },
		customFields: { COLOR: 'green' },
	});
	const [alan] = contacts.withEmail('alan.turing@example.com');
	expect(alan).toMatchObject({
		permission: 1,
		standardFields: { FIRSTNAME: 'Alan', LASTNAME: 'Turing' },
		customFields: { COLOR: 'blue' },
	});
	expect(sandbox().mails).toEqual([]);
});
