import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const workflow = readExample('clicks-into-a-sheet.json');
const HOUR = 60 * 60 * 1_000;

it('makes a row of each click of yesterday, and of no other', async () => {
	const [ada] = sandbox().recipients.seedContacts(1);
	if (!ada) throw new Error('There is no contact');
	const query = () => new URLSearchParams(sandbox().requests[0]?.rawUrl.split('?')[1]);
	const run = async () =>
		await runWorkflow(workflow, { credentials: credentials(), nodeTypes: nodesOfExamples });

	expect((await run()).error).toBeUndefined();
	const [from, to] = [Number(query().get('from_date')), Number(query().get('to_date'))];
	expect([23, 24, 25]).toContain((to - from) / HOUR);
	for (const at of [from - 1, from, to - 1, to])
		sandbox().recipients.record('clicks', [{ contactId: ada.id, mailingId: 21, at }]);

	const { nodes, error } = await run();
	expect(error).toBeUndefined();
	const found = rows(nodes['Append to Sheet']?.main ?? []);
	expect(found).toHaveLength(2);
	expect(found[0]).toEqual({
		Time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
		Email: 'seed-1@example.com',
		Customer: 'S-1',
		Mailing: 21,
		Link: expect.stringMatching(/^https:/),
		Device: expect.any(String),
	});
});
