import type { IDataObject } from 'n8n-workflow';

import { holdClock, links } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { mailingById } from '../../support/mailingParts';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
afterAll(() => clock.release());

const SENT = mailingById(21);
const COPIES = /^POST \/1\.0\/mailings\/21\/copy$/;

async function copy(parameters: IDataObject = {}, mailing: IDataObject = SENT) {
	return await run('mailing.copy', { mailing, ...parameters }, { onError: 'continueErrorOutput' });
}

const lines = () => wire().map(([method, url]) => `${method} ${url}`);
const copiesMade = () =>
	[...sandbox().account.mailings.values()].filter(({ id }) => id > 100 && id !== 501);
const copied = () => {
	const [made] = copiesMade();
	if (!made) throw new Error('There is no copy');
	return made;
};

it('makes a draft of a mailing that went out, and tells the name that Maileon gave it', async () => {
	const result = await copy();
	const { id } = copied();
	expect(lines()).toEqual(['POST /1.0/mailings/21/copy', `GET /1.0/mailings/${id}/name`]);
	expect(rows(result.main)).toEqual([
		{ copied: true, source_id: 21, id, name: 'Copy of Spring sale', updated: [] },
	]);
	expect(links(result.main)).toEqual([[0]]);
	expect(copied()).toMatchObject({ state: 'draft', subject: 'Spring is here' });
});

it('changes the copy, its name last, and leaves the original alone', async () => {
	const result = await copy(
		{
			newName: 'Spring sale 2027',
			subject: 'Spring again',
			customProperties: { property: [{ name: 'year', value: '2027' }] },
		},
		byName('Spring sale'),
	);
	const { id } = copied();
	expect(lines()).toEqual([
		'GET /1.0/mailings/name/Spring%20sale',
		'POST /1.0/mailings/21/copy',
		`POST /1.0/mailings/${id}/contents/subject`,
		`GET /1.0/mailings/${id}/settings/properties`,
		`POST /1.0/mailings/${id}/settings/properties`,
		`GET /1.0/mailings/${id}/settings/properties`,
		`POST /1.0/mailings/${id}/name`,
	]);
	expect(rows(result.main)).toEqual([
		{
			copied: true,
			source_id: 21,
			id,
			name: 'Spring sale 2027',
			updated: ['subject', 'property year', 'name'],
		},
	]);
	expect(copied()).toMatchObject({ name: 'Spring sale 2027', subject: 'Spring again' });
	expect(sandbox().account.mailings.get(21)).toMatchObject({
		name: 'Spring sale',
		subject: 'Spring is here',
		state: 'done',
	});
});

it('is done where the name of the copy cannot be read', async () => {
	sandbox().fail({ method: 'GET', path: /name$/, status: 500, times: 9 });
	const result = await copy();
	expect(rows(result.main)).toEqual([
		{ copied: true, source_id: 21, id: copied().id, updated: [] },
	]);
});

it.each([201, 200] as const)('takes the status %i', async (copyStatus) => {
	sandbox().variants.copyStatus = copyStatus;
	expect(rows((await copy()).main)).toMatchObject([{ copied: true }]);
});

it.each(['before', 'after'] as const)(
	'is never repeated where the answer got lost (%s Maileon acts)',
	async (breakConnection) => {
		sandbox().fail({ method: 'POST', path: /copy$/, breakConnection, times: 1 });
		const result = await copy({ newName: 'Spring sale 2027', subject: 'New' });
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: 'The connection to Maileon was lost before the response was complete.',
					description: expect.stringContaining(
						'Look in Maileon whether there is a copy. If so, run Update on it for the rest.',
					) as string,
					mailing: { name: 'Spring sale 2027' },
					done: [],
					not_done: ['copied', 'subject', 'name'],
				},
			},
		]);
		expect(lines().filter((line) => COPIES.test(line))).toHaveLength(1);
		expect(copiesMade()).toHaveLength(breakConnection === 'after' ? 1 : 0);
	},
);

it.each([
	['keep', 1],
	['delete', 0],
] as const)('tells of a step that fails, and does %s the draft', async (ifStepFails, left) => {
	const result = await copy({
		newName: 'Ticket received',
		subject: 'New',
		options: { ifStepFails },
	});
	const { error } = rows(result.errors)[0] as { error: { message: string } };
	expect(error.message).toMatch(
		left === 1
			? /^The mailing 21 was copied to the mailing \d+, but its name could not be set: .* exists already\.$/
			: /^The mailing 21 was copied to the mailing \d+ and deleted again, since its name could not be set: /,
	);
	expect(error).toMatchObject(
		left === 1
			? { done: ['subject'], not_done: ['name'] }
			: { done: [], not_done: ['copied', 'subject', 'name'] },
	);
	expect(copiesMade()).toHaveLength(left);
});

it('says in words that there is no such mailing', async () => {
	const result = await copy({}, mailingById(999));
	expect(rows(result.errors)).toMatchObject([
		{ error: { message: 'Maileon did not find the mailing with ID 999.', http_status: 404 } },
	]);
});

it('refuses a name that Maileon cannot take before anything is sent', async () => {
	const result = await copy({ newName: 'ab' });
	expect(rows(result.errors)).toMatchObject([
		{ error: { message: 'New Name must have 3 to 64 characters, but "ab" has 2.' } },
	]);
	expect(wire()).toEqual([]);
});
