import { scenarios } from './support/scenario';
import { contactsInMaileon } from './support/sandbox';
import { openSheetWorkflow } from './support/workflows';

/** What a person sees after "Execute step". */

const { scenario } = scenarios();

const autoMapped = {
	mappingMode: 'autoMapInputData',
	value: null,
	matchingColumns: [],
	schema: [],
};

scenario('a report with refused contacts', async (editor) => {
	const rows = [
		{ Email: 'ada@example.com', 'First Name': 'Ada', Color: 'blue' },
		{ Email: 'not an address', 'First Name': 'Nobody', Color: 'grey' },
		{ Email: 'grace@example.com', 'First Name': 'Grace', Color: 'green' },
	];
	await openSheetWorkflow(editor, 'Report', rows, {
		operation: 'synchronize',
		contactFields: autoMapped,
		ignoreInvalidContacts: true,
	});
	await editor.openNode('Maileon');
	await editor.executeStep();
	const report = await editor.outputTable();
	expect(report.columns).toEqual(
		expect.arrayContaining(['success', 'count_contacts', 'count_invalid_contacts']),
	);
	expect(report.rows).toHaveLength(1);
	const shown = report.rows.flat().join(' ');
	expect(shown).toContain('not an address');
	expect(shown).toContain('Email is invalid');
	await editor.showOutputAsJson();
	await editor.picture('report', ['parameters', 'output']);
	expect(await contactsInMaileon()).toHaveLength(2);

	await editor.chooseOption('output', 'Contacts');
	await editor.executeStep();
	await editor.byId('output-panel').getByText('3 items').first().waitFor();
	const contacts = await editor.outputTable();
	expect(contacts.rows.map((row) => row.find((cell) => /^(accepted|invalid)$/.test(cell)))).toEqual(
		['accepted', 'invalid', 'accepted'],
	);
	await editor.screenshot('contacts');
});

scenario('an error in words, and both branches with the error output', async (editor) => {
	const rows = [
		{ customer: 'CRM-1', mail: 'ada@example.com' },
		{ customer: 'CRM-2', mail: 'not an address' },
		{ customer: 'CRM-3', mail: 'grace@example.com' },
	];
	await openSheetWorkflow(editor, 'Branches', rows, {
		operation: 'createByExternalId',
		externalId: '={{ $json.customer }}',
		email: '={{ $json.mail }}',
	});
	await editor.openNode('Maileon');
	await editor.executeStep();
	const error = await editor.byId('output-panel').innerText();
	expect(error).toMatch(/email/i);
	await editor.screenshot('error');

	await editor.setOnError('Continue (using error output)');
	await editor.executeStep();
	await editor.showBranch('Success');
	const succeeded = await editor.outputTable();
	expect(succeeded.rows.flat()).toEqual(expect.arrayContaining(['CRM-1', 'CRM-3']));
	expect(succeeded.rows).toHaveLength(2);
	await editor.showBranch('Error');
	const failed = await editor.outputTable();
	expect(failed.rows).toHaveLength(1);
	expect(failed.columns).toEqual(expect.arrayContaining(['customer', 'mail', 'error']));
	expect(failed.rows.flat()).toEqual(expect.arrayContaining(['CRM-2', 'not an address']));
	await editor.picture('error-output', ['parameters', 'output']);
});
