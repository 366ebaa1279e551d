import type { IExecuteFunctions } from 'n8n-workflow';

import { contacts } from '../../../maileon/endpoints/contacts';
import { CONTACTS_FRAME } from '../../../maileon/xml/write';
import { Parameters } from '../../../input/parameters';
import { tell, tellIgnoredKeys } from '../../../run/hints';
import type { Operation, RunContext } from '../../../run/operation';
import { perBatch, type BatchRun } from '../../../run/perBatch';
import { smallestBatchSize } from '../../shared/batchSize';
import { fewestParallelRequests } from '../../shared/parallelRequests';
import { explainBatch, explainContacts, hintsOf, itemOfRefusal } from './explain';
import { BATCH_SIZE, GroupsOfItems, properties } from './parameters';
import {
	sendable,
	sendableIdentifiers,
	sourcesOfItems,
	writtenContact,
	type Planned,
	type Sendable,
} from './plan';
import { sendContacts } from './send';

const LARGEST_BODY = 8 * 1024 * 1024;
const FRAME_BYTES = Buffer.byteLength(CONTACTS_FRAME.start + CONTACTS_FRAME.end);

/** Creates and updates many contacts in few requests. */
export const synchronize: Operation = {
	resource: 'contact',
	value: 'synchronize',
	name: 'Synchronize',
	action: 'Synchronize a list of contacts',
	description:
		'Create and update many contacts at once, such as a list or an import: all input items, or JSON lists, travel in few requests, and a report says what happened',
	builderHint:
		'Takes all input items together: use it without a loop, and for lists instead of the operations for one contact.',
	properties,
	endpoints: [contacts.synchronize],
	run: perBatch(begin),
};

async function begin(context: RunContext): Promise<BatchRun<Planned, Sendable>> {
	const { node } = context;
	const parameters = new Parameters(node, context.properties, node.getInputData());
	const groups = new GroupsOfItems(parameters);
	const sources = await sourcesOfItems(context, parameters);
	const itemCount = node.getInputData().length;
	const hasErrorBranch = node.getNode().onError === 'continueErrorOutput';
	let planned = 0;

	return {
		limits: {
			size: smallestBatchSize(parameters, 'options', itemCount, BATCH_SIZE),
			bytes: LARGEST_BODY - FRAME_BYTES,
		},
		parallelRequests: fewestParallelRequests(parameters, 'options', itemCount),
		check(item) {
			const { settings } = groups.of(item);
			sources.of(item).check(item, (identifiers, name) => {
				sendableIdentifiers(identifiers, settings, name);
			});
		},
		plan(item) {
			const group = groups.of(item);
			const source = sources.of(item);
			const groupName = source.ownRequests ? `${item} ${group.name}` : group.name;
			const list = source.read(
				item,
				(contact, name): Planned => ({
					contact: sendable(contact, group.settings, name),
					group,
					groupName,
				}),
			);
			planned += list.length;
			return list;
		},
		write: ({ contact, group, groupName }) => writtenContact(contact, group, groupName),
		textFrame: CONTACTS_FRAME,
		send: async (batch, xml, client) => {
			const { request, output } = batch[0]?.payload.group ?? groups.of(0);
			return await sendContacts(client, batch, xml, {
				...request,
				output,
				refusedLeaveByErrorBranch: hasErrorBranch,
				ignoredKeysOf: (item) => sources.of(item).ignoredKeysOf(item),
			});
		},
		explainEach: explainContacts,
		explainAll: (batch, error, done) => explainBatch(batch, error, done, itemCount),
		itemOf: itemOfRefusal,
		end: (tally) => {
			for (const hint of hintsOf(tally, groups.outputs, hasErrorBranch)) tell(node, hint);
			tellIgnoredKeys(node, sources.ignoredKeys);
			tellNothingSent(node, planned);
		},
	};
}

function tellNothingSent(node: IExecuteFunctions, planned: number): void {
	if (planned === 0 && node.getInputData().length > 0)
		tell(node, 'There was no contact to send, so no request was made.');
}
