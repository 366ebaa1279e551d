import type { IDataObject, INode } from 'n8n-workflow';

import { holdClock, links, runNode, type OnError } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { ON_ERROR } from '../../support/maileon';
import { mailingById } from '../../support/mailingParts';
import { operationTests } from '../../support/operations';

const { sandbox, credentials, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
afterAll(() => clock.release());

const SETTINGS: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

async function runTries(
	operation: string,
	parameters: IDataObject,
	items: IDataObject[],
	onError: OnError,
) {
	return await runNode({
		node: {
			type: 'maileonMailing',
			parameters: { resource: 'mailing', operation, ...parameters },
			onError,
			settings: SETTINGS,
		},
		items,
		credentials: credentials(),
	});
}

/** How often a request was sent. */
const sendings = (line: RegExp) =>
	wire().filter(([method, url]) => line.test(`${method} ${url}`)).length;
const named = (name: RegExp) =>
	[...sandbox().account.mailings.values()].filter((mailing) => name.test(mailing.name));

/** The items that failed, from whichever branch. */
function failed({ main, errors }: Awaited<ReturnType<typeof runTries>>) {
	return links([...main, ...errors].filter(({ json }) => json.error !== undefined)).flat();
}

const CREATE = {
	name: '={{ $json.name }}',
	subject: 'Spring is here',
	content: { text: 'x' },
	targetGroup: { __rl: true, mode: 'id', value: '={{ $json.group }}' },
};
const ITEMS = [
	{ name: 'First', group: '99' },
	{ name: 'Second', group: '2' },
];

describe.each(ON_ERROR)('%s', (onError) => {
	const stops = onError === 'stopWorkflow';

	it.each(['keep', 'delete'])(
		'makes no second draft where a step failed (%s the draft)',
		async (ifStepFails) => {
			const result = await runTries(
				'create',
				{ ...CREATE, options: { ifStepFails } },
				ITEMS,
				onError,
			);
			expect(sendings(/^POST .*\?name=First/)).toBe(1);
			expect(sendings(/^POST .*\?name=Second/)).toBe(stops ? 0 : 1);
			expect(named(/^First$/)).toHaveLength(ifStepFails === 'keep' ? 1 : 0);
			if (stops) {
				expect(result.error?.message).toContain('its target group could not be set: Maileon did');
			} else {
				expect(named(/^Second$/)).toMatchObject([{ targetGroupId: 2, text: 'x' }]);
				expect(failed(result)).toEqual([0]);
			}
		},
	);

	it('makes no second draft where it is not known whether there is one', async () => {
		sandbox().fail({ method: 'POST', path: '/mailings', breakConnection: 'after', times: 1 });
		const options = { retries: 0, concurrency: 1 };
		await runTries('create', { ...CREATE, options }, ITEMS.slice(0, 1), onError);
		expect(sendings(/^POST .*\?name=First/)).toBe(1);
		expect(named(/^First$/)).toHaveLength(1);
	});

	it('creates again what Maileon refused to create', async () => {
		await runTries('create', { ...CREATE, name: 'Spring sale' }, [{ group: '2' }], onError);
		expect(sendings(/^POST .*\?name=Spring/)).toBe(3);
		expect(named(/^Spring sale$/)).toHaveLength(1);
	});

	it('makes no second copy where a step failed', async () => {
		const { targetGroup } = CREATE;
		await runTries('copy', { mailing: mailingById(21), targetGroup }, ITEMS.slice(0, 1), onError);
		expect(sendings(/^POST .*\/copy$/)).toBe(1);
		expect(named(/Copy/)).toHaveLength(1);
	});

	it('makes no second copy where it is not known whether there is one', async () => {
		sandbox().fail({ method: 'POST', path: /copy$/, breakConnection: 'after', times: 1 });
		await runTries('copy', { mailing: mailingById(21) }, [{}], onError);
		expect(sendings(/^POST .*\/copy$/)).toBe(1);
		expect(named(/Copy/)).toHaveLength(1);
	});

	it('updates again what Maileon refused, with what was done before it', async () => {
		sandbox().fail({ method: 'POST', path: /targetgroupid$/, status: 400, times: 2 });
		const { content, targetGroup } = CREATE;
		const result = await runTries(
			'update',
			{ mailing: mailingById(22), content, targetGroup },
			ITEMS.slice(1),
			onError,
		);
		expect(sendings(/^POST .*\/contents\/text$/)).toBe(3);
		expect(failed(result)).toEqual([]);
		expect(sandbox().account.mailings.get(22)).toMatchObject({ targetGroupId: 2, text: 'x' });
	});
});
