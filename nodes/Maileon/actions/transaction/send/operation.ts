import type { Entry } from '../../../maileon/batches';
import { LARGEST_BATCH } from '../../../maileon/transaction/transaction';
import { transactions } from '../../../maileon/endpoints/transactions';
import { Parameters } from '../../../input/parameters';
import { tellIgnoredKeys, type KeyTarget } from '../../../run/hints';
import type { Operation, RunContext } from '../../../run/operation';
import { perBatch, type BatchRun } from '../../../run/perBatch';
import { smallestBatchSize } from '../../shared/batchSize';
import { explainAll, explainEach, NotQueued } from './explain';
import { tellUnfilled } from './fillTransactionId';
import { BATCH_SIZE, properties } from './parameters';
import { planner, type Findings, type PlannedTransaction } from './plan';
import { sendTransactions } from './send';

/** Sends transactions: all input items, folded into few requests. */
export const sendTransaction: Operation = {
	resource: 'transaction',
	value: 'send',
	name: 'Send',
	action: 'Send transaction',
	description:
		'Tell Maileon what happened to a contact, such as an order or a booking (contact event), one for each input item, to start the mailings and automations set up for it',
	builderHint:
		'Takes all input items together: use it without a loop. The contact has to exist unless "import" is on.',
	properties,
	endpoints: [transactions.send],
	run: perBatch(begin),
};

async function begin(
	context: RunContext,
): Promise<BatchRun<Entry<PlannedTransaction>, PlannedTransaction>> {
	const { node } = context;
	const parameters = new Parameters(node, context.properties, node.getInputData());
	const findings: Findings = { ignoredKeys: new Set(), typesWithoutId: new Set() };
	const plan = await planner(context, parameters, findings);

	return {
		limits: {
			size: smallestBatchSize(parameters, 'options', node.getInputData().length, BATCH_SIZE),
			bytes: LARGEST_BATCH,
		},
		check: plan,
		plan,
		write: (planned) => planned,
		send: async (batch, _text, client) => await sendTransactions(node, client, batch),
		explainEach,
		explainAll,
		itemOf: (error) => (error instanceof NotQueued ? error.refused[0]?.item : undefined),
		end: () => {
			tellIgnoredKeys(node, findings.ignoredKeys, ATTRIBUTES);
			tellUnfilled(node, findings.typesWithoutId);
		},
	};
}

const ATTRIBUTES: KeyTarget = {
	nothing: 'the transaction type has no attribute of',
	advice: 'Add the attribute to the type or map it manually.',
};
