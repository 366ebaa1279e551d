import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const workflow = readExample('nightly-clean-up.json');
const DAY = 24 * 60 * 60 * 1_000;

function addContact(
	email: string,
	standardFields: Record<string, string>,
	state: { updated?: Date; isBlocked?: boolean } = {},
) {
	const { contacts } = sandbox().account;
	const updated = state.updated ?? new Date();
	const contact = contacts.create(updated);
	contacts.setEmail(contact, email);
	Object.assign(contact, {
		permission: 4,
		standardFields,
		block: state.isBlocked ? { reason: 'blacklist', since: updated } : null,
	});
	return contact;
}

it('unsubscribes blocked contacts and completes the names of the others', async () => {
	const blocked = addContact('gone@example.com', { FIRSTNAME: 'Gone' }, { isBlocked: true });
	const ada = addContact('ada@example.com', { FIRSTNAME: 'Ada', LASTNAME: 'Lovelace' });
	const complete = addContact('bob@example.com', { FIRSTNAME: 'Bob', FULLNAME: 'Bob B.' });
	const nameless = addContact('x@example.com', {});
	const lastWeek = new Date(Date.now() - 7 * DAY);
	const old = addContact('old@example.com', { FIRSTNAME: 'Old' }, { updated: lastWeek });

	const { nodes, error } = await runWorkflow(workflow, {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});

	expect(error).toBeUndefined();
	expect(rows(nodes.Unsubscribe?.main ?? [])).toEqual([{ unsubscribed: true, id: blocked.id }]);
	expect(rows(nodes['Add Full Name']?.main ?? [])).toEqual([{ success: true, id: ada.id }]);
	expect(blocked.anonymous).toBe(true);
	expect(blocked.unsubscriptionReasons).toEqual(['technical_reasons']);
	expect(ada.standardFields.FULLNAME).toBe('Ada Lovelace');
	expect(complete.standardFields.FULLNAME).toBe('Bob B.');
	expect(nameless.standardFields).toEqual({});
	expect(old.standardFields).toEqual({ FIRSTNAME: 'Old' });
});

it('finds nothing to do in an account where nothing changed', async () => {
	const { nodes, error } = await runWorkflow(workflow, {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});
	expect(error).toBeUndefined();
	expect(nodes['Get Updated Contacts']?.main).toEqual([]);
	expect(sandbox().requests.map(({ method }) => method)).toEqual(['GET']);
});
