import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

interface ListLocator {
	displayName: string;
	name: string;
	description: string;
	/** The method that fills the list in the editor. */
	searchListMethod: string;
	/** How the value can be given otherwise: an example for each way. */
	otherwise: Partial<Record<TypedMode, string>>;
	/** The parameter that the list depends on. */
	dependsOn?: string;
	/** Whether nothing may be chosen. */
	optional?: boolean;
}

const TYPED_MODES = ['id', 'name', 'key', 'path'] as const;
type TypedMode = (typeof TYPED_MODES)[number];

const LABELS = { id: 'By ID', name: 'By Name', key: 'By Key', path: 'By Path' } as const;

function typedIn(otherwise: ListLocator['otherwise']): INodePropertyMode[] {
	const type = 'string';
	return TYPED_MODES.flatMap((name) => {
		const placeholder = `e.g. ${otherwise[name] ?? ''}`;
		return name in otherwise ? [{ displayName: LABELS[name], name, type, placeholder }] : [];
	});
}

/** A resource locator: chosen from a searchable list, or given otherwise. It is required unless optional. */
export function listLocator(locator: ListLocator): INodeProperties {
	const { displayName, name, description, searchListMethod, otherwise, dependsOn, optional } =
		locator;
	return {
		displayName,
		name,
		type: 'resourceLocator',
		...(!optional && { required: true }),
		default: { mode: 'list', value: '' },
		...(dependsOn && { typeOptions: { loadOptionsDependsOn: [dependsOn] } }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			...typedIn(otherwise),
		],
		description,
	};
}
