import type { INodeProperties } from 'n8n-workflow';

/** The collection of what few people set. */
export function optionsCollection(options: readonly INodeProperties[]): INodeProperties {
	return collectionOf(
		{ displayName: 'Options', name: 'options', placeholder: 'Add option' },
		options,
	);
}

/** A collection whose entries are added where they are wanted, in the order of their labels. */
export function collectionOf(
	about: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	options: readonly INodeProperties[],
): INodeProperties {
	return {
		...about,
		type: 'collection',
		default: {},
		options: [...options].sort((one, other) =>
			one.displayName.localeCompare(other.displayName, 'en'),
		),
	};
}
