import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { optionsCollection } from '../../input/optionsCollection';
import { readNewTypeId, transactionTypeDocument } from '../../maileon/transaction/transactionType';
import { transactionTypes } from '../../maileon/endpoints/transactions';
import type { Operation } from '../../run/operation';
import { changed, perRequest } from '../../run/perRequest';
import { readWriteAnswer } from '../../transport/answers';
import type { MaileonAnswer } from '../../transport/client';
import { transactionTypeCreated } from '../../transport/doneBefore';
import type { MaileonRequest } from '../../maileon/request';
import { attributes, readAttributes } from './shared/attributes';
import { concurrencyOfChanges, readRequestOptions, retries, timeout } from '../shared/requests';
import {
	archivingDuration,
	readArchivingDuration,
	readTypeDescription,
	readTypeName,
	typeDescription,
} from './shared/typeDefinition';

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. shop_order',
		description:
			'Name of the new type: letters, digits and _, starting with a letter, with dots between levels',
	},
	attributes(
		'What transactions of this type carry. More can be added later, but none can be changed.',
	),
	optionsCollection([
		archivingDuration,
		concurrencyOfChanges('type'),
		typeDescription,
		retries,
		{
			displayName: 'Store Only',
			name: 'storeOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether transactions are stored and nothing more: text can have 64,000 instead of 1,000 characters, but contact filters cannot use the transactions, and automations only in part',
		},
		timeout,
	]),
];

/** Defines a transaction type ("Create Transaction Type"). */
export const createTransactionType: Operation = {
	resource: 'transactionType',
	value: 'create',
	name: 'Create',
	action: 'Create transaction type',
	description:
		'Define a transaction type (kind of contact event), such as an order, with the attributes that its transactions carry',
	properties,
	endpoints: [transactionTypes.create],
	run: perRequest((parameters) => {
		const name = readTypeName(parameters, 'name');
		const options = parameters.within('options');
		const definition = {
			name,
			description: readTypeDescription(options) || undefined,
			archivingDuration: readArchivingDuration(options),
			storeOnly: options.has('storeOnly') ? options.flag('storeOnly') : undefined,
			attributes: readAttributes(parameters),
		};
		const request = {
			...transactionTypes.create.request({}, [], transactionTypeDocument(definition)),
			doneBefore: transactionTypeCreated(definition),
		};
		return {
			request,
			options: readRequestOptions(options),
			subject: { what: `transaction type "${name}"` },
			orderKeys: [name],
			rows: (answer) => changed(request, { ...newId(answer, request), name })(answer),
		};
	}),
};

/** The ID of the new type, in whatever form it comes. */
function newId(answer: MaileonAnswer, request: MaileonRequest): IDataObject {
	const id =
		answer.answer.kind === 'xml'
			? readNewTypeId(answer.answer.root)
			: readWriteAnswer(answer, request).id;
	return id === undefined ? {} : { id };
}
