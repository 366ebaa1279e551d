import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const workflow = readExample('morning-figures.json');

it('makes a line of text of the figures of each mailing', async () => {
	const { recipients } = sandbox();
	recipients.seedContacts(8);
	recipients.send(21);
	for (const index of [1, 2, 3, 4])
		recipients.act('opens', { email: `seed-${index}@example.com` }, {});
	recipients.act('clicks', { email: 'seed-1@example.com' }, {});

	const { nodes, error } = await runWorkflow(workflow, {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});

	expect(error).toBeUndefined();
	const texts = rows(nodes.Post?.main ?? []).map(({ text }) => text);
	expect(texts).toContain(
		'Mailing 21: 8 recipients, 50.0 % opened, 12.5 % clicked, 0.0 % unsubscribed.',
	);
});
