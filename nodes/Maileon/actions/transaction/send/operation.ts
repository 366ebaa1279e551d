import type { INodeProperties } from 'n8n-workflow';

import type { Entry } from '../../../maileon/batches';
import { identifiersOf, type Identifiers } from '../../../maileon/contact/contact';
import {
	LARGEST_BODY,
	LARGEST_EVENTS,
	transactionText,
} from '../../../maileon/transaction/transaction';
import type { Transaction } from '../../../maileon/transaction/transaction';
import { referenceText } from '../../../maileon/transaction/transactionType';
import { planAttachments, type PlannedAttachment } from '../../../input/attachments';
import { AttributeSource, type MappedType } from '../../../input/attributes';
import { readContactKey, readIdentifiers } from '../../../input/contactKey';
import { ContentReader, contentFromJson, type MappedContent } from '../../../input/content';
import {
	explainAllEvents,
	explainEvents,
	RefusedEvents,
	sendEvents,
	type PlannedEvent,
	type SendEventsOptions,
} from './events';
import { InputRefusal } from '../../../input/refusal';
import { tellIgnoredKeys, type KeyTarget } from '../../../run/hints';
import { transactions } from '../../../maileon/endpoints/transactions';
import type { Operation, RunContext } from '../../../run/operation';
import { Parameters, type ItemParameters } from '../../../input/parameters';
import { perBatch, type BatchRun } from '../../../run/perBatch';
import { readTypeReference, TRANSACTION_TYPE } from '../../../input/transactionTypes';
import {
	batchSize,
	readBatchSize,
	smallestBatchSize,
	type BatchSizeRange,
} from '../../shared/batchSize';
import {
	PERMISSION_CODES,
	PERMISSION_NUMBERS,
	PERMISSION_OPTIONS,
} from '../../contact/shared/permission';
import { readRequestOptions, retries, timeout } from '../../shared/requests';
import { transactionType } from '../../shared/transactionType';

/** The method that lists the attributes of a type as columns. */
export const TRANSACTION_ATTRIBUTES_METHOD = 'getTransactionAttributes';

const BATCH_SIZE: BatchSizeRange = { preset: 10_000, largest: 100_000 };

const IDENTIFY_BY = ['email', 'externalId', 'maileonId'] as const;
const IDENTIFIER_PARAMETER = {
	email: 'email',
	externalId: 'externalId',
	maileonId: 'contactId',
} as const;

const properties: INodeProperties[] = [
	{
		displayName:
			'A transaction (also called contact event) tells Maileon that something happened to a contact, such as an order. Maileon then starts the mails and automations that are set up there for the transaction type. Without one nothing goes out, and contacts without a permission get a mail only if its settings in Maileon say so.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	transactionType(
		'What kind of event it is, as defined in Maileon. Mails and automations are started by it.',
	),
	{
		displayName: 'Identify Contact By',
		name: 'identifyBy',
		type: 'options',
		options: [
			{ name: 'Email', value: 'email' },
			{ name: 'External ID', value: 'externalId', description: 'The ID of your own system' },
			{ name: 'Maileon ID', value: 'maileonId', description: 'The ID that Maileon gave it' },
		],
		default: 'email',
		description: 'How to tell Maileon which contact the event belongs to',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show: { identifyBy: ['email'] } },
		description: 'Email address of the contact',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CRM-00123',
		displayOptions: { show: { identifyBy: ['externalId'] } },
		description: 'ID of the contact in your own system',
	},
	{
		displayName: 'Maileon ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12345',
		displayOptions: { show: { identifyBy: ['maileonId'] } },
		description: 'ID that Maileon gave the contact: a number',
	},
	{
		displayName: 'Create Contact If Missing',
		name: 'import',
		type: 'boolean',
		default: false,
		displayOptions: { show: { identifyBy: ['email', 'externalId'] } },
		description:
			'Whether to create the contact when Maileon does not have it. When off, an event for a contact that does not exist is not queued.',
	},
	{
		displayName: 'Permission',
		name: 'permission',
		type: 'options',
		options: PERMISSION_OPTIONS,
		default: 1,
		displayOptions: { show: { identifyBy: ['email', 'externalId'], import: [true] } },
		description: `Permission of a contact that is created. With None it gets no mail, unless the mail is set up in Maileon as one that needs no permission, such as an order confirmation. ${PERMISSION_NUMBERS}`,
	},
	{
		displayName: 'Email of New Contact',
		name: 'newContactEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: { show: { identifyBy: ['externalId'], import: [true] } },
		description:
			'Email address for a contact that is created; without one it cannot get mails. For a contact that exists, give the address that it has: which of the two Maileon goes by is not documented.',
	},
	{
		displayName: 'External ID of New Contact',
		name: 'newContactExternalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. CRM-00123',
		displayOptions: { show: { identifyBy: ['email'], import: [true] } },
		description:
			'External ID for a contact that is created. For a contact that exists, give the ID that it has: which of the two Maileon goes by is not documented.',
	},
	{
		displayName: 'Content',
		name: 'contentSource',
		type: 'options',
		options: [
			{
				name: 'Fields Below',
				value: 'fields',
				description: 'Map the attributes of the transaction type',
			},
			{ name: 'JSON', value: 'json', description: 'One object of attribute names and values' },
		],
		default: 'fields',
		description: 'How to give what belongs to the event, for example the number of the order',
	},
	{
		displayName: 'Attributes',
		name: 'content',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { contentSource: ['fields'] } },
		typeOptions: {
			loadOptionsDependsOn: [`${TRANSACTION_TYPE}.value`],
			resourceMapper: {
				resourceMapperMethod: TRANSACTION_ATTRIBUTES_METHOD,
				mode: 'add',
				fieldWords: { singular: 'attribute', plural: 'attributes' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
		description:
			'Values for the attributes of the transaction type. They are converted to the type of the attribute; what cannot be converted is refused before anything is sent. "Map Automatically" matches input keys to attributes without regard to case, blanks, _ and - (order_number fills order.number); keys that match no attribute are not sent, and a warning names them. Attributes without a value are left out; lists and objects go into attributes of the type JSON.',
	},
	{
		displayName: 'Content (JSON)',
		name: 'contentJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"order.number": "A-77", "order.total": 19.9}',
		displayOptions: { show: { contentSource: ['json'] } },
		description:
			'Object of attribute names and values, sent as it is. Names stand as Maileon shows them, with their dots ("order.number"). Dates are text such as "2026-12-31", timestamps such as "2026-12-31 18:30:00".',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Attachments',
				name: 'attachments',
				type: 'string',
				default: '',
				placeholder: 'e.g. data, invoice',
				description:
					'Files of the input item for the mail: names of its binary fields, with commas between them. All that travels in one request must stay below 9 MB, which is about 6.7 MB of files.',
			},
			batchSize(
				'Events per Request',
				BATCH_SIZE,
				'How many input items are folded into one request at most. It ends early at 9,000,000 bytes. With fewer, fewer events are in doubt when a connection breaks.',
			),
			{
				displayName: 'Generate Transaction ID',
				name: 'generateTransactionId',
				type: 'boolean',
				default: false,
				description:
					'Whether Maileon makes an ID for each event and returns it. The type needs the attribute transaction_id; with the ID the event can be read and deleted later.',
			},
			retries,
			timeout,
		],
	},
];

/** Sends events: all input items, folded into few requests. */
export const sendTransaction: Operation = {
	resource: 'transaction',
	value: 'send',
	name: 'Send',
	action: 'Send transaction',
	description:
		'Send a contact event such as an order or a ticket, one for each input item, so that the mails and automations start that are set up for it in Maileon',
	properties,
	endpoints: [transactions.send],
	run: perBatch(begin),
};

/** An event with what its request needs to know; only events with the same options travel together. */
interface SendableEvent extends PlannedEvent {
	options: SendEventsOptions;
}

async function begin(context: RunContext): Promise<BatchRun<Entry<SendableEvent>, SendableEvent>> {
	const { node } = context;
	const parameters = new Parameters(node, context.properties);
	const options = new OptionsOfItems(parameters);
	const reader = new ContentReader(node);
	const attributes = await attributeSource(context, parameters, reader, options);
	const files = await filesOfItems(context, parameters);
	const ignoredKeys = new Set<string>();
	const planItem = (item: number): Entry<SendableEvent> => {
		const one = parameters.ofItem(item);
		const { options: sendOptions, group } = options.of(item);
		const type = readTypeReference(one);
		const mapped = readContent(one, reader, () => attributes.of(type));
		for (const key of mapped.ignoredKeys) ignoredKeys.add(key);
		const { ignoredKeys: ignored, content } = mapped;
		const transaction = { ...readReceiver(one), type, content };
		const attachments = files.of(item);
		const bytes = sizeOf(transaction, attachments);
		return {
			payload: { transaction, attachments, ignoredKeys: ignored, options: sendOptions },
			keys: [],
			group,
			bytes,
		};
	};
	const plan = node.continueOnFail() ? (item: number) => [planItem(item)] : planOnce(planItem);

	return {
		limits: {
			size: smallestBatchSize(parameters, 'options', node.getInputData().length, BATCH_SIZE),
			bytes: LARGEST_EVENTS,
		},
		check: plan,
		plan,
		write: (planned) => planned,
		send: async (batch, _text, client) => {
			const { options: sendOptions } = batch[0]?.payload ?? options.of(0);
			return await sendEvents(node, client, batch, sendOptions);
		},
		explainEach: explainEvents,
		explainAll: explainAllEvents,
		itemOf: (error) => (error instanceof RefusedEvents ? error.refused[0]?.item : undefined),
		end: () => tellIgnoredKeys(context.node, ignoredKeys, ATTRIBUTES),
	};
}

interface EventOptions {
	options: SendEventsOptions;
	/** The same text for the same options. */
	group: string;
}

/** The options of each item: they may depend on expressions, and then differ from item to item. */
class OptionsOfItems {
	readonly areSame: boolean;
	private readonly known = new Map<string, EventOptions>();
	private shared?: EventOptions;

	constructor(private readonly parameters: Parameters) {
		this.areSame = OPTIONS.every((name) => parameters.isConstant('options', name));
	}

	/** @throws InputRefusal when one is out of range */
	of(item: number): EventOptions {
		if (this.shared) return this.shared;
		const entries = this.parameters.ofItem(item).within('options');
		readBatchSize(entries, BATCH_SIZE);
		const { retries: tries, timeout: longest } = readRequestOptions(entries);
		const generateTransactionId = entries.flag('generateTransactionId');
		const options = { retries: tries, timeout: longest, generateTransactionId };
		const group = JSON.stringify(options);
		const found = this.known.get(group) ?? { options, group };
		this.known.set(group, found);
		if (this.areSame) this.shared = found;
		return found;
	}
}

const OPTIONS = ['batchSize', 'generateTransactionId', 'retries', 'timeout'] as const;

/** Keeps what was planned until it is asked for again: all items are checked before the first is sent. */
function planOnce<T>(plan: (item: number) => Entry<T>): (item: number) => Array<Entry<T>> {
	const checked = new Map<number, Entry<T>>();
	return (item) => {
		const known = checked.get(item);
		if (known) {
			checked.delete(item);
			return [known];
		}
		const planned = plan(item);
		checked.set(item, planned);
		return [planned];
	};
}

function isMapped(parameters: ItemParameters): boolean {
	return parameters.choice('contentSource', ['fields', 'json']) === 'fields';
}

function readContent(
	parameters: ItemParameters,
	reader: ContentReader,
	attributes: () => ReturnType<AttributeSource['of']>,
): MappedContent {
	return isMapped(parameters)
		? reader.read(parameters.index, attributes())
		: { content: contentFromJson(parameters), ignoredKeys: [] };
}

/** Asks Maileon only where the saved columns are not enough. */
async function attributeSource(
	{ node, client }: RunContext,
	parameters: Parameters,
	reader: ContentReader,
	options: OptionsOfItems,
): Promise<AttributeSource> {
	const isOneType = parameters.isConstant(TRANSACTION_TYPE);
	const saved = isOneType ? AttributeSource.ofSaved(reader) : undefined;
	if (saved) return saved;
	const isSame = isOneType && parameters.isConstant('contentSource') && options.areSame;
	const types = new Map<string, MappedType>();
	for (const item of isSame ? [0] : node.getInputData().keys()) {
		const type = mappedType(parameters.ofItem(item), options);
		const name = type && referenceText(type.reference);
		if (type && name !== undefined && !types.has(name)) types.set(name, type);
	}
	return await AttributeSource.ofAccount(client, [...types.values()], reader);
}

/**
 * The type of an item whose content is mapped, and how to ask for it. What cannot be read fails when
 * the item is planned.
 */
function mappedType(parameters: ItemParameters, options: OptionsOfItems): MappedType | undefined {
	try {
		if (!isMapped(parameters)) return undefined;
		return {
			reference: readTypeReference(parameters),
			options: options.of(parameters.index).options,
		};
	} catch {
		return undefined;
	}
}

interface Files {
	/** @throws InputRefusal when a file of the item cannot be attached */
	of(item: number): readonly PlannedAttachment[];
}

/** Finds and measures the files of all items before anything is planned. */
async function filesOfItems({ node }: RunContext, parameters: Parameters): Promise<Files> {
	const files = new Map<number, readonly PlannedAttachment[]>();
	const refusals = new Map<number, unknown>();
	for (const item of node.getInputData().keys()) {
		const options = parameters.ofItem(item).within('options');
		try {
			const names = new Set(options.texts('attachments'));
			if (names.size > 0) files.set(item, await planAttachments(node, item, [...names]));
		} catch (error) {
			refusals.set(item, error);
		}
	}
	return {
		of(item) {
			if (refusals.has(item)) throw refusals.get(item);
			return files.get(item) ?? [];
		},
	};
}

/** The contact that an event belongs to, and how it is created if it is missing. */
function readReceiver(
	parameters: ItemParameters,
): Pick<Transaction, 'contact' | 'importPermission'> {
	const by = parameters.choice('identifyBy', IDENTIFY_BY);
	const { value } = readContactKey(parameters, IDENTIFIER_PARAMETER[by], by);
	if (by === 'maileonId') return { contact: { id: exactId(value) } };
	const contact: Identifiers = identifiersOf(
		by === 'email' ? { email: value } : { externalId: value },
	);
	if (!parameters.flag('import')) return { contact };
	const further = readIdentifiers(
		parameters,
		by === 'email' ? { externalId: 'newContactExternalId' } : { email: 'newContactEmail' },
	);
	return {
		contact: { ...contact, ...identifiersOf(further) },
		importPermission: parameters.choice('permission', PERMISSION_CODES),
	};
}

function exactId(text: string): number {
	const id = Number(text);
	if (!Number.isSafeInteger(id))
		throw new InputRefusal(`Maileon ID ${text} is too large`, { field: 'contactId' });
	return id;
}

/**
 * Bytes of an event on the wire.
 * @throws InputRefusal when it does not fit into a request
 */
function sizeOf(transaction: Transaction, attachments: readonly PlannedAttachment[]): number {
	const withoutData = attachments.map(({ filename, mimetype }) => ({
		filename,
		mimetype,
		data: '',
	}));
	const text = transactionText(transaction, withoutData);
	const fileBytes = attachments.reduce((sum, { bytes }) => sum + bytes, 0);
	const bytes = Buffer.byteLength(text) + fileBytes + 1;
	if (bytes > LARGEST_EVENTS)
		throw new InputRefusal(
			`The event is too large: its request would have ${bytes + 1} bytes, and Maileon takes ${LARGEST_BODY}`,
			{
				description:
					'Attachments count with a third more than their size. Send fewer or smaller ones.',
				...(attachments.length > 0 && { field: 'attachments' }),
			},
		);
	return bytes;
}

const ATTRIBUTES: KeyTarget = {
	nothing: 'the transaction type has no attribute of',
	advice: 'Add the attribute to the type or map it manually.',
};
