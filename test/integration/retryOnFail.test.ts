import type { IDataObject, INode } from 'n8n-workflow';

import { callAsTool, links, runNode, runWorkflow, type OnError } from '../support/engine';
import { emailsOf, mapped, ON_ERROR, sandboxForTests, writes } from '../support/maileon';

const sandbox = sandboxForTests();

const SETTINGS: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const credentials = () => ({ apiKey: sandbox.current.apiKey, baseUrl: sandbox.current.baseUrl });

async function runTries(
	operation: string,
	parameters: IDataObject,
	items: IDataObject[],
	onError: OnError,
) {
	const [resource, value] = operation.split('.');
	return await runNode({
		node: {
			parameters: { resource, operation: value, ...parameters },
			onError,
			settings: SETTINGS,
		},
		items,
		credentials: credentials(),
	});
}

const CREATE = {
	externalId: '={{ $json.key }}',
	email: '={{ $json.email }}',
	contactFields: mapped({}),
};

/** One item that Maileon refuses, and others that it takes. */
const ITEMS = [
	{ key: 'bad', email: 'no email' },
	{ key: 'b', email: 'b@example.com' },
	{ key: 'c', email: 'c@example.com' },
];

/** How often each of the names stands in what was sent. */
function sendings(...names: string[]): number[] {
	return names.map(
		(name) =>
			writes(sandbox.current).filter(({ rawUrl, body }) => `${rawUrl} ${body}`.includes(name))
				.length,
	);
}

/** The items that failed and those that worked, from whichever branch. */
function outcomes({ main, errors }: Awaited<ReturnType<typeof runTries>>) {
	const all = [...main, ...errors];
	const failed = all.filter(({ json }) => json.error !== undefined);
	const worked = all.filter(({ json }) => json.error === undefined);
	return { failed: links(failed).flat(), worked: links(worked).flat() };
}

describe.each(ON_ERROR)('%s', (onError) => {
	const stops = onError === 'stopWorkflow';

	test.each([
		['with double opt-in', true],
		['without double opt-in', false],
	])('Create by External ID %s sends what was done once', async (_, doi) => {
		const result = await runTries('contact.createByExternalId', { ...CREATE, doi }, ITEMS, onError);
		expect(sendings('/bad?', '/b?', '/c?')).toEqual([3, 1, 1]);
		const mails = sandbox.current.mails.map(({ email }) => email).sort();
		expect(mails).toEqual(doi ? ['b@example.com', 'c@example.com'] : []);
		if (stops) expect(result.error?.context?.itemIndex).toBe(0);
		else expect(outcomes(result)).toEqual({ failed: [0], worked: [1, 2] });
	});

	test('a double opt-in whose answer got lost is not started again', async () => {
		sandbox.current.fail({ path: /\/b$/, breakConnection: 'after', times: 9 });
		const items = [ITEMS[1], ITEMS[2]] as IDataObject[];
		const result = await runTries(
			'contact.createByExternalId',
			{ ...CREATE, doi: true },
			items,
			onError,
		);
		expect(sendings('/b?', '/c?')).toEqual([1, 1]);
		expect(sandbox.current.mails).toHaveLength(2);
		const words = 'Maileon may have accepted this contact';
		if (stops) expect(result.error?.description).toContain(words);
		else expect(outcomes(result)).toEqual({ failed: [0], worked: [1] });
	});

	test('Update by ID starts a double opt-in once', async () => {
		const { contacts, now } = sandbox.current.account;
		const known = ['b@example.com', 'c@example.com'].map((email) => {
			const contact = contacts.create(now());
			contacts.setEmail(contact, email);
			return { id: contact.id };
		});
		const parameters = {
			contactId: '={{ $json.id }}',
			permission: 4,
			triggerDoi: true,
			contactFields: mapped({}),
		};
		const result = await runTries(
			'contact.updateById',
			parameters,
			[{ id: 999_999 }, ...known],
			onError,
		);
		const ids = known.map(({ id }) => `id=${id}&`);
		expect(sendings('id=999999&', ...ids)).toEqual([3, 1, 1]);
		expect(sandbox.current.mails).toHaveLength(2);
		if (!stops) expect(outcomes(result)).toEqual({ failed: [0], worked: [1, 2] });
	});

	test('Synchronize sends no batch twice that was taken', async () => {
		const items = stops ? [...ITEMS].reverse() : ITEMS;
		const result = await runTries(
			'contact.synchronize',
			{
				contactFields: mapped({ email: '={{ $json.email }}' }),
				ignoreInvalidContacts: false,
				options: { batchSize: 1 },
			},
			items,
			onError,
		);
		expect(writes(sandbox.current).flatMap(emailsOf).sort()).toEqual([
			'b@example.com',
			'c@example.com',
			'no email',
			'no email',
			'no email',
		]);
		if (stops) expect(result.error?.description).toContain('2 contacts were synchronized before');
		else {
			expect(outcomes(result)).toEqual({ failed: [0], worked: [1, 2] });
			expect(result.main.flatMap(({ json }) => json.batch ?? [])).toEqual([2, 3]);
		}
	});

	test('Synchronize sends only refused contacts again, and counts them once', async () => {
		const result = await runTries(
			'contact.synchronize',
			{ contactFields: mapped({ email: '={{ $json.email }}' }), output: 'contacts' },
			ITEMS,
			onError,
		);
		expect(writes(sandbox.current).map(emailsOf)).toEqual([
			['no email', 'b@example.com', 'c@example.com'],
			['no email'],
			['no email'],
		]);
		expect(outcomes(result)).toEqual({ failed: [0], worked: [1, 2] });
		expect(result.hints?.map(({ message }) => message.slice(0, 22))).toEqual(
			onError === 'continueErrorOutput' ? [] : ['1 contact was refused.'],
		);
	});

	test('Synchronize sends no contact again that its report refuses', async () => {
		const result = await runTries(
			'contact.synchronize',
			{ contactFields: mapped({ email: '={{ $json.email }}' }) },
			ITEMS,
			onError,
		);
		expect(writes(sandbox.current)).toHaveLength(1);
		expect(links(result.main)).toEqual([[0, 1, 2]]);
		expect(links(result.errors)).toEqual(onError === 'continueErrorOutput' ? [[0]] : []);
	});

	test('Transaction: Send sends a queued event once', async () => {
		for (const { email } of ITEMS.slice(1))
			sandbox.current.account.contacts.setEmail(
				sandbox.current.account.contacts.create(new Date(0)),
				email,
			);
		const result = await runTries(
			'transaction.send',
			{
				transactionType: { __rl: true, mode: 'id', value: '42' },
				email: '={{ $json.key }}@example.com',
				contentSource: 'json',
				contentJson: '{"order.id": "A-1"}',
			},
			ITEMS,
			onError,
		);
		expect(sendings('bad@', '"b@', '"c@')).toEqual([3, 1, 1]);
		if (!stops) expect(outcomes(result)).toEqual({ failed: [0], worked: [1, 2] });
	});
});

const node = (name: string, type: string, further: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...further,
});

test('the second run of a node, as in a loop, sends its items itself', async () => {
	const trigger = 'n8n-nodes-base.manualTrigger';
	const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
	const parameters = { resource: 'contact', operation: 'createByExternalId', ...CREATE };
	const { raw } = await runWorkflow(
		{
			nodes: [
				node('Start', trigger),
				node('Maileon', 'n8n-nodes-maileon-api.maileon', {
					parameters: parameters as INode['parameters'],
					onError: 'continueRegularOutput',
					...SETTINGS,
				}),
			],
			connections: { Start: { main: [[to('Maileon'), to('Maileon')]] } },
		},
		{ credentials: credentials(), pinned: { Start: ITEMS } },
	);
	expect(raw.data.resultData.runData.Maileon).toHaveLength(2);
	expect(sendings('/bad?', '/b?', '/c?')).toEqual([6, 2, 2]);
});

test('the tool of an agent starts no second double opt-in where the first may have been started', async () => {
	sandbox.current.fail({ method: 'POST', breakConnection: 'after', times: 9 });
	const { answers } = await callAsTool({
		parameters: {
			resource: 'contact',
			operation: 'createByExternalId',
			externalId: "={{ $fromAI('key') }}",
			email: "={{ $fromAI('key') }}@example.com",
			contactFields: mapped({}),
			doi: true,
		},
		credentials: credentials(),
		calls: [{ key: 'b' }, { key: 'c' }],
		settings: SETTINGS,
	});
	expect(answers.map(({ refusal }) => refusal)).toEqual([
		expect.stringContaining('Maileon may have accepted this contact'),
		expect.stringContaining('Maileon may have accepted this contact'),
	]);
	expect(sendings('/b?', '/c?')).toEqual([1, 1]);
	expect(sandbox.current.mails).toHaveLength(2);
});
