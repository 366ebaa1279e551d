import { links } from '../support/engine';
import { operationTests, rows } from '../support/operations';

const { sandbox, run, wire } = operationTests();

describe('clear values', () => {
	it.each([200, 204] as const)('clears the field for all contacts (status %d)', async (status) => {
		sandbox().variants.deleteStatus = status;
		const contact = sandbox().account.contacts.create(new Date());
		Object.assign(contact.standardFields, { NAMEDAY: '2026-07-04', CITY: 'Dresden' });
		const result = await run('standardField.clearValues', {
			standardField: 'NAMEDAY',
			confirmation: 'NAMEDAY',
		});
		expect(rows(result.main)).toEqual([{ cleared: true, name: 'NAMEDAY' }]);
		expect(wire()).toEqual([['DELETE', '/1.0/contacts/fields/standard/NAMEDAY/values']]);
		expect(contact.standardFields).toEqual({ CITY: 'Dresden' });
	});

	it.each(['', 'Nameday', 'Name Day', '={{ "NAMEDAY" }}'])(
		'sends nothing when %j stands as confirmation',
		async (confirmation) => {
			const running = run('standardField.clearValues', { standardField: 'NAMEDAY', confirmation });
			const refused = await running.then(
				({ error }) => error?.message,
				(error: Error) => error.message,
			);
			expect(refused).toBeDefined();
			expect(sandbox().requests).toHaveLength(0);
		},
	);

	it('clears only the field that was typed, and goes on', async () => {
		const result = await run(
			'standardField.clearValues',
			{ standardField: '={{ $json.field }}', confirmation: 'CITY' },
			{
				items: [{ field: 'ZIP' }, { field: 'CITY' }, { field: 'CHECKSUM' }],
				onError: 'continueErrorOutput',
			},
		);
		expect(links(result.main)).toEqual([[1]]);
		expect(links(result.errors)).toEqual([[0], [2]]);
		expect(wire()).toEqual([['DELETE', '/1.0/contacts/fields/standard/CITY/values']]);
	});
});
