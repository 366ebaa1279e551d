import type { IDataObject } from 'n8n-workflow';

import { holdClock } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { byId, mailingIn } from '../../support/mailingNode';
import { DRAFT, TRIGGER } from '../../support/mailings';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
beforeEach(() => {
	clock.pauses.length = 0;
});
afterAll(() => clock.release());

/** A trigger or DOI mailing that does not work yet. */
const added = (type: 'trigger' | 'doi') =>
	sandbox().account.addMailing({ name: 'New one', type }).id;
const activate = async (id: number, parameters: IDataObject = {}) =>
	await run('mailing.activate', { mailing: byId(id), ...parameters });
const changes = () => wire().filter(([method]) => method !== 'GET');
const stateOf = (id: number) => mailingIn(sandbox(), id).state;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const BY_EVENT = { dispatching: 'event', transactionType: byId(42) };

describe('a trigger mailing', () => {
	it('gets its dispatching, and works', async () => {
		const id = added('trigger');
		const result = await activate(id, BY_EVENT);
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toEqual([
			{ id, activated: true, dispatching_set: true, state: 'released' },
		]);
		const path = `/1.0/mailings/${id}`;
		expect(wire()).toEqual([
			['GET', `${path}/state`],
			['GET', `${path}/type`],
			[
				'PUT',
				`${path}/dispatching`,
				`${DECLARATION}<dispatch_options><type>SINGLE</type><event>42</event><start_trigger>false</start_trigger></dispatch_options>`,
			],
			['POST', `${path}/dispatching/activate`],
			['GET', `${path}/state`],
		]);
	});

	it('finds the transaction type by its name', async () => {
		const id = added('trigger');
		await activate(id, { dispatching: 'event', transactionType: byName('support_ticket') });
		expect(mailingIn(sandbox(), id).dispatching?.event).toBe('43');
	});

	it('says which transaction type there is none of', async () => {
		const id = added('trigger');
		const parameters = { dispatching: 'event', transactionType: byName('no_such_type') };
		const result = await activate(id, parameters);
		expect(result.error?.message).toBe('Maileon did not find the transaction type "no_such_type".');
		expect(changes()).toEqual([]);
	});

	it.each<[string, IDataObject, IDataObject]>([
		[
			'to the contacts of an event',
			{ dispatching: 'contactsOfEvent', transactionType: byId(42), interval: 'HOUR', minutes: 15 },
			{ type: 'MULTI', target: 'EVENT', event: '42', interval: 'HOUR', minutes: 15, hours: null },
		],
		[
			'to the contacts of a filter',
			{
				dispatching: 'contactFilter',
				contactFilter: byId(2),
				interval: 'WEEK',
				dayOfWeek: 2,
				hours: 6,
				dispatchingSettings: { speedLevel: 'HIGH', deliveryLimit: 2, deliveryLimitUnit: 'week' },
			},
			{
				type: 'MULTI',
				target: 'CONTACTFILTER',
				contactFilterId: 2,
				interval: 'WEEK',
				dayOfWeek: 2,
				dayOfMonth: null,
				hours: 6,
				minutes: 0,
				speedLevel: 'HIGH',
				deliveryLimit: 2,
				deliveryLimitUnit: 'week',
			},
		],
		[
			'with news of a feed',
			{
				dispatching: 'feed',
				contactFilter: byId(2),
				interval: 'MONTH',
				dayOfMonth: 31,
				feedUrl: ' https://shop.example.com/rss?a=1&b=2 ',
				feedSettings: {
					uniqueFeature: 'link',
					orderBy: 'title',
					ascending: false,
					minNewEntries: 3,
				},
			},
			{
				target: 'RSS',
				interval: 'MONTH',
				dayOfMonth: 31,
				hours: 9,
				rssFeedUrl: 'https://shop.example.com/rss?a=1&b=2',
				rssUniqueFeature: 'link',
				rssOrderBy: 'title',
				rssOrderAsc: false,
				rssMinNewEntries: 3,
			},
		],
	])('sends mass mails %s', async (_what, parameters, dispatching) => {
		const id = added('trigger');
		const result = await activate(id, parameters);
		expect(result.error).toBeUndefined();
		expect(mailingIn(sandbox(), id).dispatching).toMatchObject(dispatching);
		expect(stateOf(id)).toBe('released');
	});

	it('keeps the dispatching that it has', async () => {
		mailingIn(sandbox(), TRIGGER).state = 'draft';
		const result = await activate(TRIGGER);
		expect(rows(result.main)).toMatchObject([{ dispatching_set: false, state: 'released' }]);
		expect(changes()).toEqual([['POST', '/1.0/mailings/31/dispatching/activate']]);
	});

	it('without any is refused in words', async () => {
		const id = added('trigger');
		expect((await activate(id)).error?.message).toBe(
			`The mailing with ID ${id} has no dispatching: nothing makes it send.`,
		);
		expect(changes()).toEqual([]);
	});

	it('whose dispatching was set says so when it is not activated', async () => {
		const id = added('trigger');
		sandbox().fail({ path: /activate$/, status: 400 });
		const result = await run(
			'mailing.activate',
			{ mailing: byId(id), ...BY_EVENT },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{ error: { done: ['dispatching'], not_done: ['activation'], http_status: 400 } },
		]);
	});

	it.each<[IDataObject, string]>([
		[{ dispatching: 'event', transactionType: byId(42), ...limit(2) }, 'needs a "Period"'],
		[{ dispatching: 'contactFilter', contactFilter: byName('x') }, 'Contact Filter must be'],
		[filterAt({ interval: 'DAY', hours: 24 }), 'Hour must be a whole number from 0 to 23'],
		[filterAt({ interval: 'WEEK', dayOfWeek: '={{ 0 }}' }), 'Day of Week must be'],
		[filterAt({ interval: 'MONTH', dayOfMonth: 32 }), 'Day of Month must be'],
	])('%j is refused before anything is sent', async (parameters, words) => {
		expect((await activate(added('trigger'), parameters)).error?.message).toContain(words);
		expect(wire()).toEqual([]);
	});
});

function limit(deliveryLimit: number): IDataObject {
	return { dispatchingSettings: { deliveryLimit } };
}

function filterAt(interval: IDataObject): IDataObject {
	return { dispatching: 'contactFilter', contactFilter: byId(2), ...interval };
}

describe('a DOI mailing', () => {
	it.each([{}, BY_EVENT])('is activated without a dispatching: %j', async (parameters) => {
		const id = added('doi');
		const result = await activate(id, parameters);
		expect(rows(result.main)).toEqual([
			{ id, activated: true, dispatching_set: false, state: 'released' },
		]);
		expect(changes()).toEqual([['POST', `/1.0/mailings/${id}/dispatching/activate`]]);
	});
});

describe('what cannot be activated', () => {
	it.each([
		[TRIGGER, 'The mailing with ID 31 is active already.'],
		[11, 'The mailing with ID 11 is active already.'],
		[DRAFT, 'The mailing with ID 22 cannot be activated: it is a regular mailing.'],
		[13, 'The mailing with ID 13 cannot be activated: it has been sent and is archived.'],
	])('mailing %s is refused in words', async (id, message) => {
		expect((await activate(id, BY_EVENT)).error?.message).toBe(message);
		expect(changes()).toEqual([]);
	});
});

describe('an activation whose answer got lost', () => {
	it('is found in the state', async () => {
		const id = added('doi');
		sandbox().fail({ path: /activate$/, breakConnection: 'after' });
		expect(rows((await activate(id)).main)).toEqual([
			{
				id,
				activated: true,
				dispatching_set: false,
				state: 'released',
				confirmed_by_state: true,
			},
		]);
	});

	it('is told when the mailing is still a draft, with what was done', async () => {
		const id = added('trigger');
		sandbox().fail({ path: /activate$/, breakConnection: 'before' });
		const result = await run(
			'mailing.activate',
			{ mailing: byId(id), ...BY_EVENT },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: `Maileon had not activated the mailing with ID ${id} when it was asked for its state.`,
					done: ['dispatching'],
				},
			},
		]);
		expect(changes().map(([method]) => method)).toEqual(['PUT', 'POST']);
	});
});

describe('deactivate', () => {
	const deactivate = async (id: number) => await run('mailing.deactivate', { mailing: byId(id) });
	const PATH = '/1.0/mailings/31/dispatching';

	it.each([TRIGGER, 11])('stops mailing %s, and tells what is left of it', async (id) => {
		expect(rows((await deactivate(id)).main)).toEqual([
			{ id, deactivated: true, state: 'draft', exists: true },
		]);
		expect(stateOf(id)).toBe('draft');
	});

	it('tells when the mailing itself is gone', async () => {
		sandbox().variants.deactivatedTrigger = 'deleted';
		expect(rows((await deactivate(TRIGGER)).main)).toEqual([
			{ id: TRIGGER, deactivated: true, state: null, exists: false },
		]);
	});

	it('refuses what is not active', async () => {
		expect((await deactivate(DRAFT)).error?.message).toBe(
			'The mailing with ID 22 is not active: it is a draft.',
		);
		expect(changes()).toEqual([]);
	});

	it.each(['draft', 'deleted'] as const)(
		'is done when it was done by an attempt whose answer got lost: %s',
		async (deactivatedTrigger) => {
			sandbox().variants.deactivatedTrigger = deactivatedTrigger;
			sandbox().fail({ method: 'DELETE', breakConnection: 'after' });
			expect(rows((await deactivate(TRIGGER)).main)).toMatchObject([{ deactivated: true }]);
			expect(changes().map(([, url]) => url)).toEqual([PATH, PATH]);
		},
	);

	it('is told when the mailing still works', async () => {
		sandbox().fail({ method: 'DELETE', status: 500 });
		const result = await deactivate(TRIGGER);
		expect(result.error).toMatchObject({ httpCode: '500' });
		expect(result.error?.description).toContain('Maileon may have accepted the request');
	});

	it('is a success although nothing can be read afterwards', async () => {
		sandbox().fail({ path: /state$/, status: 200, body: '<state>released</state>' });
		sandbox().fail({ path: /state$/, status: 403, times: 9 });
		expect(rows((await deactivate(TRIGGER)).main)).toEqual([
			{ id: TRIGGER, deactivated: true, state: null, exists: null },
		]);
	});
});
