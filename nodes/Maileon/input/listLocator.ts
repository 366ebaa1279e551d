import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

interface ListLocator {
	displayName: string;
	name: string;
	description: string;
	/** The method that fills the list in the editor. */
	searchListMethod: string;
	/** How the value can be given otherwise: an example for each way. */
	otherwise: Partial<Record<'id' | 'name', string>>;
	/** The parameter that the list depends on. */
	dependsOn?: string;
}

const LABELS = { id: 'By ID', name: 'By Name' } as const;

function typedIn(otherwise: ListLocator['otherwise']): INodePropertyMode[] {
	const type = 'string';
	return (['id', 'name'] as const).flatMap((name) => {
		const placeholder = `e.g. ${otherwise[name] ?? ''}`;
		return name in otherwise ? [{ displayName: LABELS[name], name, type, placeholder }] : [];
	});
}

/** A required resource locator: chosen from a searchable list, or given otherwise. */
export function listLocator(locator: ListLocator): INodeProperties {
	const { displayName, name, description, searchListMethod, otherwise, dependsOn } = locator;
	return {
		displayName,
		name,
		type: 'resourceLocator',
		required: true,
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
