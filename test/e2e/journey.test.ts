import { credentialType, type Editor } from './support/editor';
import { environment } from './support/environment';
import {
	addCustomField,
	addContact,
	contactsInMaileon,
	control,
	inMaileon,
} from './support/sandbox';
import { scenarios } from './support/scenario';
import { inLine, sheetName, sheetNodes } from './support/workflows';

/**
 * The main jobs of a person who has an API key, from an empty canvas, with so many clicks at most. Typing,
 * pasting and filling in a test form are not counted; n8n's own steps are.
 */

const { scenario } = scenarios();

const formName = 'On form submission';

const mostClicks = { list: 12, form: 20, errorBranch: 12, order: 9 };

function expectClicks(editor: Editor, most: number): void {
	const { clicks } = editor;
	console.log(`${clicks.length} clicks of ${most} at most: ${clicks.join(', ')}`);
	expect(clicks.length).toBeLessThanOrEqual(most);
}

async function forgetCredentials({ client }: Editor): Promise<void> {
	for (const known of await client.credentials()) await client.deleteCredential(known.id);
}

/** An empty canvas of somebody who has connected the account before. */
async function startConnected(editor: Editor): Promise<void> {
	await forgetCredentials(editor);
	const { apiKey, baseUrl } = environment;
	await editor.client.saveCredential(credentialType, 'Sandbox', { apiKey, baseUrl });
	await editor.openNewWorkflow();
}

/** Pastes a sheet, or what another node gives, with data that is there already. */
async function pasteSheet(editor: Editor, rows: object[]): Promise<void> {
	const sheet = sheetNodes(rows);
	await editor.paste(sheet, inLine(sheet), { [sheetName]: rows });
	editor.clicks.length = 0;
}

const list = [
	{ Email: 'ada@example.com', 'First Name': 'Ada', 'favourite colour': 'blue' },
	{ Email: 'grace@example.com', 'First Name': 'Grace', 'favourite colour': 'green' },
	{ Email: 'emmy@example.com', 'First Name': 'Emmy', 'favourite colour': 'red' },
];

scenario(
	'from an empty canvas to a synchronized list, typing nothing but the key',
	async (editor) => {
		await addCustomField('FAVOURITE_COLOUR', 'string');
		await forgetCredentials(editor);
		await editor.openNewWorkflow();
		const sheet = sheetNodes(list);
		await editor.paste(sheet, inLine(sheet));
		editor.clicks.length = 0;

		await editor.addAfter(sheetName);
		await editor.choosePanelItem('Action in an app');
		await editor.choosePanelItem('Maileon API');
		await editor.choosePanelItem('Synchronize a list of contacts');
		await editor.connect();
		await editor.mapAutomatically();
		await editor.executeStep();

		expectClicks(editor, mostClicks.list);
		const { columns, rows: shown } = await editor.outputTable();
		expect(shown).toHaveLength(1);
		expect(shown[0]?.[columns.indexOf('count_new_contacts')]).toBe('3');
		expect(await editor.byId('node-parameters').innerText()).not.toContain('Choose a credential');
		await editor.screenshot('journey');
		expect(
			(await contactsInMaileon()).map(({ email, standardFields, customFields }) => [
				email,
				standardFields.FIRSTNAME,
				customFields.FAVOURITE_COLOUR,
			]),
		).toEqual([
			['ada@example.com', 'Ada', 'blue'],
			['grace@example.com', 'Grace', 'green'],
			['emmy@example.com', 'Emmy', 'red'],
		]);
	},
);

scenario('from an empty canvas to a sign-up form that asks for double opt-in', async (editor) => {
	await forgetCredentials(editor);
	await editor.openNewWorkflow();

	await editor.openNodePanel();
	await editor.choosePanelItem(formName);
	await editor.typeInto('formTitle', 'Newsletter');
	await editor.click('add a form field', editor.byId('fixed-collection-add').first());
	await editor.typeInto('fieldLabel', 'Email');
	await editor.chooseOption('fieldType', 'Email');
	await editor.submitForm({ Email: 'ada@example.com' });
	await editor.closeNode();

	await editor.addActionAfter(
		formName,
		'maileon',
		'Maileon API',
		'Create or update a contact by email',
	);
	await editor.connect();
	await editor.mapKey('Email', 'email');
	await editor.toggle('doi');
	await editor.executeStep();

	expectClicks(editor, mostClicks.form);
	const { columns, rows } = await editor.outputTable();
	expect(rows).toHaveLength(1);
	expect(rows[0]?.[columns.indexOf('email')]).toBe('ada@example.com');
	expect(rows[0]?.[columns.indexOf('doi_requested')]).toBe('true');
	await editor.screenshot('journey-form');
	const { contacts, mails } = await inMaileon();
	expect(contacts).toMatchObject([{ email: 'ada@example.com', permission: 1 }]);
	expect(mails).toMatchObject([{ kind: 'doi', email: 'ada@example.com' }]);
});

scenario(
	'from an empty canvas to a sheet whose refused contacts take the error branch',
	async (editor) => {
		await addContact('grace@example.com', 5);
		await control('unsubscribe', { email: 'grace@example.com' });
		await startConnected(editor);
		await pasteSheet(editor, [
			{ Email: 'ada@example.com', 'First Name': 'Ada' },
			{ Email: 'not an address', 'First Name': 'Nobody' },
			{ Email: 'grace@example.com', 'First Name': 'Grace' },
			{ Email: 'emmy@example.com', 'First Name': 'Emmy' },
		]);

		await editor.addActionAfter(
			sheetName,
			'maileon',
			'Maileon API',
			'Synchronize a list of contacts',
		);
		await editor.mapAutomatically();
		await editor.setOnError('Continue (using error output)');
		await editor.executeStep();

		expectClicks(editor, mostClicks.errorBranch);
		await editor.showBranch('Success');
		const { columns, rows: reports } = await editor.outputTable();
		const reported = (name: string) => reports.map((cells) => cells[columns.indexOf(name)]);
		expect(reported('count_new_contacts')).toEqual(['2']);
		expect(reported('count_invalid_contacts')).toEqual(['1']);
		expect(reported('count_unsubscribed_contacts')).toEqual(['1']);
		await editor.screenshot('journey-sheet-success');

		await editor.showBranch('Error');
		const refused = await editor.outputTable();
		expect(refused.columns).toEqual(expect.arrayContaining(['Email', 'First Name', 'error']));
		expect(refused.rows).toHaveLength(1);
		expect(refused.rows[0]).toEqual(expect.arrayContaining(['not an address', 'Nobody']));
		await editor.screenshot('journey-sheet-error');

		// What Maileon keeps of somebody who unsubscribed has no address.
		expect((await contactsInMaileon()).map(({ email }) => email)).toEqual([
			null,
			'ada@example.com',
			'emmy@example.com',
		]);
	},
);

scenario('from an empty canvas to an order that is sent as a transaction', async (editor) => {
	await addContact('ada@example.com', 4);
	await startConnected(editor);
	await pasteSheet(editor, [
		{ Email: 'ada@example.com', 'Order ID': 'A-77', 'Order Total': '19.90', 'Order Count': 2 },
	]);

	await editor.addActionAfter(sheetName, 'maileon', 'Maileon API', 'Send transaction');
	await editor.chooseFromList('transactionType', 'shop_order');
	await editor.mapKey('Email', 'email');
	await editor.mapAutomatically();
	await editor.executeStep();

	expectClicks(editor, mostClicks.order);
	expect((await editor.outputTable()).rows).toHaveLength(1);
	expect(await editor.byId('node-parameters').innerText()).not.toContain('no attributes');
	await editor.screenshot('journey-order');
	expect((await inMaileon()).transactions).toMatchObject([
		{
			type: 'shop_order',
			email: 'ada@example.com',
			content: { 'order.id': 'A-77', 'order.total': 19.9, 'order.count': 2 },
		},
	]);
});
