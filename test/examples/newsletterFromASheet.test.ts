import { runWorkflow } from '../support/engine';
import { nodesOfExamples, readExample } from '../support/examples';
import { storeContacts } from '../support/mailingNode';
import { operationTests, rows } from '../support/operations';

const { sandbox, credentials } = operationTests();

const NAME = /^New this week \d{4}-\d\d-\d\d \d\d-\d\d$/;
const PRODUCTS = [
	'<h2><a href="LINK">Salt &amp; pepper mill</a></h2> <p>Grinds &lt; 2 mm. <strong>24.90 €</strong></p>',
	'<h2><a href="LINK">Tea pot</a></h2> <p>Keeps tea warm for two hours. <strong>39.00 €</strong></p>',
	'<h2><a href="LINK">Bread knife</a></h2> <p>Cuts the crispest crust. <strong>31.50 €</strong></p>',
];

async function runExample() {
	storeContacts(sandbox(), 'ada@example.com', 'bob@example.com');
	sandbox().variants.checkQuestions = 0;
	const before = new Set(sandbox().account.mailings.keys());
	const result = await runWorkflow(readExample('newsletter-from-a-sheet.json'), {
		credentials: credentials(),
		nodeTypes: nodesOfExamples,
	});
	const [made, ...others] = [...sandbox().account.mailings.values()].filter(
		({ id }) => !before.has(id),
	);
	expect(others).toEqual([]);
	if (!made) throw new Error('There is no newsletter');
	return { ...result, made };
}

const mails = () => sandbox().mails.map(({ kind, email }) => [kind, email]);

it('makes a newsletter of the rows, has it tested and approved, and schedules it', async () => {
	const { nodes, error, made } = await runExample();

	expect(error).toBeUndefined();
	expect(made).toMatchObject({
		name: expect.stringMatching(NAME) as string,
		subject: 'Salt & pepper mill, and what else is new this week',
		previewText: 'Salt & pepper mill, Tea pot, Bread knife',
		type: 'regular',
		editor: 'cms1',
		template: 'default folder/Newsletter',
		targetGroupId: 2,
		tags: ['newsletter', 'new this week'],
		schedule: { hours: '09', minutes: '00', state: 'scheduled', contentChanged: false },
	});
	const html = made.html.replace(/\s+/g, ' ').replace(/href="[^"]*"/g, 'href="LINK"');
	expect(html).toContain(`<h1>New this week</h1> ${PRODUCTS.join(' ')} <p>Example Shop`);
	expect(made.links.map(({ url }) => url)).toEqual([
		'https://shop.example.com/mill',
		'https://shop.example.com/pot',
		'https://shop.example.com/knife',
	]);
	expect(mails()).toEqual([
		['test', 'editor@example.com'],
		['approval', 'ada@example.com'],
		['approval', 'bob@example.com'],
	]);
	expect(rows(nodes['Request Approval']?.main ?? [])).toMatchObject([
		{ id: made.id, result: { state: 'success' } },
	]);
	expect(rows(nodes['Schedule for Tomorrow']?.main ?? [])).toMatchObject([
		{ id: made.id, scheduled: true },
	]);
	expect(nodes['Tell the Editor']).toBeUndefined();
});

it('leaves a draft that is not approved, and tells the editor', async () => {
	sandbox().variants.checkState = 'warning';
	const { nodes, error, made } = await runExample();

	expect(error).toBeUndefined();
	expect(made).toMatchObject({ state: 'draft', schedule: null });
	expect(nodes['Schedule for Tomorrow']).toBeUndefined();
	expect(rows(nodes['Tell the Editor']?.main ?? [])).toMatchObject([
		{ id: made.id, result: { state: 'warning' } },
	]);
});
