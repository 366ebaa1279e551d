import type { INodeProperties } from 'n8n-workflow';

import { withBuilderHint } from '../../input/builderHint';
import { InputRefusal } from '../../input/refusal';
import { isRecord } from '../../maileon/records';
import type { ItemParameters } from '../../input/parameters';

interface Confirmation {
	/** What is lost, and that it has to be typed. */
	description: string;
	/** What a person types, as an example. */
	example: string;
	/** The label, where it is not a name that has to be typed. */
	displayName?: string;
}

const FOR_ALL_CONTACTS = 'This affects all contacts of the account and cannot be undone.';
const ONLY_TYPED = 'It has to be typed: an expression does not count.';

/** What a person has to type before something is done that many contacts lose data by. */
export function confirmation({
	description,
	example,
	displayName = 'Type the Name to Confirm',
}: Confirmation): INodeProperties {
	return withBuilderHint(
		{
			displayName,
			name: 'confirmation',
			type: 'string',
			required: true,
			noDataExpression: true,
			default: '',
			placeholder: `e.g. ${example}`,
			description: [description, ONLY_TYPED].join(' '),
		},
		'Leave it empty: a person has to type it in the editor.',
	);
}

/**
 * Goes on only when the name was typed in as confirmation. An expression does not count: whatever the
 * name of the thing is made of, only what the person typed can be hit.
 * @param words another name that may be typed instead, and what happens to whom
 * @throws InputRefusal for everything else
 */
export function expectConfirmation(
	parameters: ItemParameters,
	name: string,
	{ alias = name, consequence = FOR_ALL_CONTACTS }: { alias?: string; consequence?: string } = {},
): void {
	const typed = parameters.typedText('confirmation');
	if (typed === name || typed === alias) return;
	throw new InputRefusal(`"${parameters.label('confirmation')}" is not filled in correctly.`, {
		description: `Type "${alias}" there. ${consequence}`,
		field: 'confirmation',
	});
}

/**
 * The name that the editor shows for what was chosen from a list; undefined where it was not, or where
 * an expression decides what is chosen, so that the shown name may be that of something else.
 */
export function chosenName(parameters: ItemParameters, locator: string): string | undefined {
	if (!parameters.isTyped(locator)) return undefined;
	const chosen = parameters.raw(locator);
	if (!isRecord(chosen) || chosen.mode !== 'list') return undefined;
	const { cachedResultName } = chosen;
	return typeof cachedResultName === 'string' && cachedResultName !== ''
		? cachedResultName
		: undefined;
}
