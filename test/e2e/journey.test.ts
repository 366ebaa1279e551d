import { environment } from './support/environment';
import { addCustomField, contactsInMaileon } from './support/sandbox';
import { scenarios } from './support/scenario';
import { inLine, sheetName, sheetNodes } from './support/workflows';

/** The main job of a person who has an API key and a sheet. */

const { scenario } = scenarios();
const mostClicks = 12;

const rows = [
	{ Email: 'ada@example.com', 'First Name': 'Ada', 'favourite colour': 'blue' },
	{ Email: 'grace@example.com', 'First Name': 'Grace', 'favourite colour': 'green' },
	{ Email: 'emmy@example.com', 'First Name': 'Emmy', 'favourite colour': 'red' },
];

scenario(
	'from an empty canvas to a synchronized list, typing nothing but the key',
	async (editor) => {
		await addCustomField('FAVOURITE_COLOUR', 'string');
		for (const known of await editor.client.credentials())
			await editor.client.deleteCredential(known.id);
		await editor.openNewWorkflow();
		const sheet = sheetNodes(rows);
		await editor.paste(sheet, inLine(sheet));
		editor.clicks.length = 0;

		await editor.addAfter(sheetName);
		await editor.choosePanelItem('Action in an app');
		await editor.choosePanelItem('Maileon API');
		await editor.choosePanelItem('Synchronize a list of contacts');

		await editor.openNewCredential();
		await editor.click('go to the key', editor.credentialField('apiKey'));
		await editor.page.keyboard.insertText(environment.apiKey);
		// The sandbox stands for Maileon, whose address is there already.
		await editor.credentialField('baseUrl').fill(environment.baseUrl);
		await editor.saveCredential();
		await editor.closeCredential();

		await editor.chooseFrom(editor.byId('mapping-mode-select').first(), 'Map Automatically');
		await editor.executeStep();

		expect(editor.clicks.length).toBeLessThanOrEqual(mostClicks);
		const { columns, rows: shown } = await editor.outputTable();
		expect(shown).toHaveLength(1);
		expect(shown[0]?.[columns.indexOf('count_new_contacts')]).toBe('3');
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
		console.log(`${editor.clicks.length} clicks: ${editor.clicks.join(', ')}`);
	},
);
