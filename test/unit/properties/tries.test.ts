import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { createByEmail } from '../../../nodes/Maileon/actions/contact/createByEmail';
import { rememberedRuns } from '../../../nodes/Maileon/run/tries';
import { answerOf, failureOf, fakeClient, fakeNode, runAsN8n, runTry } from '../../support/fakeRun';
import { checkAsync } from '../../support/propertySettings';

type Answer = 'done' | 'refused' | 'unclear';

/** What each item's requests are answered, one after the other; the last answer is kept to. */
const script = fc.array(fc.constantFrom<Answer>('done', 'refused', 'unclear'), {
	minLength: 1,
	maxLength: 5,
});

const runs = fc.record({
	scripts: fc.array(fc.record({ contact: fc.nat({ max: 4 }), script }), {
		minLength: 1,
		maxLength: 7,
	}),
	continues: fc.boolean(),
	maxTries: fc.integer({ min: 2, max: 5 }),
	concurrency: fc.integer({ min: 1, max: 5 }),
});

const FIELDS = { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] };

let executions = 0;

test('no try sends again what was done or may have been done, nor what it would undo', async () => {
	await checkAsync(
		'tries of a run',
		fc.asyncProperty(runs, async ({ scripts, continues, maxTries, concurrency }) => {
			executions += 1;
			const sent = scripts.map((): Answer[] => []);
			const acted = new Map<number, number>();
			const client = fakeClient(async (request) => {
				await new Promise((resolve) => setImmediate(resolve));
				const item = Number(request.query?.find(([name]) => name === 'src')?.[1]);
				const answers = scripts[item]?.script ?? [];
				const soFar = sent[item] ?? [];
				const answer = answers[Math.min(soFar.length, answers.length - 1)] ?? 'done';
				soFar.push(answer);
				const contact = scripts[item]?.contact ?? 0;
				expect(acted.get(contact) ?? -1).toBeLessThan(item);
				if (answer !== 'refused') acted.set(contact, item);
				if (answer === 'done') return answerOf('<id>7</id>');
				throw failureOf(request, answer === 'refused' ? 400 : 500, answer);
			});
			const node = fakeNode({
				items: scripts.map(({ contact }, index) => ({ json: { contact, index } })),
				parameters: {
					email: ({ contact }: IDataObject) => `${String(contact)}@example.com`,
					contactFields: FIELDS,
					options: ({ index }: IDataObject) => ({ source: index, concurrency }),
				},
				continues,
				executionId: `property ${executions}`,
				settings: { retryOnFail: true, maxTries },
			});
			const { tries, rows } = await runAsN8n(
				maxTries,
				async () => await runTry(createByEmail, node, client),
			);

			expect(rememberedRuns()).toBe(0);
			for (const answers of sent) {
				expect(answers.slice(0, -1).every((answer) => answer === 'refused')).toBe(true);
				expect(answers.length).toBeLessThanOrEqual(tries);
			}
			if (!rows) return;
			expect(rows).toHaveLength(scripts.length);
			for (const [item, { json, pairedItem }] of rows.entries()) {
				expect(pairedItem).toEqual({ item });
				expect(json.error === undefined).toBe(sent[item]?.at(-1) === 'done');
			}
		}),
		1_000,
	);
}, 120_000);
