import type { IDataObject } from 'n8n-workflow';

import { deleteWebhook } from '../../../../nodes/Maileon/trigger/webhook/registration';
import { fakeHook, URL_OF_NODE, type HookAnswering } from '../../../support/fakeHook';

const REMEMBERED = { webhookId: '7', webhookUrl: URL_OF_NODE, webhookEvent: 'doi' };
const XML_404 = '<?xml version="1.0"?><error><message>Not found</message></error>';

/** A trigger that remembers its webhook, which Maileon lists; deleting it is answered with 404. */
function triggerWhoseDeletionIsAnswered(body: string) {
	const staticData: IDataObject = { ...REMEMBERED };
	const answerTo: HookAnswering = ({ method }) =>
		method === 'DELETE'
			? { statusCode: 404, headers: {}, body }
			: {
					statusCode: 200,
					headers: {},
					body: JSON.stringify([{ id: 7, url: URL_OF_NODE, event: 'doi' }]),
				};
	return { context: fakeHook(answerTo, staticData), staticData };
}

it.each([
	['without a body', ''],
	['in XML', XML_404],
	['in JSON', '{"message":"Not found"}'],
])('takes a webhook for gone when Maileon answers 404 %s', async (_how, body) => {
	const { context, staticData } = triggerWhoseDeletionIsAnswered(body);
	await expect(deleteWebhook(context)).resolves.toBe(true);
	expect(staticData).not.toHaveProperty('webhookId');
});

it.each([
	['a web page', '<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>'],
	['a text', 'no available server'],
])('does not take %s with 404, which is not from Maileon, for it', async (_what, body) => {
	const { context, staticData } = triggerWhoseDeletionIsAnswered(body);
	await expect(deleteWebhook(context)).rejects.toThrow('may stay registered in Maileon');
	expect(staticData).toEqual(REMEMBERED);
});
