/**
 * Which mailing an item names.
 */
import type { INodeProperties } from 'n8n-workflow';

import type { MailingReference } from '../maileon/mailing/mailings';
import { withBuilderHint } from './builderHint';
import { listLocator } from './listLocator';
import type { ItemParameters } from './parameters';
import { InputRefusal } from './refusal';
import { MAILING_SEARCH } from './report/mailing';

/** The mailing that an operation is about. */
export function mailingLocator(
	description: string,
	{ name = 'mailing', displayName = 'Mailing' } = {},
): INodeProperties {
	const locator = listLocator({
		displayName,
		name,
		description,
		searchListMethod: MAILING_SEARCH,
		otherwise: { id: '501', name: 'Spring sale' },
	});
	return withBuilderHint(
		locator,
		'For a mailing that an earlier node made: { __rl: true, mode: "id", value: expr("{{ $json.id }}") }.',
	);
}

/**
 * The mailing that the locator of an item points to. Where an expression stands for the whole locator, a
 * number is an ID and everything else a name.
 * @throws InputRefusal when it is empty, or no number where an ID is asked for
 */
export function readMailingReference(
	parameters: ItemParameters,
	parameter = 'mailing',
): MailingReference {
	const { mode, value } = parameters.locator(parameter);
	const text = value.trim();
	if (mode !== 'name' && /^\d+$/.test(text)) return { id: text.replace(/^0+(?=\d)/, '') };
	if (mode === 'name' || mode === '') return { name: text };
	throw new InputRefusal(`${parameters.label(parameter)} must be a number, but is "${text}".`, {
		description:
			'Choose the mailing from the list, fill in the ID that Maileon shows for it, or choose By Name.',
		field: parameter,
	});
}
