import { endpoint } from './endpoint';

/** Webhooks, which speak plain JSON. */
export const webhooks = {
	getMany: endpoint('GET /webhooks', {
		articles: 'Get Webhooks',
		answer: 'jsonList',
		accept: 'plainJson',
	}),
	create: endpoint('POST /webhooks', {
		articles: 'Create Webhook',
		answer: 'json',
		body: 'plainJson',
		accept: 'plainJson',
		neverRepeated: true,
	}),
	delete: endpoint('DELETE /webhooks/:id', {
		articles: 'Delete Webhook',
		answer: 'confirmation',
		accept: 'plainJson',
		removes: true,
	}),
};
