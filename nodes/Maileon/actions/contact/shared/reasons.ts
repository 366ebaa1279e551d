import type { INodeProperties } from 'n8n-workflow';

import { translatingErrors } from '../../../maileon/translate';
import { REASON_TYPES, type Reason } from '../../../maileon/contact/unsubscription';
import { toText, ValueRefusal } from '../../../maileon/values';
import { InputRefusal } from '../../../input/refusal';
import type { ItemParameters } from '../../../input/parameters';

/** Why a contact unsubscribes. */
export const reasons: INodeProperties = {
	displayName: 'Reasons',
	name: 'reasons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Reason',
	default: {},
	description: 'Why the contact unsubscribes. Maileon does not store who gave a reason.',
	options: [
		{
			displayName: 'Reason',
			name: 'reason',
			values: [
				{
					displayName: 'Message',
					name: 'message',
					type: 'string',
					default: '',
					placeholder: 'e.g. I moved away',
					description: 'Reason in the words of the contact, mainly for the type Other',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: REASON_TYPES.map(({ type, name, description }) => ({
						name,
						value: type,
						...(description && { description }),
					})),
					default: 'other',
					description: 'Kind of reason, for the reports in Maileon',
				},
			],
		},
	],
};

/**
 * The reasons that an item gives.
 * @throws InputRefusal for a type that is none of the documented ones, for a message that is not text,
 *   and where an expression made no list of reasons
 */
export function readReasons(parameters: ItemParameters): Reason[] {
	return parameters.entries('reasons').map((entry, index) => {
		const type = entry.type === undefined ? 'other' : String(entry.type).trim();
		const known = REASON_TYPES.find((one) => one.type === type);
		if (!known)
			throw new InputRefusal(`Reason ${index + 1} has the unknown type "${type}".`, {
				description: `Use one of ${REASON_TYPES.map((one) => one.type).join(', ')}.`,
				field: 'reasons',
			});
		return { type, message: messageOf(entry.message, index) };
	});
}

function messageOf(message: unknown, index: number): string {
	return translatingErrors(
		() => toText(message ?? '').trim(),
		(error) =>
			error instanceof ValueRefusal
				? new InputRefusal(`Reason ${index + 1}: message ${error.message}.`, { field: 'reasons' })
				: error,
	);
}
