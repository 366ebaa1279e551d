import type { INodeTypeDescription } from 'n8n-workflow';

import { loadPackage, subtitleOf } from '../support/engine';
import { choicesOf, menuOf, visibleFields } from '../support/fields';

let maileon: INodeTypeDescription;
let trigger: INodeTypeDescription;
let report: INodeTypeDescription;
let reportTrigger: INodeTypeDescription;

beforeAll(async () => {
	const { nodeTypes } = await loadPackage();
	if (!nodeTypes.maileon || !nodeTypes.maileonTrigger) throw new Error('The package lacks a node');
	if (!nodeTypes.maileonReport || !nodeTypes.maileonReportTrigger)
		throw new Error('The package lacks a node of reports');
	maileon = nodeTypes.maileon.description;
	trigger = nodeTypes.maileonTrigger.description;
	report = nodeTypes.maileonReport.description;
	reportTrigger = nodeTypes.maileonReportTrigger.description;
});

describe('below a node on the canvas', () => {
	it('stands the operation in the words of the menus', async () => {
		for (const { resource, operation, resourceName, entry } of menuOf(maileon))
			expect(await subtitleOf('maileon', { resource, operation })).toBe(
				`${entry.name}: ${resourceName}`,
			);
	});

	it('stands the event in the words of the menu', async () => {
		const events = trigger.properties.filter(({ name }) => name === 'event').flatMap(choicesOf);
		for (const { name, value } of events)
			expect(await subtitleOf('maileonTrigger', { event: value as string })).toBe(name);
	});

	it('stand the events of the report trigger in the words of the menu', async () => {
		const events = reportTrigger.properties.find(({ name }) => name === 'events');
		const choices = events ? choicesOf(events) : [];
		expect(
			await subtitleOf('maileonReportTrigger', { events: choices.map(({ value }) => value) }),
		).toBe(choices.map(({ name }) => name).join(', '));
	});

	it('stands the internal name of what this version does not know', async () => {
		expect(await subtitleOf('maileon', { resource: 'contact', operation: 'other' })).toBe(
			'contact.other',
		);
	});
});

describe('in the list of nodes', () => {
	it.each([
		'maileon',
		'newsletter',
		'email marketing',
		'double opt-in',
		'unsubscribe',
		'bounce',
		'webhook',
		'event',
		'transaction',
	])('the entry of both nodes is found for "%s", by the main node', (word) => {
		expect(maileon.codex?.alias).toContain(word);
	});

	it('the entry of the nodes of reports is found by the words of both', () => {
		expect(report.codex?.alias).toEqual(expect.arrayContaining(reportTrigger.codex?.alias ?? []));
		expect(reportTrigger.codex?.alias).toEqual(expect.arrayContaining(['open', 'click', 'reply']));
	});

	it('the entry of both nodes speaks of both', () => {
		expect(maileon.description).toContain('start a workflow when a contact');
		expect(report.description).toContain('start a workflow with each');
	});
});

describe('"Docs"', () => {
	const PAGES = /^https:\/\/github\.com\/.+\/blob\/HEAD\/docs\/([\w-]+\.md)$/;

	it('opens pages of this package', () => {
		expect(PAGES.exec(maileon.documentationUrl ?? '')?.[1]).toBe('operations.md');
		expect(PAGES.exec(trigger.documentationUrl ?? '')?.[1]).toBe('trigger.md');
		expect(PAGES.exec(report.documentationUrl ?? '')?.[1]).toBe('report.md');
		expect(PAGES.exec(reportTrigger.documentationUrl ?? '')?.[1]).toBe('report-trigger.md');
		for (const { codex, documentationUrl: url } of [maileon, trigger, report, reportTrigger])
			expect(codex?.resources?.primaryDocumentation).toEqual([{ url }]);
	});
});

describe('Transaction: Send in the panel', () => {
	const shown = (value: string) =>
		visibleFields(maileon, {
			resource: 'transaction',
			operation: 'send',
			transactionType: { __rl: true, mode: 'list', value } as never,
			identifyBy: 'email',
			contentSource: 'fields',
			import: false,
		}).map(({ name }) => name);

	it('shows the attributes when a type is chosen', () => {
		expect(shown('')).not.toContain('content');
		expect(shown('42')).toContain('content');
		expect(shown('={{ $json.type }}')).toContain('content');
	});

	it('begins with what a transaction is, and when mails go out', () => {
		const [notice] = maileon.properties.filter(
			({ type, displayOptions: { show } = {} }) =>
				type === 'notice' && show?.operation?.includes('send'),
		);
		expect(notice?.displayName).toBe(
			'A transaction (contact event) tells Maileon what happened to a contact, such as an order. Mails go out only if a mailing or automation in Maileon uses this type.',
		);
	});
});

it.each([
	[1, false, false],
	[1, true, false],
	[4, false, true],
	[4, true, true],
	[5, true, true],
])(
	'Contact: Create by Email with permission %s and double opt-in %s tells of a recorded confirmation: %s',
	(permission, doi, tells) => {
		const shown = visibleFields(maileon, {
			resource: 'contact',
			operation: 'createByEmail',
			permission,
			doi,
		});
		expect(shown.some(({ name }) => name === 'permissionNotice')).toBe(tells);
	},
);

it('tells in the dialog of the credential where the key is found', async () => {
	const { credentialTypes } = await loadPackage();
	const [apiKey] = credentialTypes.maileonRestApi?.properties ?? [];
	expect(apiKey).toMatchObject({
		name: 'apiKey',
		hint: expect.stringContaining('Maileon → Settings → API keys'),
	});
});
