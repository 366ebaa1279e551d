import fc from 'fast-check';
import { readAnswer } from '../../../../nodes/Maileon/maileon/answer';
import {
	createdWebhookId,
	isSameUrl,
	readWebhooks,
	webhookJson,
} from '../../../../nodes/Maileon/maileon/webhook/webhook';

describe('webhookJson', () => {
	const order = { url: 'https://n8n.example.com/w', event: 'doi', secret: 'abc' };

	it('holds URL, event, secret and the fields that are asked for', () => {
		const json = webhookJson({ ...order, standardFields: ['email'], eventFields: ['msg_id'] });
		expect(JSON.parse(json)).toEqual({
			url: 'https://n8n.example.com/w',
			event: 'doi',
			urlParams: [{ name: 'n8n_secret', custom_value: 'abc' }],
			standardFields: ['email'],
			eventFields: ['msg_id'],
		});
	});

	it('leaves empty lists out', () => {
		const json = webhookJson({ ...order, standardFields: [], eventFields: [] });
		expect(Object.keys(JSON.parse(json) as object)).toEqual(['url', 'event', 'urlParams']);
	});
});

describe('createdWebhookId', () => {
	it.each<[string, string | undefined]>([
		['<id>501</id>', '501'],
		['<?xml version="1.0" encoding="UTF-8"?>\n<id>501</id>\n', '501'],
		['<webhook><id>501</id><url>x</url></webhook>', '501'],
		['501', '501'],
		['"501"', '501'],
		['{"id":501}', '501'],
		['{"id":"501","url":"x"}', '501'],
		['', undefined],
		['{}', undefined],
		['[]', undefined],
		['null', undefined],
		['true', undefined],
		['-1', undefined],
		['{"id":null}', undefined],
		['{"id":1.5}', undefined],
		['<id/>', undefined],
		['<webhook/>', undefined],
		['{"id":[501]}', undefined],
		['" 501 "', '501'],
		['<id>501', undefined],
		['<html><body><id>501</id></body></html>', undefined],
		['created', undefined],
	])('reads %j as %j', (body, id) => {
		expect(createdWebhookId(readAnswer(body))).toBe(id);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
				expect(createdWebhookId(readAnswer(body)) ?? '0').toMatch(/^\d+$/);
			}),
		);
	});
});

describe('readWebhooks', () => {
	const list = (value: unknown) => readWebhooks(readAnswer(JSON.stringify(value)));

	it.each(['', 'null', '[]'])('takes %j for an account without webhooks', (body) => {
		expect(readWebhooks(readAnswer(body))).toEqual([]);
	});

	it.each(['{}', '7', 'text', '<error><message>no</message></error>', '<html></html>', '[{'])(
		'takes %j for no list at all',
		(body) => {
			expect(readWebhooks(readAnswer(body))).toBeUndefined();
		},
	);

	it('reads what tells whose a webhook is, in either way of writing it', () => {
		const webhook = { id: 7, url: 'https://a.example/', event: 'doi' };
		const parameter = { name: 'n8n_secret' };
		expect(
			list([
				{ ...webhook, urlParams: [null, { name: 'x' }, { ...parameter, custom_value: 's' }] },
				{ ...webhook, urlParams: [{ ...parameter, customValue: 's' }], bodySpec: {} },
				{ ...webhook, urlParams: [{ ...parameter, custom_value: null }] },
				{ ...webhook, urlParams: [] },
				webhook,
				{ ...webhook, id: '8' },
			]),
		).toEqual([
			{ ...webhook, id: '7', secret: 's' },
			{ ...webhook, id: '7', secret: 's' },
			{ ...webhook, id: '7', secret: '' },
			{ ...webhook, id: '7', secret: null },
			{ ...webhook, id: '7', secret: undefined },
			{ ...webhook, id: '8', secret: undefined },
		]);
	});

	it('passes over entries that cannot be addressed', () => {
		expect(list([null, 1, [], {}, { id: 1 }, { url: 'x' }, { id: '../x', url: 'x' }])).toEqual([]);
	});
});

describe('isSameUrl', () => {
	it.each<[string, string, boolean]>([
		['https://n8n.example.com/webhook/a', 'https://n8n.example.com/webhook/a', true],
		['https://N8N.example.com:443/webhook/a', 'https://n8n.example.com/webhook/a', true],
		['https://n8n.example.com/webhook/a', 'https://n8n.example.com/webhook-test/a', false],
		['https://n8n.example.com/webhook/a', 'http://n8n.example.com/webhook/a', false],
		['no address', 'no address', true],
	])('%s and %s: %s', (one, other, same) => {
		expect(isSameUrl(one, other)).toBe(same);
	});
});
