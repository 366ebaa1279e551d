import type { INodeProperties } from 'n8n-workflow';

import {
	ATTRIBUTE_TYPES,
	type AttributeDefinition,
} from '../../../maileon/transaction/transactionType';
import { translatingErrors } from '../../../maileon/translate';
import { toBoolean, toText, ValueRefusal } from '../../../maileon/values';
import { InputRefusal } from '../../../input/refusal';
import type { ItemParameters } from '../../../input/parameters';

const ATTRIBUTES = 'attributes';

/** Attributes that a type gets. */
export function attributes(description: string): INodeProperties {
	return {
		displayName: 'Attributes',
		name: ATTRIBUTES,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Attribute',
		default: {},
		description,
		options: [
			{
				displayName: 'Attribute',
				name: 'attribute',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. order.number',
						description:
							'Name of the attribute: letters and digits, with dots between levels. With an attribute named transaction_id, single transactions can be read and deleted by their ID.',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Boolean', value: 'boolean', description: 'True or false' },
							{ name: 'Date', value: 'date', description: 'A day such as 2026-12-31' },
							{ name: 'Decimal Number', value: 'double', description: 'A number such as 19.9' },
							{
								name: 'Decimal Number (Float)',
								value: 'float',
								description: "Maileon's older type of decimal numbers",
							},
							{
								name: 'JSON',
								value: 'json',
								description: 'A list or an object, for example the lines of an order',
							},
							{ name: 'Text', value: 'string', description: 'At most 1,000 characters' },
							{
								name: 'Timestamp',
								value: 'timestamp',
								description: 'A day with a time such as 2026-12-31 18:30:00',
							},
							{
								name: 'Whole Number',
								value: 'integer',
								description: 'From -2,147,483,648 to 2,147,483,647',
							},
						],
						default: 'string',
						description: 'What the attribute holds. It cannot be changed later.',
					},
					{
						displayName: 'Required',
						name: 'required',
						type: 'boolean',
						default: false,
						description: 'Whether Maileon refuses transactions without this attribute',
					},
					{
						displayName: 'Description',
						name: 'description',
						type: 'string',
						default: '',
						description: 'What the attribute means, for the people who use it in Maileon',
					},
				],
			},
		],
	};
}

/**
 * The attributes that an item lists.
 * @throws InputRefusal naming the attribute by its position, from 1, or the parameter where an
 *   expression made no list of it
 */
export function readAttributes(parameters: ItemParameters): AttributeDefinition[] {
	const read = parameters
		.entries(ATTRIBUTES)
		.map((entry, index) => readAttribute(entry, `Attribute ${index + 1}`));
	const names = new Set<string>();
	for (const { name } of read) {
		if (names.has(name)) throw refusal(`Attribute "${name}" is listed twice.`);
		names.add(name);
	}
	return read;
}

function readAttribute(entry: Record<string, unknown>, where: string): AttributeDefinition {
	const { name, type = 'string', required, description } = entry;
	const text = (value: unknown, part: string) => converted(where, part, value, toText);
	const readName = text(name, 'name').trim();
	if (readName === '') throw refusal(`${where} has no name.`);
	const readType = ATTRIBUTE_TYPES.find((known) => known === type);
	if (!readType) throw refusal(`${where}: type must be one of ${ATTRIBUTE_TYPES.join(', ')}.`);
	return {
		name: readName,
		type: readType,
		required: converted(where, 'required', required, toBoolean) === 'true',
		description: text(description, 'description') || undefined,
	};
}

function converted(
	where: string,
	part: string,
	value: unknown,
	convert: (value: unknown) => string,
): string {
	if (value === undefined || value === null) return '';
	return translatingErrors(
		() => convert(value),
		(error) =>
			error instanceof ValueRefusal ? refusal(`${where}: ${part} ${error.message}`) : error,
	);
}

function refusal(message: string): InputRefusal {
	return new InputRefusal(message, { field: ATTRIBUTES });
}
