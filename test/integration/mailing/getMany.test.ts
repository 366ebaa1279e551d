import type { IDataObject } from 'n8n-workflow';

import { operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

async function getMany(parameters: IDataObject) {
	return await run('mailing.getMany', parameters);
}

const ids = async (parameters: IDataObject) => {
	const result = await getMany({ options: { order: 'ASC' }, ...parameters });
	expect(result.error).toBeUndefined();
	return rows(result.main).map(({ id }) => id);
};
const queries = () => wire().map(([, url]) => decodeURIComponent(url));

const FIELDS = 'fields=name&fields=state&fields=type&fields=scheduleTime';
const mailing = (id: number) => {
	const found = sandbox().account.mailings.get(id);
	if (!found) throw new Error(`The sandbox has no mailing ${id}`);
	return found;
};

test('all mailings, the newest first, as flat rows', async () => {
	const result = await getMany({ returnAll: true });
	expect(rows(result.main).map(({ id }) => id)).toEqual([32, 31, 22, 21, 13, 12, 11]);
	expect(rows(result.main)[3]).toEqual({
		id: 21,
		name: 'Spring sale',
		state: 'done',
		type: 'regular',
		schedule_time: '2026-03-02 08:00:00',
	});
	expect(rows(result.main)[2]).toMatchObject({ id: 22, schedule_time: null });
	expect(queries()).toEqual([
		`/1.0/mailings/filter/types?page_index=1&page_size=1000&types=doi&types=regular&types=trigger&types=trigger_template&${FIELDS}&orderBy=id&order=DESC`,
	]);
});

test('where Maileon does not know templates of triggers, the others come out', async () => {
	sandbox().fail({ status: 400, path: /filter\/types/ });
	expect(await ids({})).toEqual([11, 12, 13, 21, 22, 31, 32]);
	expect(queries()).toHaveLength(2);
	expect(queries()[1]).not.toContain('trigger_template');
});

test('types that a person chose are not left out', async () => {
	sandbox().fail({ status: 400, path: /filter\/types/ });
	const { error } = await getMany({ filterBy: 'type', types: ['trigger_template'] });
	expect(error?.message).toMatch(/^Maileon refused the request/);
	expect(queries()).toHaveLength(1);
});

test.each<[IDataObject, string, string, number[]]>([
	[{ filterBy: 'type', types: ['doi'] }, 'types', 'types=doi', [11, 12, 13]],
	[
		{ filterBy: 'state', states: ['draft', 'archived'] },
		'states',
		'states=draft&states=archived',
		[13, 22],
	],
	[
		{ filterBy: 'tags', tags: 'sale, spring' },
		'keywords',
		'keywords=sale&keywords=spring&keywordsOp=and',
		[21],
	],
	[
		{ filterBy: 'tags', tags: '={{ ["sale", "spring"] }}', tagsMatch: 'or' },
		'keywords',
		'keywords=sale&keywords=spring&keywordsOp=or',
		[21, 22],
	],
	[
		{ filterBy: 'creator', creator: 'API-0a1b', comparison: 'starts_with' },
		'creatorname',
		'creatorName=API-0a1b&creatorNameOp=starts_with',
		[31],
	],
	[
		{ filterBy: 'subject', subject: 'is here', comparison: 'ends_with' },
		'subject',
		'subject=is here&subjectOp=ends_with',
		[21],
	],
	[{ filterBy: 'subject', subject: 'sale' }, 'subject', 'subject=sale&subjectOp=contains', [22]],
	[
		{ filterBy: 'scheduleTime', scheduleTime: '2026-03-02T08:00:00.000+01:00' },
		'scheduletime',
		'scheduleTime=2026-03-02 08:00:00&beforeSchedulingTime=false',
		[21],
	],
	[
		{ filterBy: 'scheduleTime', scheduled: 'before', scheduleTime: '2026-03-03' },
		'scheduletime',
		'scheduleTime=2026-03-03 00:00:00&beforeSchedulingTime=true',
		[21],
	],
])('%j', async (parameters, list, query, expected) => {
	mailing(31).creator = 'API-0a1b2c3d';
	mailing(22).subject = 'Summer sale, draft';
	expect(await ids(parameters)).toEqual(expected);
	expect(queries()).toEqual([
		`/1.0/mailings/filter/${list}?page_index=1&page_size=50&${query}&${FIELDS}&orderBy=id&order=ASC`,
	]);
});

test('fields, order and trash as they are chosen', async () => {
	mailing(12).inTrash = true;
	const result = await getMany({
		filterBy: 'type',
		types: ['doi', 'regular'],
		fields: ['scheduleTime'],
		limit: 2,
		options: { orderBy: 'schedule_time', order: 'DESC', trash: 'without' },
	});
	expect(rows(result.main)).toEqual([
		{ id: 21, schedule_time: '2026-03-02 08:00:00' },
		{ id: 22, schedule_time: null },
	]);
	expect(queries()).toEqual([
		'/1.0/mailings/filter/types?page_index=1&page_size=2&types=doi&types=regular&fields=scheduleTime&orderBy=schedule_time&order=DESC&trash=false',
	]);
	expect(await ids({ options: { trash: 'only' } })).toEqual([12]);
});

test('no fields give IDs', async () => {
	const result = await getMany({ filterBy: 'state', states: ['draft'], fields: [] });
	expect(rows(result.main)).toEqual([{ id: 22 }]);
	expect(queries()[0]).not.toContain('fields');
});

test('fields come out in one order, whatever the order of the answer', async () => {
	sandbox().variants.mailingFields = 'reversed';
	const result = await getMany({ limit: 1 });
	expect(Object.keys(rows(result.main)[0] ?? {})).toEqual([
		'id',
		'name',
		'state',
		'type',
		'schedule_time',
	]);
});

test.each([
	[{ filterBy: 'state', states: '={{ [] }}' }, /^States is empty/],
	[{ filterBy: 'tags', tags: '={{ " , " }}' }, /^Tags is empty/],
	[{ filterBy: 'subject', subject: '={{ "" }}' }, /^Subject is empty/],
	[{ filterBy: 'scheduleTime', scheduleTime: '={{ "" }}' }, /^Schedule Time is empty/],
	[{ filterBy: 'scheduleTime', scheduleTime: '={{ "soon" }}' }, /^Schedule Time: "soon"/],
	[
		{ filterBy: 'subject', subject: 'x', comparison: '={{ "like" }}' },
		/^Comparison must be one of/,
	],
])('%j is refused before anything is asked', async (parameters, message) => {
	const { error } = await getMany(parameters);
	expect(error?.message).toMatch(message);
	expect(wire()).toEqual([]);
});
