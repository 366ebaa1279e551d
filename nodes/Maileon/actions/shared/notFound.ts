import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../../input/parameters';
import { IF_NOT_FOUND, type IfNotFound } from '../../run/notFound';

/** What comes out where Maileon does not have what an item names. */
export function ifNotFound(description: string): INodeProperties {
	return {
		displayName: 'If Not Found',
		name: 'ifNotFound',
		type: 'options',
		options: [
			{ name: 'Emit an Empty Item', value: 'emptyItem' },
			{ name: 'Emit Nothing', value: 'nothing' },
			{ name: 'Fail', value: 'fail', description: 'Stop, or follow "On Error" in the settings' },
		],
		default: 'fail',
		description,
	};
}

/** @throws InputRefusal when it is none of the choices */
export function readIfNotFound(parameters: ItemParameters): IfNotFound {
	return parameters.choice('ifNotFound', IF_NOT_FOUND);
}
