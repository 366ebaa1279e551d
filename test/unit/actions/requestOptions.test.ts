import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { MaileonRequest } from '../../../nodes/Maileon/maileon/request';
import { createClient, type MaileonClient } from '../../../nodes/Maileon/transport/client';
import type { ClientContext } from '../../../nodes/Maileon/transport/context';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { fakeNode, runOnce } from '../../support/fakeRun';
import { operationNamed } from '../../support/operationNamed';
import { ADA, prepareAccount, TRANSACTION_ID } from '../../support/preparedAccount';
import { basic } from '../../support/sandboxClient';
import { WORKING_CALLS, type WorkingCall } from '../../support/workingCalls';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ quiet: true });
});
afterAll(async () => await sandbox.close());

/** What the client of a node does, by the fetch of this process. */
function contextOf({ apiKey, baseUrl }: Sandbox): ClientContext {
	return {
		getCredentials: async () => ({ apiKey, baseUrl }),
		getInputData: () => [],
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				const { method, url, body } = options;
				const headers = {
					...(options.headers as Record<string, string>),
					authorization: basic(apiKey),
				};
				const response = await fetch(url, {
					method,
					headers,
					body: body as Uint8Array<ArrayBuffer> | string | undefined,
				});
				return {
					statusCode: response.status,
					headers: Object.fromEntries(response.headers),
					body: await response.text(),
				};
			},
		},
	} as unknown as ClientContext;
}

/** What n8n does with files. */
const FILES = {
	getBinaryDataBuffer: async () => Buffer.from('A'),
	prepareBinaryData: async () => ({ data: 'QQ==', mimeType: 'text/plain' }),
};

/** Whether a request asks for the names of the fields to return, which is done once for all items. */
const isOfAllItems = (operation: string, { path }: MaileonRequest) =>
	operation.startsWith('contact.get') && path.join('/') === 'contacts/fields/custom';

/** How a run has the requests of its items sent. */
async function sendingOf({ operation, parameters, items }: WorkingCall, options: IDataObject) {
	await prepareAccount(sandbox);
	const sent: Array<{ timeout?: number; retries?: number }> = [];
	const real = await createClient(contextOf(sandbox));
	const client: MaileonClient = {
		send: async (request, how) => {
			if (!isOfAllItems(operation, request))
				sent.push({ timeout: request.timeout, retries: how?.retries });
			return await real.send(request, how);
		},
	};
	const given = { ...parameters, options: { ...(parameters.options as object), ...options } };
	const node = fakeNode({ items, parameters: given, continues: true });
	await runOnce(operationNamed(operation), Object.assign(node, { helpers: FILES }), client);
	return sent;
}

const byName = (operation: string, further: IDataObject): WorkingCall => ({
	operation,
	variant: 'by the name of the type',
	parameters: { transactionType: { __rl: true, mode: 'name', value: 'shop_order' }, ...further },
	items: [{ json: {} }],
});

const CALLS: readonly WorkingCall[] = [
	...WORKING_CALLS.filter(({ operation }) => operation !== 'contact.deleteAll'),
	byName('transaction.getMany', {}),
	byName('transaction.get', { transactionId: TRANSACTION_ID }),
	byName('transaction.delete', { transactionId: TRANSACTION_ID }),
	byName('transaction.deleteMany', { before: '2026-03-05', confirmation: 'shop_order' }),
	byName('transaction.send', {
		email: ADA.email,
		content: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
	}),
];

it.each(
	CALLS.map((call) => [[call.operation, call.variant].filter(Boolean).join(', '), call] as const),
)('%s: every request has the retries and the time-out of the options', async (_name, call) => {
	const sent = await sendingOf(call, { retries: 4, timeout: 7 });
	expect(sent.length).toBeGreaterThan(0);
	expect(sent).toEqual(sent.map(() => ({ timeout: 7_000, retries: 4 })));
});
