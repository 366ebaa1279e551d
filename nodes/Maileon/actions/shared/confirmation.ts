import type { INodeProperties } from 'n8n-workflow';

import { InputRefusal } from '../../input/refusal';
import type { ItemParameters } from '../../input/parameters';

/** A name that a person has to type before something is done to all contacts. */
export function confirmation(description: string, placeholder: string): INodeProperties {
	return {
		displayName: 'Confirm by Typing the Name',
		name: 'confirmation',
		type: 'string',
		required: true,
		noDataExpression: true,
		default: '',
		placeholder,
		description,
	};
}

/**
 * Goes on only when the name was typed in as confirmation. An expression does not count: whatever the
 * name of the field is made of, only what the person typed can be hit.
 * @throws InputRefusal for everything else
 */
export function expectConfirmation(parameters: ItemParameters, name: string): void {
	if (parameters.typedText('confirmation') === name) return;
	throw new InputRefusal(`${parameters.label('confirmation')} does not say "${name}"`, {
		description: `This concerns all contacts of the account and cannot be undone. Type "${name}" to confirm.`,
		field: 'confirmation',
	});
}
