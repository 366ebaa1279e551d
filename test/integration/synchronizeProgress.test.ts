import { startSandbox, type Sandbox } from '../../sandbox';
import { requireCleanRequests } from '../support/cleanRequests';
import { runNode } from '../support/engine';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ quiet: true });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());
requireCleanRequests(() => sandbox);

function people(count: number) {
	return Array.from({ length: count }, (_, index) => ({ email: `person${index}@example.com` }));
}

async function synchronize(batchSize: number, count: number, cancelSignal?: AbortSignal) {
	const contactFields = {
		mappingMode: 'defineBelow',
		value: { email: '={{ $json.email }}' },
		matchingColumns: [],
		schema: [],
	};
	return await runNode({
		node: {
			parameters: {
				resource: 'contact',
				operation: 'synchronize',
				contactFields,
				options: { batchSize },
			},
		},
		items: people(count),
		credentials: { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl },
		...(cancelSignal && { cancelSignal }),
	});
}

test('the log gets a line for each batch, with counts', async () => {
	const { logs } = await synchronize(2, 5);
	const lines = logs.filter(({ level, message }) => level === 'debug' && /batch/.test(message));
	expect(lines.map(({ metadata }) => metadata)).toMatchObject([
		{ batch: 1, sent: 2, sent_so_far: 2, existing: 0, new: 2, invalid: 0, unmatched: 0 },
		{ batch: 2, sent: 2, sent_so_far: 4, new: 2 },
		{ batch: 3, sent: 1, sent_so_far: 5, new: 1 },
	]);
});

test('reports are numbered where there are several', async () => {
	const several = await synchronize(2, 5);
	expect(several.main.map(({ json }) => json.batch)).toEqual([1, 2, 3]);
	const one = await synchronize(5, 5);
	expect(one.main[0]?.json).not.toHaveProperty('batch');
});

test('a cancelled execution stops before the next request and says what was done', async () => {
	const controller = new AbortController();
	const posts = () => sandbox.requests.filter(({ method }) => method === 'POST');
	sandbox.fail({
		method: 'POST',
		respond: (_request, response) => {
			controller.abort();
			response.setHeader('Content-Type', 'application/vnd.maileon.api+xml');
			response.end('<report><success>true</success></report>');
		},
	});
	const { error, logs } = await synchronize(2, 6, controller.signal);
	expect(posts()).toHaveLength(1);
	const told = [error?.message, error?.description, ...logs.map(({ message }) => message)].join(
		' ',
	);
	expect(told).toMatch(/\b(No contact was|\d contacts were) synchronized before/);
});
