/**
 * What a run tells the person besides its items: hints in the output panel, and the log.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

const MOST_NAMED = 20;

/** Names the input keys that were not sent to Maileon, since no field has their name. */
export function tellIgnoredKeys(node: IExecuteFunctions, keys?: ReadonlySet<string>): void {
	if (!keys || keys.size === 0) return;
	const named = [...keys].slice(0, MOST_NAMED).map((key) => `"${key}"`);
	const more = keys.size > MOST_NAMED ? ` and ${keys.size - MOST_NAMED} more` : '';
	tell(
		node,
		`Not sent to Maileon, since no contact field has this name: ${named.join(', ')}${more}. Create the field in Maileon or map it manually.`,
	);
}

/** Shows a warning beside the output, and writes it to the log. */
export function tell(node: IExecuteFunctions, message: string): void {
	node.logger.warn(`${node.getNode().name}: ${message}`);
	node.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
