import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
	type NodeParameterValue,
} from 'n8n-workflow';

export interface OperationChoice {
	resource: string;
	operation: string;
}

/** One entry of an operation menu. */
export interface MenuEntry extends OperationChoice {
	resourceName: string;
	entry: INodePropertyOptions;
}

export type Settings = Record<string, NodeParameterValue>;

const isOption = (option: unknown): option is INodePropertyOptions =>
	typeof option === 'object' && option !== null && 'value' in option;

/** The choices of a menu. */
export function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter(isOption);
}

/** Every operation of a node, in menu order. */
export function menuOf(description: INodeTypeDescription): MenuEntry[] {
	const resources = description.properties.find(({ name }) => name === 'resource');
	return choicesOf(resources ?? NO_MENU).flatMap(({ name, value }) => {
		const menu = description.properties.find(
			(property) =>
				property.name === 'operation' && property.displayOptions?.show?.resource?.includes(value),
		);
		return choicesOf(menu ?? NO_MENU).map((entry) => ({
			resource: String(value),
			operation: String(entry.value),
			resourceName: name,
			entry,
		}));
	});
}

const NO_MENU: INodeProperties = { displayName: '', name: '', type: 'options', default: '' };

/** The parameters of a node without its menus. */
export function fieldsOf(description: INodeTypeDescription): INodeProperties[] {
	return description.properties.filter(({ name }) => name !== 'resource' && name !== 'operation');
}

/** The fields that the editor shows for an operation in given settings. */
export function visibleFields(
	description: INodeTypeDescription,
	settings: Settings,
): INodeProperties[] {
	const node: Pick<INode, 'typeVersion'> = { typeVersion: 1 };
	return fieldsOf(description).filter((field) =>
		NodeHelpers.displayParameter(settings as INodeParameters, field, node, description),
	);
}

/** The fields that belong to an operation, whatever its other settings. */
export function fieldsOfOperation(
	description: INodeTypeDescription,
	{ resource, operation }: OperationChoice,
): INodeProperties[] {
	return fieldsOf(description).filter(({ displayOptions: { show } = {} }) => {
		return show?.resource?.includes(resource) && show.operation?.includes(operation);
	});
}

/** The names that the display of a field depends on, beside resource and operation. */
export function controllersOf({ displayOptions = {} }: INodeProperties): string[] {
	const names = [
		...Object.keys(displayOptions.show ?? {}),
		...Object.keys(displayOptions.hide ?? {}),
	];
	return names.filter((name) => !['resource', 'operation'].includes(name) && !/^[@/]/.test(name));
}

/** What matters of a resource locator to the fields that depend on it. */
const NOTHING_OR_SOMETHING: NodeParameterValue[] = ['', 'chosen'];

/** The values that a field can have, as far as they are a closed list. */
export function closedValues(field: INodeProperties): NodeParameterValue[] {
	if (field.type === 'boolean') return [false, true];
	if (field.type === 'resourceLocator') return NOTHING_OR_SOMETHING;
	if (field.type !== 'options') return [];
	const values = choicesOf(field).map(({ value }) => value as NodeParameterValue);
	return values.includes(field.default as NodeParameterValue)
		? values
		: [...values, field.default as NodeParameterValue];
}

/**
 * All settings of an operation that make a difference to what is shown: every combination of the
 * values of those fields that others depend on.
 */
export function settingsOf(
	description: INodeTypeDescription,
	{ resource, operation }: OperationChoice,
): Settings[] {
	const fields = fieldsOfOperation(description, { resource, operation });
	const controllers = new Set(fields.flatMap(controllersOf));
	let settings: Settings[] = [{ resource, operation }];
	for (const name of controllers) {
		const values = new Set(fields.filter((field) => field.name === name).flatMap(closedValues));
		settings = settings.flatMap((setting) =>
			[...values].map((value) => ({ ...setting, [name]: value })),
		);
	}
	return settings;
}

const isGroup = (option: unknown): option is INodePropertyCollection =>
	typeof option === 'object' && option !== null && 'values' in option;
const isProperty = (option: unknown): option is INodeProperties =>
	typeof option === 'object' && option !== null && 'type' in option && 'displayName' in option;

/** The fields inside a collection, one level down. */
export function entriesOf({ options = [] }: INodeProperties): INodeProperties[] {
	const list = options as unknown[];
	return [...list.filter(isProperty), ...list.filter(isGroup).flatMap(({ values }) => values)];
}

/** A field and all fields inside it, with the path that leads there. */
export function withEntries(
	field: INodeProperties,
	path = '',
): Array<{ path: string; field: INodeProperties }> {
	const here = path === '' ? field.name : `${path}.${field.name}`;
	return [{ path: here, field }, ...entriesOf(field).flatMap((entry) => withEntries(entry, here))];
}
