import type { IDataObject } from 'n8n-workflow';

import { createWebhook } from '../../../../nodes/Maileon/trigger/webhook/registration';
import { fakeHook, URL_OF_NODE, type HookAnswering } from '../../../support/fakeHook';

type Listed = Record<string, unknown>;

/**
 * A trigger whose registration Maileon answers with this status, after which it lists what `listed` makes of what was
 * ordered.
 */
function register(listed: (ordered: Listed) => Listed[], status = 500) {
	const staticData: IDataObject = {};
	const asked: string[] = [];
	let ordered: Listed | undefined;
	const answerTo: HookAnswering = ({ method = 'GET', body }) => {
		asked.push(method);
		if (method === 'POST') {
			ordered = (typeof body === 'string' ? JSON.parse(body) : body) as Listed;
			return { statusCode: status, headers: {}, body: '' };
		}
		return {
			statusCode: 200,
			headers: {},
			body: JSON.stringify(ordered ? listed(ordered) : []),
		};
	};
	return { done: createWebhook(fakeHook(answerTo, staticData)), staticData, asked };
}

describe('where it is unclear whether Maileon registered the webhook', () => {
	it('is the last one in the list that is as it was ordered', async () => {
		const { done, staticData, asked } = register((ordered) => [
			{ ...ordered, id: 7 },
			{ ...ordered, id: 8 },
			{ ...ordered, id: 9, url: 'https://n8n.example.com/webhook/b' },
			{ ...ordered, id: 10, event: 'unsubscription' },
		]);
		await expect(done).resolves.toBe(true);
		expect(staticData).toMatchObject({ webhookId: '8', webhookUrl: URL_OF_NODE });
		expect(asked).toEqual(['GET', 'POST', 'GET']);
	});

	it('is one whose secret the list does not show', async () => {
		const { done, staticData } = register(({ event, url }) => [{ id: 8, event, url }]);
		await expect(done).resolves.toBe(true);
		expect(staticData.webhookId).toBe('8');
	});

	it.each<[string, (ordered: Listed) => Listed]>([
		['another address', (ordered) => ({ ...ordered, id: 7, url: `${URL_OF_NODE}b` })],
		['another event', (ordered) => ({ ...ordered, id: 7, event: 'unsubscription' })],
		[
			'another secret',
			(ordered) => ({
				...ordered,
				id: 7,
				urlParams: [{ name: 'n8n_secret', custom_value: 'of somebody else' }],
			}),
		],
	])('is none with %s', async (_, other) => {
		const { done, staticData } = register((ordered) => [other(ordered)]);
		await expect(done).rejects.toThrow();
		expect(staticData).not.toHaveProperty('webhookId');
	});
});

it('a webhook that Maileon refused is not looked for', async () => {
	const { done, asked } = register((ordered) => [{ ...ordered, id: 8 }], 400);
	await expect(done).rejects.toThrow();
	expect(asked).toEqual(['GET', 'POST']);
});
