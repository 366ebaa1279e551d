import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import type { IDataObject } from 'n8n-workflow';

import { holdClock } from '../support/engine';
import type { HeldClock } from '../support/engine/clock';
import { mapped } from '../support/maileon';
import { byName, operationTests, rows } from '../support/operations';

const { sandbox, run } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
afterAll(() => clock.release());

const CHANGES = ['POST', 'PUT', 'DELETE'];

/** The changes that Maileon was asked for, with what it answered. */
const changes = () =>
	sandbox()
		.requests.filter(({ method }) => CHANGES.includes(method))
		.map(({ status }) => status);

function loseFirst(method: string): void {
	sandbox().fail({ method, breakConnection: 'after' });
}

beforeEach(() => {
	const { account } = sandbox();
	const contact = account.contacts.create(new Date());
	account.contacts.setEmail(contact, 'old@example.com');
	account.contacts.setExternalId(contact, '007');
	account.unsubscriptionMarkers.add('marked@example.com');
});

interface Case {
	operation: string;
	parameters: IDataObject;
	method: string;
	/** What Maileon answers to the repeated request. */
	again: number;
	row: IDataObject;
}

const TYPE = {
	name: 'shop_basket',
	attributes: { attribute: [{ name: 'order.id', type: 'string', required: true }] },
};

const CASES: Case[] = [
	{
		operation: 'customField.create',
		parameters: { name: 'SIZE', type: 'float' },
		method: 'POST',
		again: 400,
		row: { name: 'SIZE', type: 'float' },
	},
	{
		operation: 'customField.rename',
		parameters: { customField: byName('COLOR'), newName: 'COLOUR' },
		method: 'PUT',
		again: 404,
		row: { name: 'COLOUR', previous_name: 'COLOR' },
	},
	{
		operation: 'preferenceCategory.create',
		parameters: { name: 'Sport', description: 'Balls' },
		method: 'POST',
		again: 400,
		row: { name: 'Sport', description: 'Balls' },
	},
	{
		operation: 'preferenceCategory.update',
		parameters: {
			category: byName('Newsletter'),
			updateFields: { newName: 'Themes', description: 'New' },
		},
		method: 'PUT',
		again: 404,
		row: { name: 'Themes', description: 'New', previous_name: 'Newsletter' },
	},
	{
		operation: 'preference.create',
		parameters: { category: byName('Newsletter'), name: 'Chess', description: '' },
		method: 'POST',
		again: 400,
		row: { category: 'Newsletter', name: 'Chess', description: null },
	},
	{
		operation: 'preference.update',
		parameters: {
			category: byName('Newsletter'),
			preference: byName('Weekly'),
			updateFields: { newName: 'Daily' },
		},
		method: 'PUT',
		again: 404,
		row: { category: 'Newsletter', name: 'Daily', previous_name: 'Weekly' },
	},
	{
		operation: 'transactionType.create',
		parameters: TYPE,
		method: 'POST',
		again: 400,
		row: { id: expect.any(Number) as number, name: 'shop_basket' },
	},
	{
		operation: 'contact.updateByEmail',
		parameters: {
			email: 'old@example.com',
			permission: 3,
			contactFields: mapped({ FIRSTNAME: 'Ada' }),
			newIdentifiers: { email: 'new@example.com' },
		},
		method: 'PUT',
		again: 404,
		row: { success: true, email: 'new@example.com' },
	},
	{
		operation: 'contact.updateByExternalId',
		parameters: {
			externalId: '007',
			contactFields: mapped({ FIRSTNAME: 'Ada' }),
			newIdentifiers: { externalId: '008' },
		},
		method: 'PUT',
		again: 404,
		row: { success: true, external_id: '008' },
	},
	{
		operation: 'contact.deleteUnsubscriptionMarker',
		parameters: { email: 'marked@example.com' },
		method: 'DELETE',
		again: 404,
		row: { deleted: true, email: 'marked@example.com' },
	},
	{
		operation: 'contact.setUnsubscriptionMarker',
		parameters: { email: 'ada@example.com' },
		method: 'PUT',
		again: 200,
		row: { marked: true, email: 'ada@example.com' },
	},
];

describe('a change whose answer got lost is done', () => {
	it.each(CASES)('$operation', async ({ operation, parameters, method, again, row }) => {
		loseFirst(method);
		const result = await run(operation, parameters);
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([row]);
		expect(changes().at(-1)).toBe(again);
		expect(changes()).toHaveLength(2);
	});

	const REMOVALS: Array<[string, IDataObject]> = [
		['customField.delete', { customField: byName('COLOR'), confirmation: 'COLOR' }],
		['preferenceCategory.delete', { category: byName('Newsletter'), confirmation: 'Newsletter' }],
		[
			'preference.delete',
			{
				category: byName('Newsletter'),
				preference: byName('Weekly'),
				confirmation: 'Weekly',
			},
		],
		[
			'transactionType.delete',
			{ transactionType: byName('shop_order'), confirmation: 'shop_order' },
		],
	];
	it.each(REMOVALS)('%s', async (operation, parameters) => {
		loseFirst('DELETE');
		const result = await run(operation, parameters);
		expect(rows(result.main)).toMatchObject([{ deleted: true }]);
		expect(changes().at(-1)).toBe(404);
	});
});

describe('a change that was not carried out is not done', () => {
	const notCarriedOut: Array<[string, IDataObject, string]> = [
		['customField.rename', { customField: byName('COLR'), newName: 'COLOUR' }, 'did not find'],
		['customField.create', { name: 'VIP', type: 'string' }, 'exists already'],
		['preferenceCategory.create', { name: 'Newsletter', description: 'x' }, 'exists already'],
		[
			'preferenceCategory.update',
			{ category: byName('None'), updateFields: { newName: 'Other' } },
			'did not find',
		],
		['transactionType.create', { ...TYPE, name: 'shop_order' }, 'exists already'],
		[
			'contact.updateByEmail',
			{ email: 'no@example.com', newIdentifiers: { email: 'new@example.com' } },
			'did not find',
		],
	];
	it.each(notCarriedOut)('%s', async (operation, parameters, message) => {
		sandbox().fail({ status: 502 });
		const result = await run(operation, parameters, { onError: 'continueErrorOutput' });
		expect(result.main).toEqual([]);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: expect.stringContaining(message) as string,
					description: expect.stringContaining('Maileon may have accepted') as string,
				},
			},
		]);
	});

	it('clearing a field that does not exist', async () => {
		sandbox().fail({ status: 502 });
		const result = await run('customField.clearValues', {
			customField: byName('COLR'),
			confirmation: 'COLR',
		});
		expect(result.error).toMatchObject({ httpCode: '404' });
	});

	it('a key that may not read cannot tell, and says so', async () => {
		sandbox().addKey('writer-without-reading', ['PUT']);
		loseFirst('PUT');
		const result = await run(
			'customField.rename',
			{ customField: byName('COLOR'), newName: 'COLOUR' },
			{ apiKey: 'writer-without-reading' },
		);
		expect(result.error).toMatchObject({ httpCode: '404' });
		expect(result.error?.description).toContain('Maileon may have accepted the request');
	});
});

describe('the network fails while the answer is waited for', () => {
	/** Breaks the connection of each request as soon as the sandbox has it. */
	async function broken<T>(syscall: string, action: () => Promise<T>): Promise<T> {
		const error = Object.assign(new Error(`${syscall} EHOSTUNREACH`), {
			code: 'EHOSTUNREACH',
			errno: -113,
			syscall,
		});
		const onStart = (message: unknown) => {
			const { request } = message as { request: ClientRequest };
			sandbox().fail({ respond: () => request.socket?.destroy(error) });
		};
		subscribe('http.client.request.start', onStart);
		try {
			return await action();
		} finally {
			unsubscribe('http.client.request.start', onStart);
		}
	}

	const create = { email: 'ada@example.com' };

	it('a request that can send a mail is not repeated', async () => {
		const result = await broken('read', async () => {
			return await run('contact.createByEmail', { ...create, doi: true });
		});
		expect(changes()).toHaveLength(1);
		expect(result.error?.description).toContain('a second double opt-in mail could go out');
	});

	it('one that cannot is, and stays unclear', async () => {
		const result = await broken('read', async () => await run('contact.createByEmail', create));
		expect(changes()).toHaveLength(4);
		expect(result.error?.message).toBe(
			'The connection to Maileon was lost before the response was complete.',
		);
		expect(result.error?.description).toContain('Maileon may have accepted the request');
	});

	it('where it had not connected, nothing is unclear', async () => {
		const result = await broken('connect', async () => {
			return await run('contact.createByEmail', { ...create, doi: true });
		});
		expect(changes()).toHaveLength(4);
		expect(result.error?.message).toMatch(/^Maileon could not be reached/);
		expect(result.error?.description).not.toContain('may have accepted');
	});
});
