import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { mailingIn } from '../support/mailingNode';
import { SENT } from '../support/mailings';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

it('makes a draft of the newsletter with a new name, subject and HTML, and tests it', async () => {
	const { name, subject, html } = mailingIn(sandbox(), SENT);
	Object.assign(mailingIn(sandbox(), SENT), {
		targetGroupId: 2,
		senderAlias: 'Example Shop, News',
	});

	const { nodes, error } = await runWorkflow(readExample('copy-last-months-newsletter.json'), {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});

	expect(error).toBeUndefined();
	const [row] = rows(nodes['Copy Newsletter']?.main ?? []);
	expect(row).toMatchObject({
		copied: true,
		source_id: SENT,
		name: expect.stringMatching(/^Newsletter \p{Lu}\p{Ll}+ \d{4}$/u) as string,
		updated: ['html', 'subject', 'name'],
	});
	const copy = mailingIn(sandbox(), Number(row?.id));
	const month = String(row?.name).split(' ')[1];
	expect(copy).toMatchObject({
		state: 'draft',
		name: row?.name,
		subject: `What is new in ${month}`,
		html: expect.stringContaining(`<h1>What is new in ${month}</h1>`) as string,
		targetGroupId: 2,
		senderAlias: 'Example Shop, News',
		schedule: null,
	});
	expect(mailingIn(sandbox(), SENT)).toMatchObject({ state: 'done', name, subject, html });
	expect(sandbox().mails).toMatchObject([
		{ kind: 'test', email: 'editor@example.com', subject: `What is new in ${month}` },
	]);
});
