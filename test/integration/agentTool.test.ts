import type { IDataObject, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { callAsTool, loadPackage, runNode, type AgentToolOptions } from '../support/engine';
import { ITEM_KEYS, OPERATIONS, titleOf, type FaultOperation } from '../support/faultOperations';
import {
	choicesOf,
	controllersOf,
	fieldsOfOperation,
	menuOf,
	settingsOf,
	visibleFields,
	withEntries,
	type MenuEntry,
} from '../support/fields';
import {
	authorizationOf,
	automatic,
	column,
	JSON_TYPE,
	mapped,
	sandboxForTests,
	wire,
	writes,
	XML,
} from '../support/maileon';
import { nodeOf } from '../support/operations';

const sandbox = sandboxForTests();

const fromAi = (key: string, description: string, type = 'string') =>
	`={{ $fromAI('${key}', '${description}', '${type}') }}`;

const credentials = () => ({ apiKey: sandbox.current.apiKey, baseUrl: sandbox.current.baseUrl });

async function callTool(
	[resource, operation]: readonly [string, string],
	parameters: IDataObject,
	calls: IDataObject[],
	further: Partial<AgentToolOptions> = {},
) {
	return await callAsTool({
		parameters: { resource, operation, ...parameters },
		credentials: credentials(),
		calls,
		...further,
	});
}

const parsed = ({ answer }: { answer?: string } = {}): unknown => JSON.parse(answer ?? 'null');

const CREATE = {
	externalId: fromAi('external_id', 'Customer number'),
	email: fromAi('email', 'Email address'),
	permission: fromAi('permission', '1 None to 6 Other', 'number'),
	syncMode: fromAi('if_exists', '1 updates, 2 ignores', 'number'),
	doi: fromAi('ask_for_consent', 'Whether to ask by a mail', 'boolean'),
	doiPlus: fromAi('ask_for_tracking', 'Whether to ask for tracking too', 'boolean'),
	contactFields: mapped({
		FIRSTNAME: fromAi('first_name', 'First name'),
		BIRTHDAY: fromAi('birthday', 'Birthday, yyyy-MM-dd'),
		COLOR: fromAi('colour', 'Favourite colour'),
	}),
	options: { source: fromAi('source', 'Where the person comes from') },
};

const ADA = {
	external_id: '00123',
	email: 'ada@example.com',
	permission: 1,
	if_exists: 1,
	ask_for_consent: true,
	ask_for_tracking: true,
	first_name: 'Ada "Lü" O\'Neil',
	birthday: '1815-12-10',
	colour: 'blue',
	source: 'chat',
};

const create = async (calls: IDataObject[], further: Partial<AgentToolOptions> = {}) =>
	await callTool(['contact', 'createByExternalId'], CREATE, calls, further);

describe('an agent that creates a contact', () => {
	test('is told what the tool does and which arguments it takes', async () => {
		const { name, description, arguments: taken } = await create([]);
		expect({ name, description }).toEqual({
			name: 'Maileon',
			description: 'Create or update a contact by external ID in Maileon',
		});
		expect(Object.keys(taken).sort()).toEqual(Object.keys(ADA).sort());
		expect(taken.external_id).toEqual({ type: 'ZodString', description: 'Customer number' });
		expect(taken.permission?.type).toBe('ZodNumber');
		expect(taken.ask_for_consent?.type).toBe('ZodBoolean');
	});

	test('sends the documented request and gets a compact answer', async () => {
		const { answers, runs } = await create([ADA]);
		expect(sandbox.current.requests.map(wire)).toEqual([
			{
				method: 'POST',
				url: '/1.0/contacts/externalid/00123?permission=1&sync_mode=1&doi=true&doiplus=true&src=chat',
				accept: XML,
				type: JSON_TYPE,
				authorization: authorizationOf(sandbox.current.apiKey),
				body: JSON.stringify({
					custom_fields: { COLOR: 'blue' },
					email: 'ada@example.com',
					standard_fields: { FIRSTNAME: 'Ada "Lü" O\'Neil', BIRTHDAY: '1815-12-10' },
				}),
			},
		]);
		const [contact] = sandbox.current.contacts();
		expect(answers.map(parsed)).toEqual([
			[
				{
					success: true,
					email: 'ada@example.com',
					external_id: '00123',
					id: contact?.id,
					doi_requested: true,
				},
			],
		]);
		expect(runs).toMatchObject([{ executionStatus: 'success' }]);
		expect(sandbox.current.mails).toMatchObject([{ kind: 'doi+' }]);
	});

	test('calls the tool several times, each with its own values', async () => {
		const bob = { ...ADA, external_id: 'B/2', email: 'bob@example.com', ask_for_consent: false };
		const { answers } = await create([ADA, bob]);
		expect(answers.map(parsed)).toMatchObject([
			[{ external_id: '00123' }],
			[{ external_id: 'B/2', email: 'bob@example.com' }],
		]);
		expect(sandbox.current.requests.map(({ rawUrl }) => rawUrl)).toEqual([
			expect.stringContaining('/externalid/00123?'),
			'/1.0/contacts/externalid/B%2F2?permission=1&sync_mode=1&src=chat',
		]);
	});

	test('is told in words what it has to give instead', async () => {
		const { answers, runs } = await create([
			{ ...ADA, external_id: '' },
			{ ...ADA, permission: 9 },
			{ ...ADA, birthday: '05/06/1990' },
		]);
		expect(answers.map(({ refusal }) => refusal)).toEqual([
			'External ID is empty.\n\nDetails: Fill in "External ID" for this item.',
			'Permission must be one of 1, 2, 3, 4, 5, 6, but is "9".\n\nDetails: 1 is None, 2 is Single Opt-In, 3 is Confirmed Opt-In, 4 is Double Opt-In, 5 is Double Opt-In Plus, 6 is Other.',
			expect.stringMatching(/Birthday.*"05\/06\/1990".*two different days/),
		]);
		expect(runs.map(({ executionStatus }) => executionStatus)).toEqual(['error', 'error', 'error']);
		expect(sandbox.current.requests).toEqual([]);
	});

	test('is told what Maileon refuses, without the key', async () => {
		const apiKey = 'a-wrong-key';
		const { answers } = await create([ADA], { credentials: { ...credentials(), apiKey } });
		expect(answers).toEqual([
			{
				refusal: expect.stringMatching(/^Maileon refused the API key\.\n\nDetails: Check the key/),
			},
		]);
		expect(JSON.stringify(answers)).not.toContain(apiKey);
		expect(JSON.stringify(answers)).not.toContain(authorizationOf(apiKey));
	});

	test('gets the refusal as an answer where the node goes on', async () => {
		const { answers } = await create([{ ...ADA, external_id: '' }], {
			onError: 'continueRegularOutput',
		});
		expect(answers.map(parsed)).toEqual([
			[
				{
					error: {
						message: 'External ID is empty.',
						description: 'Fill in "External ID" for this item.',
						field: 'externalId',
					},
				},
			],
		]);
	});
});

describe('an agent that works with more than single fields', () => {
	test('gives topics, and an object of custom fields', async () => {
		const { answers } = await callTool(
			['contact', 'createByEmail'],
			{
				email: fromAi('email', 'Email address'),
				preferences: {
					preference: [
						{
							category: 'Development',
							name: fromAi('topic', 'Name of the topic'),
							value: fromAi('wanted', 'Whether it is wanted', 'boolean'),
						},
					],
				},
				options: { customFieldsJson: fromAi('fields', 'Names and values', 'json') },
			},
			[{ email: 'ada@example.com', topic: 'Shopware', wanted: false, fields: { COLOR: 'blue' } }],
		);
		expect(answers.map(parsed)).toMatchObject([[{ success: true }]]);
		const [request] = writes(sandbox.current);
		expect(request?.body).toContain('<name>COLOR</name><value>blue</value>');
		expect(request?.body).toMatch(/<name>Shopware<\/name>.*<value>false<\/value>/s);
	});

	test('fills fields by the names of its arguments; what other parameters read is not called ignored', async () => {
		const { answers } = await callTool(
			['contact', 'createByEmail'],
			{
				email: fromAi('email', 'Email address'),
				permission: fromAi('permission', '1 None to 6 Other', 'number'),
				contactFields: automatic(column('FIRSTNAME')),
				options: { subscriptionPage: '={{ $fromAI("page") + $fromAI("first_name") }}' },
			},
			[{ email: 'ada@example.com', permission: 1, page: 'chat ', first_name: 'Ada' }],
		);
		const [contact] = sandbox.current.contacts();
		expect(answers.map(parsed)).toEqual([
			[{ success: true, email: 'ada@example.com', id: contact?.id }],
		]);
		expect(writes(sandbox.current).map(({ body }) => body)).toEqual([
			'{"standard_fields":{"FIRSTNAME":"Ada"}}',
		]);
	});

	test('synchronizes a list and gets one report', async () => {
		const { answers } = await callTool(
			['contact', 'synchronize'],
			{ contactsSource: 'json', contactsJson: fromAi('contacts', 'List of contacts', 'json') },
			[{ contacts: [{ email: 'a@example.com' }, { email: 'b@example.com' }] }],
		);
		expect(answers.map(parsed)).toMatchObject([
			[{ success: true, count_contacts: 2, count_new_contacts: 2, invalid_contacts: [] }],
		]);
		expect(writes(sandbox.current)).toHaveLength(1);
	});

	test('sends a transaction with its attributes', async () => {
		const { answers } = await callTool(
			['transaction', 'send'],
			{
				transactionType: { __rl: true, mode: 'name', value: fromAi('kind', 'Transaction type') },
				email: fromAi('email', 'Email address'),
				import: true,
				contentSource: 'json',
				contentJson: fromAi('content', 'Attributes of the transaction', 'json'),
			},
			[
				{
					kind: 'shop_order',
					email: 'ada@example.com',
					content: { 'order.id': 'A-1', 'order.total': 9.5 },
				},
			],
		);
		expect(answers.map(parsed)).toMatchObject([[{ queued: true }]]);
		expect(sandbox.current.account.transactions).toMatchObject([
			{ typeId: 42, content: { 'order.id': 'A-1', 'order.total': 9.5 } },
		]);
	});
});

const FORBIDDEN = [
	'contact.deleteAll',
	'customField.clearValues',
	'customField.delete',
	'mailing.activate',
	'mailing.deactivate',
	'mailing.delete',
	'mailing.requestApproval',
	'mailing.resetContent',
	'mailing.schedule',
	'mailing.sendNow',
	'mailing.unschedule',
	'mailingAttachment.add',
	'mailingAttachment.delete',
	'mailingAttachment.deleteAll',
	'preference.delete',
	'preferenceCategory.delete',
	'standardField.clearValues',
	'transaction.deleteMany',
	'transactionType.delete',
];

const isForbidden = ({ resource, operation }: Pick<FaultOperation, 'resource' | 'operation'>) =>
	FORBIDDEN.includes(`${resource}.${operation}`);

let maileon: INodeTypeDescription;
let described: (type: string) => INodeTypeDescription;
beforeAll(async () => {
	const { nodeTypes } = await loadPackage();
	described = (type) => {
		const found = nodeTypes[type];
		if (!found) throw new Error(`The package lacks the node ${type}`);
		return found.description;
	};
	maileon = described('maileon');
});

/** A value of a parameter as one of the matrix's items sees it. */
const plain = (value: string) =>
	value.replace(/^=/, '').replaceAll('{{ $json.key }}', ITEM_KEYS[0]);

const STRUCTURE = new Set(['__rl', 'mode', 'mappingMode', 'matchingColumns', 'schema']);

/** The same parameters with every value from the model, and the arguments that it gives. */
function givenByModel(
	parameters: IDataObject,
	fixed: ReadonlySet<string>,
): { parameters: IDataObject; given: IDataObject } {
	const given: IDataObject = {};
	const convert = (value: unknown, path: string[]): unknown => {
		if (Array.isArray(value))
			return value.map((entry: unknown, index) => convert(entry, [...path, `${index}`]));
		if (typeof value === 'object' && value !== null)
			return Object.fromEntries(
				Object.entries(value).map(([key, entry]) => [
					key,
					STRUCTURE.has(key) ? entry : convert(entry, [...path, key]),
				]),
			);
		const key = path.join('_');
		given[key] = typeof value === 'string' ? plain(value) : (value as number | boolean);
		return fromAi(key, `Value of ${key}`, typeof value);
	};
	const converted = Object.entries(parameters).map(([name, value]) => [
		name,
		fixed.has(name) ? value : convert(value, [name]),
	]);
	return { parameters: Object.fromEntries(converted) as IDataObject, given };
}

/** The defaults of all visible parameters that hold a single value. */
function defaultsOf(fields: INodeProperties[]): IDataObject {
	const single = fields.filter(({ type, default: value }) => {
		return type !== 'notice' && ['string', 'number', 'boolean'].includes(typeof value);
	});
	return Object.fromEntries(single.map(({ name, default: value }) => [name, value])) as IDataObject;
}

describe('every parameter can be filled by the model', () => {
	test.each(OPERATIONS.filter((operation) => !isForbidden(operation)).map((o) => [titleOf(o), o]))(
		'%s',
		async (_title, { resource, operation, parameters }) => {
			const choice = { resource, operation };
			const type = nodeOf(resource);
			const node = described(type);
			const run = await runNode({
				node: { type, parameters: { ...choice, ...parameters }, onError: 'continueRegularOutput' },
				items: [{ key: ITEM_KEYS[0] }],
				credentials: credentials(),
			});
			expect(run.error).toBeUndefined();
			const expected = sandbox.current.requests.map(wire);
			expect(expected).not.toEqual([]);
			sandbox.current.reset();

			const ofOperation = fieldsOfOperation(node, choice);
			const locators = ofOperation.filter(({ type }) => type === 'resourceLocator');
			const chosen = new Set(ofOperation.flatMap(controllersOf));
			for (const { name } of locators) chosen.delete(name);
			const settings = Object.fromEntries(
				Object.entries(parameters).filter(([name]) => chosen.has(name)),
			) as Record<string, string>;
			const fields = visibleFields(node, {
				...choice,
				...defaultsOf(ofOperation),
				...settings,
			});
			const all = { ...defaultsOf(fields), ...parameters };
			const { parameters: asked, given } = givenByModel(all, chosen);
			const { answers } = await callTool([resource, operation], asked, [given], {
				type,
				onError: 'continueRegularOutput',
			});
			expect(answers).toEqual([{ answer: expect.any(String) }]);
			expect(sandbox.current.requests.map(wire)).toEqual(expected);
		},
	);
});

describe('what agents are offered', () => {
	const offered = (): MenuEntry[] => menuOf(maileon).filter((entry) => !isForbidden(entry));

	const resourceChoices = () =>
		maileon.properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);

	test('is no resource without an operation for them, and no menu that is empty', () => {
		const hide = { '@tool': [true] };
		const hidden = resourceChoices().filter(({ displayOptions }) => displayOptions?.hide);
		expect(hidden).toEqual([
			{ name: 'Standard Field', value: 'standardField', displayOptions: { hide } },
		]);
		const hiddenMenus = maileon.properties.filter(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.hide,
		);
		expect(hiddenMenus.map(({ displayOptions }) => displayOptions)).toEqual([
			{ show: { resource: ['standardField'] }, hide },
		]);
	});

	test('begins with an operation that they have, for each resource', () => {
		const lacking = resourceChoices().filter(({ value, displayOptions }) => {
			const menu = maileon.properties.find(
				({ name, displayOptions: { show } = {} }) =>
					name === 'operation' && show?.resource?.includes(String(value)),
			);
			const isOffered = offered().some(
				({ resource, operation }) => resource === value && operation === menu?.default,
			);
			return !isOffered && !displayOptions?.hide;
		});
		expect(lacking).toEqual([]);
	});

	test('is nothing that destroys, reaches many people or needs a file', () => {
		const nodes = ['maileon', 'maileonMailing', 'maileonReport'].map(described);
		const hidden = nodes
			.flatMap(menuOf)
			.filter(({ entry }) => entry.displayOptions?.hide?.['@tool']?.includes(true));
		expect(hidden.map(({ resource, operation }) => `${resource}.${operation}`).sort()).toEqual(
			FORBIDDEN,
		);
	});

	test.each(OPERATIONS.filter(isForbidden).map((o) => [titleOf(o), o]))(
		'%s is refused when a workflow calls it all the same',
		async (_title, { resource, operation, parameters }) => {
			const { answers } = await callTool([resource, operation], parameters, [{}], {
				type: nodeOf(resource),
			});
			expect(answers).toEqual([{ refusal: 'This operation is not available to AI agents.' }]);
			expect(sandbox.current.requests).toEqual([]);
		},
	);

	test('has descriptions that tell when to use which operation', () => {
		const all = offered().map(({ entry }) => entry.description ?? '');
		expect(new Set(all).size).toBe(all.length);
		for (const { entry } of offered()) {
			expect(entry.description).not.toBe(entry.action);
			expect(entry.description?.split(' ').length).toBeGreaterThan(7);
		}
	});

	test('takes expressions in all parameters, and describes them', () => {
		const lacking = offered().flatMap((entry) =>
			fieldsOfOperation(maileon, entry)
				.flatMap((field) => withEntries(field))
				.filter(({ field: { type, description = '', noDataExpression } }) => {
					if (type === 'notice') return false;
					const isDescribed = description.split(' ').length > 2 || type === 'collection';
					return !isDescribed || (noDataExpression === true && type !== 'resourceMapper');
				})
				.map(({ path }) => `${entry.resource}.${entry.operation}: ${path}`),
		);
		expect(lacking).toEqual([]);
	});

	test('names the numbers of menus, which a model does not see', () => {
		const numbered = offered().flatMap((entry) =>
			fieldsOfOperation(maileon, entry).filter(
				({ type, options = [] }) =>
					type === 'options' &&
					options.some((option) => 'value' in option && typeof option.value === 'number'),
			),
		);
		expect(numbered.length).toBeGreaterThan(0);
		for (const { description, options = [] } of numbered)
			for (const option of options)
				if ('value' in option && typeof option.value === 'number')
					expect(description).toContain(`${option.value} ${option.name}`);
	});

	test('has labels that make different arguments: n8n names arguments after them', () => {
		for (const entry of offered())
			for (const settings of settingsOf(maileon, entry)) {
				const names = visibleFields(maileon, settings)
					.filter(({ type }) => type !== 'notice')
					.map(({ displayName }) => displayName.replace(/[^a-zA-Z0-9-]+/g, '_'));
				expect(names).toEqual([...new Set(names)]);
			}
	});
});

describe('an agent that is asked how the last mailing did', () => {
	test('gets the figures of a mailing in a few short lines', async () => {
		const { recipients } = sandbox.current;
		recipients.seedContacts(8);
		recipients.send(21);
		recipients.act('opens', { email: 'seed-1@example.com' }, {});
		const { description, answers, runs } = await callTool(
			['report', 'getMailingSummaries'],
			{
				mailing: { __rl: true, mode: 'id', value: fromAi('mailing_id', 'ID of the mailing') },
				addRates: true,
			},
			[{ mailing_id: '21' }, { mailing_id: 'the last one' }],
			{ type: 'maileonReport' },
		);
		expect(description).toBe('Get mailing summaries in Maileon Report');
		expect(parsed(answers[0])).toMatchObject([
			{ mailing_id: 21, recipients: 8, opens_unique: 1, open_rate: 0.125, click_rate: 0 },
		]);
		expect(answers[0]?.answer?.length).toBeLessThan(400);
		expect(answers[1]?.refusal ?? answers[1]?.answer).toContain('Mailing must be a number');
		expect(runs).toHaveLength(2);
	});
});
