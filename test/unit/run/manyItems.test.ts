import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { createByExternalId } from '../../../nodes/Maileon/actions/contact/createByExternalId';
import { getManyContacts } from '../../../nodes/Maileon/actions/contact/getMany';
import { answerOf, fakeClient, fakeNode, runOnce } from '../../support/fakeRun';

/** More than V8 takes as arguments of one call. */
const MANY = 130_000;
const FIELDS = ['FIRSTNAME', 'LASTNAME', 'CITY', 'ZIP', 'ORGANIZATION', 'COUNTRY'];

const column = (id: string) => ({
	id,
	displayName: id,
	required: false,
	defaultMatch: false,
	display: true,
	type: 'string',
});

const CREATE = {
	externalId: (json: IDataObject) => json.external_id,
	email: (json: IDataObject) => json.email,
	contactFields: {
		mappingMode: 'autoMapInputData',
		value: null,
		matchingColumns: [],
		schema: FIELDS.map(column),
	},
};

function contacts(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({
		json: {
			external_id: `crm-${index}`,
			email: `contact.${index}@example.com`,
			'First Name': 'Ada',
			'Last Name': `Lovelace ${index}`,
			City: 'London',
			ZIP: String(10_000 + (index % 89_999)),
			Organization: `Example Company ${index % 977}`,
			Country: 'Great Britain',
		},
		pairedItem: { item: index },
	}));
}

describe('130,000 items', () => {
	test('pass through Create by External ID', async () => {
		const node = fakeNode({ items: contacts(MANY), parameters: CREATE });
		const answer = answerOf('<id>7</id>');
		const client = fakeClient(() => answer);
		const rows = await runOnce(createByExternalId, node, client);
		expect(client.requests).toHaveLength(MANY);
		expect(rows).toHaveLength(MANY);
		expect(rows.at(-1)).toEqual({
			json: {
				success: true,
				id: 7,
				email: `contact.${MANY - 1}@example.com`,
				external_id: `crm-${MANY - 1}`,
			},
			pairedItem: { item: MANY - 1 },
		});
	});

	test('come out of Get Many', async () => {
		const pageOf = (page: number) =>
			Array.from(
				{ length: 1_000 },
				(_, index) => `<contact><id>${(page - 1) * 1_000 + index + 1}</id></contact>`,
			).join('');
		const client = fakeClient(({ query }) => {
			const page = Number(query?.find(([name]) => name === 'page_index')?.[1]);
			const answer = answerOf(`<contacts>${pageOf(page)}</contacts>`);
			return { ...answer, headers: { 'x-pages': String(MANY / 1_000) } };
		});
		const parameters = { returnAll: true, customFields: [] };
		const rows = await runOnce(
			getManyContacts,
			fakeNode({ items: [{ json: {} }], parameters }),
			client,
		);
		expect(client.requests).toHaveLength(MANY / 1_000);
		expect(rows).toHaveLength(MANY);
		expect(rows.at(-1)).toMatchObject({ json: { id: MANY }, pairedItem: { item: 0 } });
	});
});

describe('before the first request', () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const held = () => {
		collectGarbage();
		return process.memoryUsage().heapUsed;
	};

	test.each([
		['Stop Workflow', false],
		['Continue', true],
	])('less than 1 kB is held for each item with %s', async (_, continues) => {
		const count = 20_000;
		const node = fakeNode({ items: contacts(count), parameters: CREATE, continues });
		const before = held();
		let perItem: number | undefined;
		const client = fakeClient(() => {
			perItem ??= (held() - before) / count;
			return answerOf('');
		});
		await runOnce(createByExternalId, node, client);
		expect(client.requests).toHaveLength(count);
		expect(perItem).toBeLessThan(1_000);
	});
});
