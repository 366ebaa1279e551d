import { doOnce } from '../../run/once';
import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { optionsCollection } from '../../input/optionsCollection';
import { Parameters } from '../../input/parameters';
import { changed } from '../../run/perRequest';
import { confirmation, expectConfirmation } from '../shared/confirmation';
import { readRequestOptions, timeout } from '../shared/requests';

const CONFIRMATION = 'DELETE ALL CONTACTS';

/**
 * Deletes every contact of the account ("Delete All Contacts"): once a run, however many items come in,
 * and never repeated, since contacts may have been created in between.
 */
export const deleteAllContacts: Operation = {
	resource: 'contact',
	value: 'deleteAll',
	name: 'Delete All',
	action: 'Delete all contacts',
	description:
		'Delete ALL contacts of the account with all of their data, once a run; nothing brings them back',
	notForAgents: true,
	properties: [
		confirmation({
			displayName: `Type ${CONFIRMATION} to Confirm`,
			description: 'Every contact of the account is deleted with all of its data.',
			example: CONFIRMATION,
		}),
		optionsCollection([timeout]),
	],
	endpoints: [contacts.deleteAll],
	run: async ({ node, client, properties, tries }) => {
		const parameters = new Parameters(node, properties).ofItem(0);
		expectConfirmation(parameters, CONFIRMATION);
		const request = {
			...contacts.deleteAll.request({}, [['authorized', 'yes']]),
			timeout: readRequestOptions(parameters.within('options')).timeout,
		};
		const rows = changed(request, { deleted: true, all: true });
		const pairedItem = node.getInputData().map((_, item) => ({ item }));
		const deleted = await doOnce({ client, tries }, async (watched) =>
			rows(await watched.send(request)),
		);
		return deleted.map((json) => ({ json, pairedItem }));
	},
};
