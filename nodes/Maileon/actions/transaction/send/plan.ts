/**
 * From what a person filled in to the transactions of each item.
 */
import type { Entry } from '../../../maileon/batches';
import { identifiersOf, type Identifiers } from '../../../maileon/contact/contact';
import {
	LARGEST_BATCH,
	LARGEST_BODY,
	TRANSACTION_ID,
	transactionText,
	type Transaction,
} from '../../../maileon/transaction/transaction';
import { referenceText } from '../../../maileon/transaction/transactionType';
import { planAttachments, type PlannedAttachment } from '../../../input/attachments';
import { AttributeSource, type Attributes, type MappedType } from '../../../input/attributes';
import { readContactKey, readIdentifiers } from '../../../input/contactKey';
import {
	ContentReader,
	contentFromJson,
	type Content,
	type MappedContent,
} from '../../../input/content';
import type { ItemParameters, Parameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import { readTypeReference, TRANSACTION_TYPE } from '../../../input/transactionTypes';
import type { RunContext } from '../../../run/operation';
import { PERMISSION_CODES } from '../../contact/shared/permission';
import { readBatchSize } from '../../shared/batchSize';
import { readRequestOptions } from '../../shared/requests';
import { takesTransactionId, transactionIds, withTransactionId } from './fillTransactionId';
import { BATCH_SIZE } from './parameters';

const IDENTIFY_BY = ['email', 'externalId', 'maileonId'] as const;
const IDENTIFIER_PARAMETER = {
	email: 'email',
	externalId: 'externalId',
	maileonId: 'contactId',
} as const;

/** A transaction with all that its request needs to know. */
export interface PlannedTransaction {
	transaction: Transaction;
	attachments: readonly PlannedAttachment[];
	/** Input keys that belong to no attribute; told in the row, so that nobody misses them. */
	ignoredKeys: readonly string[];
	/** Made of the execution, where that is asked for. */
	filledId?: string;
	/** Those of its request: only transactions with the same options travel together. */
	options: SendOptions;
}

export interface SendOptions {
	generateTransactionId: boolean;
	retries: number;
	/** Milliseconds. */
	timeout: number;
}

/** What planning finds that is told in the end. */
export interface Findings {
	/** Input keys that belong to no attribute. */
	ignoredKeys: Set<string>;
	/** Types that take no transaction ID although one was to be filled in. */
	typesWithoutId: Set<string>;
}

type Plan = (item: number) => Array<Entry<PlannedTransaction>>;

/**
 * Prepares the run, and gives what plans an item. It asks Maileon for the attributes of transaction
 * types only where the node does not know them.
 * @param findings is added to
 */
export async function planner(
	context: RunContext,
	parameters: Parameters,
	findings: Findings,
): Promise<Plan> {
	const { node } = context;
	const options = new OptionsOfItems(parameters);
	const reader = new ContentReader(node);
	const attributes = await attributeSource(context, parameters, reader, options);
	const files = await filesOfItems(context, parameters);
	const idOf = transactionIds(node);
	const planItem = (item: number): Entry<PlannedTransaction> => {
		const one = parameters.ofItem(item);
		const { options: sendOptions, group, fillsId } = options.of(item);
		const type = readTypeReference(one);
		const known = isMapped(one) ? attributes.of(type) : undefined;
		const fillId = fillsId && takesTransactionId(known) ? idOf(item) : undefined;
		if (fillsId && fillId === undefined) findings.typesWithoutId.add(referenceText(type));
		const { ignoredKeys, content } = readContent(one, reader, known, fillId);
		for (const key of ignoredKeys) findings.ignoredKeys.add(key);
		const transaction = { ...readReceiver(one), type, content };
		const attachments = files.of(item);
		const bytes = sizeOf(transaction, attachments);
		const filledId = content[TRANSACTION_ID] === fillId ? fillId : undefined;
		return {
			payload: { transaction, attachments, ignoredKeys, filledId, options: sendOptions },
			keys: [],
			group,
			bytes,
		};
	};
	return node.continueOnFail() ? (item) => [planItem(item)] : planOnce(planItem);
}

interface ItemOptions {
	options: SendOptions;
	/** The same text for the same options of requests. */
	group: string;
	/** Whether transaction IDs are made of the execution. */
	fillsId: boolean;
}

/** The options of each item: they may depend on expressions, and then differ from item to item. */
class OptionsOfItems {
	readonly areSame: boolean;
	private readonly known = new Map<string, SendOptions>();
	private shared?: ItemOptions;

	constructor(private readonly parameters: Parameters) {
		this.areSame = OPTIONS.every((name) => parameters.isConstant('options', name));
	}

	/** @throws InputRefusal when one is out of range */
	of(item: number): ItemOptions {
		if (this.shared) return this.shared;
		const entries = this.parameters.ofItem(item).within('options');
		readBatchSize(entries, BATCH_SIZE);
		const { retries: tries, timeout: longest } = readRequestOptions(entries);
		const generateTransactionId = entries.flag('generateTransactionId');
		const fillsId = entries.flag('fillTransactionId');
		if (generateTransactionId && fillsId) throw twoIds();
		const options = { retries: tries, timeout: longest, generateTransactionId };
		const group = JSON.stringify(options);
		const known = this.known.get(group) ?? options;
		this.known.set(group, known);
		const found = { options: known, group, fillsId };
		if (this.areSame) this.shared = found;
		return found;
	}
}

const OPTIONS = [
	'batchSize',
	'fillTransactionId',
	'generateTransactionId',
	'retries',
	'timeout',
] as const;

function twoIds(): InputRefusal {
	return new InputRefusal('Generate Transaction ID and Fill Transaction ID cannot both be on', {
		description: 'Turn one of them off: a transaction has one ID, from Maileon or from n8n.',
		field: 'fillTransactionId',
	});
}

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
	attributes: Attributes,
	fillId: string | undefined,
): MappedContent {
	const complete = (content: Content): Content =>
		fillId === undefined ? content : withTransactionId(content, fillId);
	return isMapped(parameters)
		? reader.read(parameters.index, attributes, complete)
		: { content: complete(contentFromJson(parameters)), ignoredKeys: [] };
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

/** The contact that a transaction belongs to, and how it is created if it is missing. */
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
		throw new InputRefusal('The Maileon ID is too large.', { field: 'contactId' });
	return id;
}

/**
 * Bytes of a transaction on the wire.
 * @throws InputRefusal when it does not fit into a request
 */
function sizeOf(transaction: Transaction, attachments: readonly PlannedAttachment[]): number {
	const withoutData = attachments.map(({ file }) => ({
		filename: file.fileName,
		mimetype: file.mediaType,
		data: '',
	}));
	const text = transactionText(transaction, withoutData);
	const fileBytes = attachments.reduce((sum, { bytes }) => sum + bytes, 0);
	const bytes = Buffer.byteLength(text) + fileBytes + 1;
	if (bytes > LARGEST_BATCH)
		throw new InputRefusal(
			`The transaction is too large: its request would have ${bytes + 1} bytes, and Maileon takes ${LARGEST_BODY}.`,
			{
				description: 'Attachments count a third more than their size. Send fewer or smaller ones.',
				...(attachments.length > 0 && { field: 'attachments' }),
			},
		);
	return bytes;
}
