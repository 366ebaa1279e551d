import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from '../../scripts/n8n';
import { credentialType, mailingType, type Editor } from './support/editor';
import { environment } from './support/environment';
import {
	addContact,
	control,
	htmlInMaileon,
	inMaileon,
	mailingInMaileon,
	targetGroupInMaileon,
} from './support/sandbox';
import { scenarios } from './support/scenario';
import { openSheetWorkflow } from './support/workflows';

/** What a person does with mailings in the editor, and what Maileon has then. */

const { scenario } = scenarios();

const row = { Title: 'Summer is here', Text: 'Everything for the garden.' };
/** A mailing with which the sandbox starts. */
const draft = 'Summer sale, draft';
const doubleOptInGroup = 2;

/** So many people with a double opt-in. */
async function addReaders(...emails: string[]): Promise<void> {
	for (const email of emails) await addContact(email, 5);
}

/** A workflow of a sheet and a mailing node, which is opened with an operation and nothing else. */
async function openMailingNode(editor: Editor, operation: string): Promise<void> {
	const parameters = { resource: 'mailing', operation };
	await openSheetWorkflow(editor, `Mailing: ${operation}`, [row], parameters, {
		name: 'Maileon Mailing',
		type: mailingType,
	});
	await editor.openNode('Maileon Mailing');
}

/** The row that came out, by its columns. */
async function outputRow(editor: Editor): Promise<Record<string, string>> {
	const { columns, rows } = await editor.outputTable();
	expect(rows).toHaveLength(1);
	return Object.fromEntries(columns.map((name, index) => [name, rows[0]?.[index] ?? '']));
}

scenario('a mailing is created with subject, HTML and target group by hand', async (editor) => {
	await addReaders('ada@example.com', 'grace@example.com', 'emmy@example.com');
	await openMailingNode(editor, 'create');
	await editor.expectInSight(['name', 'subject', 'html', 'targetGroup']);
	await editor.screenshot('mailing-create-empty');
	await editor.typeInto('name', 'Summer sale 2026');
	await editor.typeInto('subject', 'Summer is here');
	await editor.typeInto('html', '<h1>Summer is here</h1>\n<p>Everything for the garden.</p>');
	await editor.chooseFromList('targetGroup', 'Double opt-in');
	await editor.picture('create-mailing', ['parameters']);
	await editor.addEntry('Add Content', 'Preview Text');
	await editor.typeInto('previewText', 'Everything for the garden');
	await editor.screenshot('mailing-create-filled');
	await editor.executeStep();

	expect(await outputRow(editor)).toMatchObject({ created: 'true', name: 'Summer sale 2026' });
	await editor.screenshot('mailing-created');
	const made = await mailingInMaileon('Summer sale 2026');
	expect(made).toMatchObject({ state: 'draft', type: 'regular', subject: 'Summer is here' });
	expect(await htmlInMaileon(made.id)).toBe(
		'<h1>Summer is here</h1>\n<p>Everything for the garden.</p>',
	);
	expect(await targetGroupInMaileon(made.id)).toBe(doubleOptInGroup);
	expect((await inMaileon()).mails).toEqual([]);
});

scenario('a mailing is changed: what is left empty stays as it is', async (editor) => {
	const before = await mailingInMaileon(draft);
	const html = await htmlInMaileon(before.id);
	await addReaders('ada@example.com', 'grace@example.com', 'emmy@example.com');
	await openMailingNode(editor, 'update');
	await editor.expectInSight(['mailing', 'subject', 'html', 'targetGroup']);
	await editor.screenshot('mailing-update-empty');
	await editor.chooseFromList('mailing', draft);
	await editor.chooseFromList('targetGroup', 'Double opt-in');
	await editor.showInputTable();
	await editor.mapColumn('Title', 'subject');
	await editor.executeStep();

	expect(await outputRow(editor)).toMatchObject({ id: String(before.id), name: draft });
	await editor.screenshot('mailing-updated');
	expect(await mailingInMaileon(draft)).toMatchObject({ state: 'draft', subject: row.Title });
	expect(await targetGroupInMaileon(before.id)).toBe(doubleOptInGroup);
	expect(await htmlInMaileon(before.id)).toBe(html);

	await editor.typeInto('html', '<h1>Summer is here</h1>');
	await editor.picture('update-mailing', ['input', 'parameters']);
	await editor.executeStep();
	expect(await htmlInMaileon(before.id)).toBe('<h1>Summer is here</h1>');
});

scenario('a mailing is scheduled, and goes out when its time has come', async (editor) => {
	await addReaders('ada@example.com');
	await openMailingNode(editor, 'schedule');
	await editor.expectInSight(['mailing', 'scheduleTime', 'timeZone']);
	await editor.screenshot('mailing-schedule-empty');
	await editor.chooseFromList('mailing', draft);
	await editor.typeInto('scheduleTime', '2099-12-31 18:30:00');
	await editor.page.keyboard.press('Enter');
	await editor.typeInto('timeZone', 'UTC');
	await editor.executeStep();

	expect(await outputRow(editor)).toMatchObject({ scheduled: 'true' });
	await editor.screenshot('mailing-scheduled');
	const at = Date.UTC(2099, 11, 31, 18, 30);
	expect(await mailingInMaileon(draft)).toMatchObject({ schedule: { at, state: 'scheduled' } });
	expect((await inMaileon()).mails).toEqual([]);
	await control('clock', { at });
	await control('sendDay');
	expect(await mailingInMaileon(draft)).toMatchObject({ state: 'done', recipients: 1 });
});

scenario('a mailing is sent now, once, and no second time', async (editor) => {
	await addReaders('ada@example.com');
	await openMailingNode(editor, 'sendNow');
	await editor.chooseFromList('mailing', draft);
	await editor.executeStep();

	expect(await outputRow(editor)).toMatchObject({ started: 'true' });
	await editor.screenshot('mailing-sent');
	await control('sendDay');
	expect(await mailingInMaileon(draft)).toMatchObject({ state: 'done', recipients: 1 });
	expect((await inMaileon()).mails).toMatchObject([{ kind: 'mailing', email: 'ada@example.com' }]);

	await editor.executeStep();
	expect(await editor.byId('output-panel').innerText()).toContain(
		'cannot be sent: it has been sent.',
	);
	await editor.screenshot('mailing-sent-twice');
	expect((await inMaileon()).mails).toHaveLength(1);
});

/** Pastes an example into an empty workflow of somebody who has one account connected. */
async function importExample(editor: Editor, file: string): Promise<void> {
	const path = join(__dirname, '../../examples', file);
	const { nodes, connections } = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	for (const known of await editor.client.credentials())
		await editor.client.deleteCredential(known.id);
	const { apiKey, baseUrl } = environment;
	await editor.client.saveCredential(credentialType, 'Maileon account', { apiKey, baseUrl });
	await editor.openNewWorkflow();
	await editor.paste(nodes, connections);
}

/** The only mailing whose name begins so. */
async function mailingNamed(start: string) {
	const { mailings } = await inMaileon();
	const found = mailings.filter(({ name }) => name.startsWith(start));
	expect(found).toHaveLength(1);
	return await mailingInMaileon(found[0]?.name ?? '');
}

scenario('the example: a newsletter from a sheet is approved and scheduled', async (editor) => {
	await addReaders('ada@example.com');
	await importExample(editor, 'newsletter-from-a-sheet.json');
	const { status, runs } = await editor.executeWorkflow();
	await editor.screenshot('newsletter-from-a-sheet');

	expect(status).toBe('success');
	expect(Object.keys(runs)).toEqual(expect.arrayContaining(['Schedule for Tomorrow']));
	expect(Object.keys(runs)).not.toContain('Tell the Editor');
	const made = await mailingNamed('New this week');
	expect(made).toMatchObject({
		subject: 'Salt & pepper mill, and what else is new this week',
		schedule: { state: 'scheduled' },
	});
	expect(await htmlInMaileon(made.id)).toMatch(/<h2><a href="[^"]+">Bread knife<\/a><\/h2>/);
	expect((await inMaileon()).mails).toMatchObject([
		{ kind: 'test', email: 'editor@example.com' },
		{ kind: 'approval', email: 'ada@example.com' },
	]);
	await editor.openNode('Create Newsletter');
	await editor.screenshot('newsletter-from-a-sheet-create');
	await editor.closeNode();
	await editor.openNode('Request Approval');
	await editor.screenshot('newsletter-from-a-sheet-approval');
});

scenario("the example: last month's newsletter is copied and tested", async (editor) => {
	await importExample(editor, 'copy-last-months-newsletter.json');
	const { status } = await editor.executeWorkflow();
	await editor.screenshot('copy-last-months-newsletter');

	expect(status).toBe('success');
	const copy = await mailingNamed('Newsletter ');
	expect(copy).toMatchObject({
		state: 'draft',
		subject: expect.stringMatching(/^What is new in \w+$/) as string,
	});
	expect(await htmlInMaileon(copy.id)).toContain(`<h1>${copy.subject}</h1>`);
	expect((await inMaileon()).mails).toMatchObject([{ kind: 'test', email: 'editor@example.com' }]);
	await editor.openNode('Copy Newsletter');
	await editor.screenshot('copy-last-months-newsletter-copy');
});
