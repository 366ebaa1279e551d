import type { IHookFunctions } from 'n8n-workflow';

import {
	nextMoment,
	readMemory,
	remember,
	withoutWebhook,
	type Memory,
} from '../../../../nodes/Maileon/trigger/webhook/memory';
import { readWanted } from '../../../../nodes/Maileon/trigger/webhook/parameters';
import { refusalOf } from '../../../support/refusals';

const read = (values: Record<string, unknown>) =>
	readWanted({
		getNodeParameter: (name: string, preset: unknown) => (name in values ? values[name] : preset),
	} as unknown as IHookFunctions);

describe('what a webhook sends', () => {
	test.each<[Record<string, unknown>, object]>([
		[{ event: 'doi' }, { event: 'doi', standardFields: [], eventFields: [] }],
		[
			{
				event: 'bounce',
				standardFields: ['email', 'FIRSTNAME'],
				eventFields: ['timestamp'],
				options: {
					furtherStandardFields: ' permission, firstname ',
					furtherEventFields: 'bounce_code,timestamp,Other',
				},
			},
			{
				event: 'bounce',
				standardFields: ['email', 'firstname', 'permission'],
				eventFields: ['timestamp', 'bounce_code', 'Other'],
			},
		],
		[
			{
				event: 'doi',
				standardFields: 'email',
				options: '{"furtherEventFields": ["a", "a"], "furtherStandardFields": null}',
			},
			{ event: 'doi', standardFields: ['email'], eventFields: ['a'] },
		],
	])('%j', (values, wanted) => {
		expect(read(values)).toEqual(wanted);
	});

	test.each<[Record<string, unknown>, RegExp, string]>([
		[{ standardFields: 5 }, /^Contact Fields must be a list of names/, 'standardFields'],
		[{ eventFields: {} }, /^Event Fields must be a list of names/, 'eventFields'],
		[{ options: 'x' }, /^Options must be an object/, 'options'],
		[
			{ options: { furtherEventFields: true } },
			/^Further Event Fields must be a list of names/,
			'furtherEventFields',
		],
	])('is not %j', (values, message, field) => {
		const refusal = refusalOf(() => read({ event: 'doi', ...values }));
		expect(refusal.message).toMatch(message);
		expect(refusal.details.field).toBe(field);
	});
});

describe('what a node remembers of its webhook', () => {
	const ALL: Memory = {
		id: '7',
		url: 'https://n8n.example.com/webhook/1',
		event: 'doi',
		fields: 'email',
		secretHash: 'hash',
		formerSecretHash: 'former',
		secretsSince: '5',
	};

	test('is all that it was told last, beside what others keep there', () => {
		const data = { other: 1 };
		remember(data, ALL);
		expect(readMemory(data)).toEqual(ALL);
		expect(Object.keys(data)).toHaveLength(8);
		remember(data, { id: '8' });
		expect(data).toEqual({ other: 1, webhookId: '8' });
	});

	test('is only text that says something', () => {
		expect(readMemory({ webhookId: 7, webhookUrl: '', webhookEvent: null })).toEqual({});
	});

	test('without the webhook is its secret, for calls that are under way', () => {
		expect(withoutWebhook(ALL, 9)).toEqual({ formerSecretHash: 'hash', secretsSince: '9' });
		expect(withoutWebhook({ formerSecretHash: 'former' }, 9).formerSecretHash).toBe('former');
	});

	test.each<[Memory, number]>([
		[{}, 9],
		[{ secretsSince: '5' }, 9],
		[{ secretsSince: '9' }, 10],
		[{ secretsSince: '20' }, 21],
	])('with %j, the next secret is made at %i', (memory, moment) => {
		expect(nextMoment(memory, 9)).toBe(moment);
	});
});
