import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyCollection,
} from 'n8n-workflow';

import { readAnswer } from '../../nodes/Maileon/maileon/answer';
import type { Operation } from '../../nodes/Maileon/run/operation';
import { NO_TRIES } from '../../nodes/Maileon/run/tries';
import type { MaileonClient } from '../../nodes/Maileon/transport/client';
import type { MaileonRequest } from '../../nodes/Maileon/maileon/request';
import { failureOf } from './fakeRun';
import { choicesOf, entriesOf } from './fields';

/** What an operation read of its parameters, by name, in one run. */
export interface ReadParameters {
	/** Top-level names that are declared. */
	declared: Set<string>;
	/** Paths that no parameter has. */
	undeclared: Set<string>;
	/** What it asked Maileon for. */
	requests: MaileonRequest[];
}

type Values = Record<string, unknown>;

/** An example of what a person could fill in. */
function filled(field: INodeProperties): unknown {
	const example = (placeholder = '') => placeholder.replace(/^e\.g\. /, '');
	switch (field.type) {
		case 'string':
		case 'json':
			return field.default || example(field.placeholder) || 'text';
		case 'dateTime':
			return '2126-01-02T03:04:05';
		case 'options':
			return field.default !== '' ? field.default : (choicesOf(field)[0]?.value ?? 'choice');
		case 'multiOptions':
			return choicesOf(field).length > 0 ? [choicesOf(field)[0]?.value] : ['FIRSTNAME'];
		case 'resourceLocator':
			return locatorIn(field, field.modes?.find(({ type }) => type === 'string')?.name ?? '');
		case 'resourceMapper':
			return {
				mappingMode: 'defineBelow',
				value: { FIRSTNAME: 'Ada', email: 'ada@example.com' },
				schema: [],
			};
		case 'collection':
			return Object.fromEntries(entriesOf(field).map((entry) => [entry.name, filled(entry)]));
		case 'fixedCollection':
			return Object.fromEntries(
				groupsOf(field).map((group) => [group.name, groupValue(field, group)]),
			);
		default:
			return field.default;
	}
}

function groupsOf({ options = [] }: INodeProperties): INodePropertyCollection[] {
	return options.filter((option): option is INodePropertyCollection => 'values' in option);
}

function groupValue(
	field: INodeProperties,
	{ values }: INodePropertyCollection,
	change: Values = {},
): unknown {
	const entry = { ...Object.fromEntries(values.map((one) => [one.name, filled(one)])), ...change };
	return field.typeOptions?.multipleValues ? [entry] : entry;
}

function locatorIn({ modes = [] }: INodeProperties, name: string): unknown {
	const mode = modes.find((one) => one.name === name);
	const value = mode?.placeholder?.replace(/^e\.g\. /, '') ?? '1';
	return { __rl: true, mode: name, value };
}

/** The values worth trying for a field, beside the one that stands for it in all other runs. */
function variationsOf(field: INodeProperties): unknown[] {
	switch (field.type) {
		case 'boolean':
			return [true, false];
		case 'options':
			return choicesOf(field).map(({ value }) => value);
		case 'multiOptions':
			return choicesOf(field).length > 1 ? [choicesOf(field).map(({ value }) => value)] : [];
		case 'resourceLocator':
			return (field.modes ?? []).map(({ name }) => locatorIn(field, name));
		case 'collection':
			return [{}];
		case 'fixedCollection':
			return [{}, ...groupsOf(field).flatMap((group) => groupVariations(field, group))];
		case 'string':
			return field.required ? [] : [''];
		case 'resourceMapper':
			return [{ mappingMode: 'autoMapInputData', value: null, schema: [] }];
		default:
			return [];
	}
}

/** One entry of a collection, without the others, by each value that is worth trying. */
function entryAlone(entry: INodeProperties): Values[] {
	return [filled(entry), ...variationsOf(entry)].map((value) => ({ [entry.name]: value }));
}

/** An entry of a fixed collection by each of its choices, and with its switches on and one other value empty. */
function groupVariations(field: INodeProperties, group: INodePropertyCollection): Values[] {
	const chosen = group.values.flatMap((one) =>
		choicesOf(one).map(({ value }) => ({ [one.name]: value })),
	);
	const on = group.values.filter(({ type }) => type === 'boolean').map(({ name }) => [name, true]);
	const emptied = on.length === 0 ? [] : group.values.filter(({ type }) => type === 'string');
	const switched = emptied.map(({ name }) => ({ ...Object.fromEntries(on), [name]: '' }) as Values);
	return [...chosen, ...switched].map((change) => ({
		[group.name]: groupValue(field, group, change),
	}));
}

/** The choices by which a field is shown, where it depends on others. */
function choicesThatShow({ displayOptions: { show = {} } = {} }: INodeProperties): Values {
	const conditions = Object.entries(show).filter(([name]) => !name.startsWith('@'));
	return Object.fromEntries(conditions.map(([name, values]) => [name, values?.[0]]));
}

/**
 * Filled-in parameters: all at their examples, each choice once, and each field where it is shown: alone, with
 * all switches on, and without options; and each entry of a collection without the others.
 */
export function parameterSets({ properties }: Operation): Values[] {
	const base: Values = Object.fromEntries(properties.map((field) => [field.name, filled(field)]));
	const switchedOn: Values = Object.fromEntries(
		properties.filter(({ type }) => type === 'boolean').map(({ name }) => [name, true]),
	);
	const emptied: Values = Object.fromEntries(
		properties.filter(({ type }) => type === 'collection').map(({ name }) => [name, {}]),
	);
	const single = properties.flatMap((field) =>
		variationsOf(field).map(
			(value): Values => ({ ...choicesThatShow(field), [field.name]: value }),
		),
	);
	const alone = properties
		.filter(({ type }) => type === 'collection')
		.flatMap((field) =>
			entriesOf(field)
				.flatMap(entryAlone)
				.map((entry): Values => ({ ...base, ...emptied, [field.name]: entry })),
		);
	const combined = [{}, ...single, ...properties.map(choicesThatShow)].flatMap((change) => [
		{ ...base, ...change },
		{ ...base, ...switchedOn, ...change },
		{ ...base, ...emptied, ...change },
		{ ...base, ...switchedOn, ...emptied, ...change },
	]);
	const different = new Map([...combined, ...alone].map((set) => [JSON.stringify(set), set]));
	return [...different.values()];
}

/** An object that tells when a name is looked up that its field does not declare. */
function guarded(
	value: unknown,
	field: INodeProperties,
	path: string,
	undeclared: Set<string>,
): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (field.type === 'collection') {
		const names = new Set(entriesOf(field).map(({ name }) => name));
		return watched(value, names, path, undeclared);
	}
	if (field.type !== 'fixedCollection') return value;
	const groups = groupsOf(field).map((group): [string, unknown] => {
		const names = new Set(group.values.map(({ name }) => name));
		const content = (value as Values)[group.name];
		const watch = (entry: unknown) =>
			watched((entry ?? {}) as object, names, `${path}.${group.name}`, undeclared);
		return [group.name, Array.isArray(content) ? content.map(watch) : content && watch(content)];
	});
	const names = new Set(groups.map(([name]) => name));
	return watched(Object.fromEntries(groups), names, path, undeclared);
}

function watched(
	value: object,
	names: ReadonlySet<string>,
	path: string,
	undeclared: Set<string>,
): object {
	const note = (key: string | symbol) => {
		if (
			typeof key === 'string' &&
			!names.has(key) &&
			!(key in Object.prototype) &&
			key !== 'toJSON'
		)
			undeclared.add(`${path}.${key}`);
	};
	return new Proxy(value, {
		get: (target, key) => (note(key), Reflect.get(target, key) as unknown),
		has: (target, key) => (note(key), Reflect.has(target, key)),
		getOwnPropertyDescriptor: (target, key) => (
			note(key),
			Reflect.getOwnPropertyDescriptor(target, key)
		),
	});
}

const FILE = { data: 'QQ==', mimeType: 'text/plain', fileName: 'a.txt', fileSize: '1 B' };

const ITEM: INodeExecutionData = {
	json: { FIRSTNAME: 'Ada', email: 'ada@example.com' },
	binary: { data: FILE, invoice: FILE },
};

/** What Maileon tells of a mailing, and whether it takes changes of one. */
export interface World {
	state: string;
	type: string;
	hasSchedule: boolean;
	hasProperty: boolean;
	refusesChanges: boolean;
}

const DRAFT: World = {
	state: 'draft',
	type: 'regular',
	hasSchedule: false,
	hasProperty: false,
	refusesChanges: false,
};

/** Worlds in which operations on mailings go all of their ways. */
export const WORLDS: readonly World[] = [
	DRAFT,
	{ ...DRAFT, hasSchedule: true, hasProperty: true },
	{ ...DRAFT, type: 'trigger', hasProperty: true },
	{ ...DRAFT, state: 'released', type: 'trigger' },
	{ ...DRAFT, refusesChanges: true },
];

/** What operations need to know to go on; nothing for everything else. */
function answerTo({ method, path: segments }: MaileonRequest, world: World): string {
	const path = segments.join('/');
	if (path === 'contacts/fields/custom') return '<custom_fields/>';
	if (path.startsWith('transactions/types/'))
		return '<transaction_type><id>42</id><name>shop_order</name><attributes/></transaction_type>';
	if (segments[0] !== 'mailings') return '';
	const part = segments.at(-1) ?? '';
	if (path === 'mailings' || part === 'copy' || segments[1] === 'name') return '<id>501</id>';
	if (method !== 'GET') return '';
	if (part === 'state') return `<state>${world.state}</state>`;
	if (part === 'type') return `<type>${world.type}</type>`;
	if (part === 'schedule' && world.hasSchedule)
		return '<schedule><date>2099-01-31</date><hours>09</hours><minutes>30</minutes><state>scheduled</state></schedule>';
	if (part === 'sealed') return '<sealed>false</sealed>';
	if (part === 'dispatching' && world.type === 'trigger')
		return '<dispatch_options><type>SINGLE</type><event>42</event></dispatch_options>';
	if (part === 'properties' && world.hasProperty)
		return '<properties><property><key>campaign</key><value>x</value></property></properties>';
	if (part === 'attachments')
		return '<attachments><attachment><id>7</id><filename>a.txt</filename></attachment></attachments>';
	if (segments.at(-2) === 'checks') return `<${part}check><state>success</state></${part}check>`;
	return '';
}

/** Whether Maileon refuses a request there: a change of a mailing that exists, or a picture of one. */
function isRefused({ method, path }: MaileonRequest, { refusesChanges }: World): boolean {
	if (!refusesChanges || path[0] !== 'mailings' || path.length < 3) return false;
	return method === 'GET' ? path.at(-1) === 'thumbnail' : path.at(-1) !== 'copy';
}

/** Runs an operation on filled-in parameters, without a network, and tells what it read of them. */
export async function readsOf(
	operation: Operation,
	values: Values,
	world = DRAFT,
): Promise<ReadParameters> {
	const reads: ReadParameters = { declared: new Set(), undeclared: new Set(), requests: [] };
	const node = {
		getNode: () => ({ id: '1', name: 'Maileon', type: 'maileon', typeVersion: 1, parameters: {} }),
		getInputData: () => [ITEM],
		continueOnFail: () => true,
		getTimezone: () => 'Europe/Berlin',
		getNodeParameter: (name: string, _item: number, fallback?: unknown) => {
			const field = operation.properties.find((property) => property.name === name);
			if (!field) {
				reads.undeclared.add(name);
				return fallback;
			}
			reads.declared.add(name);
			return guarded(values[name] ?? fallback, field, name, reads.undeclared);
		},
		evaluateExpression: () => 'text',
		addExecutionHints: () => undefined,
		logger: { debug: () => undefined, warn: () => undefined },
		helpers: {
			getBinaryDataBuffer: async () => await Promise.resolve(Buffer.from('A')),
			getBinaryMetadata: async () => await Promise.resolve({ fileSize: 1 }),
		},
	} as unknown as IExecuteFunctions;
	const client: MaileonClient = {
		send: async (request) => {
			reads.requests.push(request);
			const proof = request.doneBefore?.proof?.request;
			if (proof) reads.requests.push(proof);
			if (isRefused(request, world)) throw failureOf(request, request.method === 'GET' ? 404 : 400);
			const answer = readAnswer(answerTo(request, world));
			return await Promise.resolve({ status: 200, headers: {}, answer });
		},
	};
	await operation.run({ node, client, properties: operation.properties, tries: NO_TRIES });
	return reads;
}
