import { answerOf } from '../../../support/fakeRun';
import { runItems } from '../../../support/runItems';

describe('the revenue', () => {
	it.each<[string, object]>([
		['<revenue> 12.5 </revenue>', { revenue: 12.5 }],
		['12.5', { revenue: 12.5 }],
		['"12.5"', { revenue: 12.5 }],
		['<revenue><sum>5</sum></revenue>', { revenue: null, answer: { sum: '5' } }],
	])('is read of %j', async (answer, row) => {
		const { output } = await runItems('report.getRevenue', {}, () => answerOf(answer));
		expect(output).toEqual([row]);
	});

	it('is read of text, too', async () => {
		const { output } = await runItems('report.getRevenue', {}, () => ({
			...answerOf(''),
			answer: { kind: 'text', text: ' 12.5\n' },
		}));
		expect(output).toEqual([{ revenue: 12.5 }]);
	});

	it.each(['', '{}', '[]', 'null', 'none'])('is not %j', async (answer) => {
		const { errors } = await runItems('report.getRevenue', {}, () => answerOf(answer));
		expect(errors).toMatchObject([
			{
				message: 'Unexpected response from Maileon.',
				description: expect.stringContaining('It holds no number.') as string,
			},
		]);
	});
});

describe('a list of events', () => {
	const page = (items?: string) => ({
		...answerOf('<opens><open><mailing_id>21</mailing_id></open></opens>'),
		headers: { 'x-pages': '2', ...(items && { 'x-items': items }) },
	});
	const readWith = async (items: (pageIndex: number) => string | undefined) =>
		await runItems(
			'report.getOpens',
			{ returnAll: true },
			({ query = [] }) => {
				const [, index] = query.find(([name]) => name === 'page_index') ?? [];
				return page(items(Number(index)));
			},
			[{}, {}],
		);

	it('that changes while it is read is told once, for all items', async () => {
		const { output, hints } = await readWith(String);
		expect(output).toHaveLength(4);
		expect(hints).toEqual([expect.stringMatching(/^The report changed while it was read/)]);
	});

	it.each<[string, (index: number) => string | undefined]>([
		['as long as it was', () => '2'],
		['told the length of once', (index) => (index === 1 ? '2' : undefined)],
		['never told the length of', () => undefined],
	])('that is %s is not told', async (_what, items) => {
		const { output, hints } = await readWith(items);
		expect(output).toHaveLength(4);
		expect(hints).toEqual([]);
	});

	it('cannot be filtered once per contact by what Maileon does not document', async () => {
		const { errors, sent } = await runItems('report.getClicks', {
			unique: true,
			filters: { linkIds: '9001' },
		});
		expect(errors).toEqual([
			{
				message: 'Link IDs cannot be combined with Once per Contact.',
				description: 'Maileon does not document this filter for it. Take out one of the two.',
				field: 'linkIds',
			},
		]);
		expect(sent).toEqual([]);
	});
});
