import {
	NodeHelpers,
	type IDataObject,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';

import { choicesOf } from './fields';

/** What an item is called, in whatever parameter names the thing that an operation is about. */
export const KEY = '={{ $json.key }}';
/** The same, where an email address is asked for. */
export const EMAIL = '={{ $json.key }}@example.com';

/** The modes of a resource locator that take what a person types, best first. */
const TYPED_MODES = ['email', 'id', 'name', 'externalId', 'maileonId'];

/**
 * The fewest parameters of an operation that are valid: those that are required and shown, a field of
 * a contact to write, and no fields to return. Whatever names a thing names it by the key of the item;
 * where a name has to be confirmed, which only a typed one can be, by the example of the confirmation.
 * @param properties the parameters that the operation declares
 * @param given parameters that are not derived
 * @throws Error for a resource locator that takes nothing typed
 */
export function fewestParameters(
	properties: readonly INodeProperties[],
	given: IDataObject = {},
): IDataObject {
	const fields = shown(properties, given);
	const confirmation = fields.find(({ name }) => name === 'confirmation');
	const key = confirmation ? exampleOf(confirmation) : KEY;
	const derived = fields
		.filter(({ name }) => !(name in given))
		.map((field) => [field.name, valueOf(field, key)] as const)
		.filter(([, value]) => value !== undefined);
	return { ...(Object.fromEntries(derived) as IDataObject), ...given };
}

/** The fields that the editor shows when all but the given ones are left as they are. */
function shown(properties: readonly INodeProperties[], given: IDataObject): INodeProperties[] {
	const defaults = properties.map(({ name, default: value }) => [name, value] as const);
	const settings = { ...Object.fromEntries(defaults), ...given } as INodeParameters;
	return properties.filter((field) =>
		NodeHelpers.displayParameter(settings, field, { typeVersion: 1 }, null),
	);
}

/** The value of a parameter; undefined where its default does. */
function valueOf(field: INodeProperties, key: string): unknown {
	if (field.type === 'resourceMapper') return mapped({ FIRSTNAME: 'Ada' });
	if (field.type === 'multiOptions') return [];
	if (!field.required) return undefined;
	switch (field.type) {
		case 'resourceLocator':
			return locator(field, key);
		case 'options':
			return optionOf(field, key);
		case 'dateTime':
			return '2026-01-31';
		default:
			return exampleOf(field).includes('@') ? EMAIL : key;
	}
}

/** Values for a resource mapper, as if they had been filled in by hand. */
export function mapped(value: IDataObject): IDataObject {
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
}

function locator({ name, modes = [] }: INodeProperties, key: string): IDataObject {
	const mode = TYPED_MODES.find((one) => modes.some((offered) => offered.name === one));
	if (!mode) throw new Error(`No mode of ${name} takes what a person types`);
	return { __rl: true, mode, value: mode === 'email' ? EMAIL : key };
}

const exampleOf = ({ placeholder = '' }: INodeProperties) => placeholder.replace(/^e\.g\. /, '');

/** The choice that is called like the key, or else the first. */
function optionOf(field: INodeProperties, key: string): unknown {
	const values = choicesOf(field).map(({ value }) => value);
	return values.includes(key) ? key : values[0];
}
