import { openPoll, runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const TRIGGER = 'Somebody Clicked';
const workflow = readExample('click-tells-sales.json');
const START = Date.UTC(2026, 2, 4, 9);

it('tells sales once of each known person who clicks', async () => {
	sandbox().setClock({ at: START });
	const [ada, bob] = sandbox().recipients.seedContacts(2);
	if (!ada || !bob) throw new Error('There are no contacts');
	Object.assign(ada, { standardFields: { FIRSTNAME: 'Ada', LASTNAME: 'Lovelace' } });
	Object.assign(bob, { standardFields: {} });
	const node = workflow.nodes.find(({ name }) => name === TRIGGER);
	const session = await openPoll({
		parameters: { ...node?.parameters },
		credentials: credentials(),
	});
	expect(await session.poll(START)).toMatchObject({ items: null });
	const click = (contactId: number, seconds: number, tracked = true) =>
		sandbox().recipients.record('clicks', [
			{ contactId, mailingId: 21, at: START + seconds * 1_000, tracked },
		]);
	click(ada.id, 1);
	click(bob.id, 2);
	click(bob.id, 3, false);
	const { items } = await session.poll(START + 5 * 60_000);

	const { nodes, error } = await runWorkflow(workflow, {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
		pinned: { [TRIGGER]: items ?? [] },
	});

	expect(error).toBeUndefined();
	expect(rows(nodes['Tell Sales']?.main ?? [])).toEqual([
		{
			customer: 'S-1',
			text: expect.stringMatching(/^Ada Lovelace clicked https:\S+ in mailing 21\.$/),
		},
		{ customer: 'S-2', text: expect.stringMatching(/^seed-2@example\.com clicked /) },
	]);
	expect(await session.poll(START + 6 * 60_000)).toMatchObject({ items: null });
});
