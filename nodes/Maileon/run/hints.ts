/**
 * What a run tells the person besides its items: hints in the output panel, and the log.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

const MOST_NAMED = 20;

/** What input keys are matched with, and what helps where nothing has their name. */
export interface KeyTarget {
	nothing: string;
	advice: string;
}

const CONTACT_FIELDS: KeyTarget = {
	nothing: 'no contact field has',
	advice: 'Create the field in Maileon or map it manually.',
};

/** Names the input keys that were not sent to Maileon because nothing there has their name. */
export function tellIgnoredKeys(
	node: IExecuteFunctions,
	keys?: ReadonlySet<string>,
	{ nothing, advice }: KeyTarget = CONTACT_FIELDS,
): void {
	if (!keys || keys.size === 0) return;
	const named = [...keys].slice(0, MOST_NAMED).map((key) => `"${key}"`);
	const more = keys.size > MOST_NAMED ? ` and ${keys.size - MOST_NAMED} more` : '';
	tell(
		node,
		`Not sent to Maileon because ${nothing} this name: ${named.join(', ')}${more}. ${advice}`,
	);
}

/** Shows a warning beside the output, and writes it to the log. */
export function tell(node: IExecuteFunctions, message: string): void {
	node.logger.warn(`${node.getNode().name}: ${message}`);
	node.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
