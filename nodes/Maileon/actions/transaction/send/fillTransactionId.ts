/**
 * Transaction IDs made of the execution: the same whenever n8n runs it again, and no other's.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import { TRANSACTION_ID } from '../../../maileon/transaction/transaction';
import type { AttributeDefinition } from '../../../maileon/transaction/transactionType';
import type { Content } from '../../../input/content';
import { InputRefusal } from '../../../input/refusal';
import { tell } from '../../../run/hints';

/**
 * What makes the ID of an item, such as `1234-2f1c6a58-…-0-17`: execution, node, run of the node, item. Names of
 * nodes can hold what does not go into a path, and can change; their IDs do not.
 * @returns what throws an InputRefusal where n8n gives the run no execution ID
 */
export function transactionIds(node: IExecuteFunctions): (item: number) => string {
	let start: string | undefined;
	return (item) => {
		start ??= startOf(node);
		return `${start}-${item}`;
	};
}

function startOf(node: IExecuteFunctions): string {
	const execution = node.getExecutionId();
	if (!execution)
		throw new InputRefusal('n8n gives this run no execution ID to make transaction IDs of', {
			description: 'Turn Fill Transaction ID off, or save the workflow and run it again.',
			field: 'fillTransactionId',
		});
	return [execution, node.getNode().id, String(node.getWorkflowDataProxy(0).$runIndex)].join('-');
}

/** Whether an ID can be filled in: only text, and only where the type is not known to lack it. */
export function takesTransactionId(attributes?: readonly AttributeDefinition[]): boolean {
	return (
		attributes === undefined ||
		attributes.some(({ name, type }) => name === TRANSACTION_ID && type === 'string')
	);
}

/** The content with the ID, unless it brings one. */
export function withTransactionId(content: Content, id: string): Content {
	const { [TRANSACTION_ID]: given } = content;
	const hasNone = given === undefined || given === null || given === '';
	return hasNone ? { ...content, [TRANSACTION_ID]: id } : content;
}

/** Tells of the types whose transactions got no ID although one was to be filled in. */
export function tellUnfilled(node: IExecuteFunctions, types: ReadonlySet<string>): void {
	if (types.size === 0) return;
	const [noun, verb] = types.size === 1 ? ['type', 'has'] : ['types', 'have'];
	tell(
		node,
		`No transaction ID was filled in for the transaction ${noun} ${[...types].join(', ')}, which ${verb} no attribute ${TRANSACTION_ID} for text. Add the attribute to the ${noun} in Maileon, then choose the type in the node again.`,
	);
}
