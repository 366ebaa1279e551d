import { addCustomField, contactsInMaileon, contactXml } from './support/sandbox';
import { scenarios } from './support/scenario';
import { openSheetWorkflow } from './support/workflows';

/** What a person sees in the panel of each operation. */

const { scenario } = scenarios();

const row = { customer: '00123', Email: 'ada@example.com', 'First Name': 'Ada', colour: 'blue' };

const SEARCHED = [
	'maileon',
	'newsletter',
	'email marketing',
	'double opt-in',
	'unsubscribe',
	'bounce',
	'webhook',
	'event',
	'transaction',
];

scenario('finds the node by what people call it', async (editor) => {
	await editor.openNewWorkflow();
	await editor.addNode('manual', 'Manual Trigger');
	await editor.openNodePanel();
	for (const words of SEARCHED) {
		await editor.searchNode(words, 'Maileon API');
		await editor.screenshot(`search-${words.replace(' ', '-')}`);
	}
	await editor.searchNode('maileon', 'Maileon API');
	await editor.choosePanelItem('Maileon API');
	await editor.byId('node-creator-item-name').first().waitFor();
	const actions = await editor.byId('node-creator-item-name').allInnerTexts();
	expect(actions).toEqual(
		expect.arrayContaining([
			'Create or update a contact by external ID',
			'Synchronize a list of contacts',
			'Update a contact by Maileon ID',
		]),
	);
	await editor.screenshot('actions');
});

scenario('Create by External ID shows what double opt-in needs only with it', async (editor) => {
	await openSheetWorkflow(editor, 'Panel: create', [row], { operation: 'createByExternalId' });
	await editor.openNode('Maileon');
	await editor.expectParameter('doiPlus', 'hidden');
	await editor.expectParameter('doiMailing', 'hidden');
	await editor.toggle('doi');
	await editor.expectParameter('doiPlus', 'visible');
	await editor.expectParameter('doiMailing', 'visible');
	await editor.picture('create-by-external-id', ['parameters']);
	await editor.toggle('doi');
	await editor.expectParameter('doiPlus', 'hidden');
	await editor.expectParameter('doiMailing', 'hidden');
});

scenario('Update by ID shows checksum and double opt-in only where they count', async (editor) => {
	await openSheetWorkflow(editor, 'Panel: update', [row], { operation: 'updateById' });
	await editor.openNode('Maileon');
	await editor.expectParameter('checksum', 'hidden');
	await editor.toggle('ignoreChecksum');
	await editor.expectParameter('checksum', 'visible');
	await editor.toggle('ignoreChecksum');
	await editor.expectParameter('checksum', 'hidden');

	await editor.expectParameter('triggerDoi', 'hidden');
	await editor.chooseOption('permission', 'Double Opt-In');
	await editor.expectParameter('triggerDoi', 'visible');
	await editor.expectParameter('doiMailing', 'hidden');
	await editor.toggle('triggerDoi');
	await editor.expectParameter('doiMailing', 'visible');
	await editor.picture('update-by-id', ['parameters']);
	await editor.chooseOption('permission', 'Single Opt-In');
	await editor.expectParameter('triggerDoi', 'hidden');
	await editor.expectParameter('doiMailing', 'hidden');
});

scenario(
	'Synchronize shows what its source of contacts and its permission need',
	async (editor) => {
		await openSheetWorkflow(editor, 'Panel: synchronize', [row], { operation: 'synchronize' });
		await editor.openNode('Maileon');
		await editor.expectParameter('overridePermission', 'hidden');
		await editor.chooseOption('permission', 'Double Opt-In');
		await editor.expectParameter('overridePermission', 'visible');
		await editor.picture('synchronize', ['parameters']);
		await editor.byId('resource-mapper-container').first().waitFor();
		await editor.chooseOption('contactsSource', 'A JSON List');
		await editor.expectParameter('contactsJson', 'visible');
		await editor.byId('resource-mapper-container').first().waitFor({ state: 'hidden' });
	},
);

scenario('offers fields and lists before there is a credential', async (editor) => {
	const wrong = /No fields found|Error fetching/i;
	const openWithout = async (name: string, operation: string) => {
		const parameters = { operation };
		const { id } = await openSheetWorkflow(editor, name, [row], parameters, { credentials: {} });
		for (const credential of await editor.client.credentials())
			await editor.client.deleteCredential(credential.id);
		await editor.openWorkflow(id);
		await editor.openNode('Maileon');
	};
	await openWithout('Panel: first fields', 'createByEmail');
	await editor.addMappedField('FIRSTNAME', 'First Name');
	await editor.screenshot('first-connection-mapper');
	expect(await editor.byId('node-parameters').innerText()).not.toMatch(wrong);

	await openWithout('Panel: first lists', 'getMany');
	await editor.parameter('customFields').getByText('All Fields').first().waitFor();
	await editor.screenshot('first-connection-lists');
	expect(await editor.byId('node-parameters').innerText()).not.toMatch(wrong);
});

scenario('asks whether a topic is wanted, and makes no answer up', async (editor) => {
	const byName = (value: string) => ({ __rl: true, mode: 'name', value });
	const topic = { category: byName('Newsletter'), name: byName('Weekly') };
	await openSheetWorkflow(editor, 'Panel: topics', [row], {
		operation: 'createByExternalId',
		externalId: '={{ $json.customer }}',
		email: '={{ $json.Email }}',
		preferences: { preference: [topic] },
	});
	await editor.openNode('Maileon');
	await editor.expectParameter('value', 'visible');
	await editor.parameter('value').scrollIntoViewIfNeeded();
	await editor.screenshot('topic-unanswered');
	await editor.chooseOption('value', 'No');
	await editor.executeStep();
	expect((await editor.outputTable()).rows).toHaveLength(1);
	await editor.screenshot('topic-answered');
	expect(await contactXml('00123', topic.category.value)).toMatch(/<name>Weekly<.*<value>false</s);
});

scenario(
	'maps input columns to standard and custom fields by hand, and stores them',
	async (editor) => {
		await addCustomField('FAVOURITE_COLOUR', 'string');
		await openSheetWorkflow(editor, 'Mapping', [row], { operation: 'createByExternalId' });
		await editor.openNode('Maileon');
		await editor.page.getByText('Custom fields missing?').waitFor();
		await editor.showInputTable();
		await editor.mapColumn('customer', 'externalId');
		await editor.mapColumn('Email', 'email');
		await editor.addMappedField('FIRSTNAME', 'First Name');
		await editor.mapColumn('First Name', 'FIRSTNAME');
		await editor.addMappedField('FAVOURITE_COLOUR', 'FAVOURITE_COLOUR (Text)');
		await editor.mapColumn('colour', 'FAVOURITE_COLOUR');
		await editor.picture('mapping', ['input', 'parameters'], 'externalId');
		await editor.executeStep();
		const { columns, rows } = await editor.outputTable();
		expect(columns).toEqual(expect.arrayContaining(['success', 'id', 'external_id', 'email']));
		expect(rows).toHaveLength(1);
		expect(rows[0]).toEqual(expect.arrayContaining(['true', '00123', 'ada@example.com']));
		await editor.screenshot('mapping-output');
		expect(await contactsInMaileon()).toMatchObject([
			{
				externalId: '00123',
				email: 'ada@example.com',
				standardFields: { FIRSTNAME: 'Ada' },
				customFields: { FAVOURITE_COLOUR: 'blue' },
			},
		]);
	},
);
