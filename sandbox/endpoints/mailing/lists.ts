import type { Mailing } from '../../account/mailings';
import { MAILING_STATES, MAILING_TYPES } from '../../account/mailings';
import { textIn } from '../../account/schedule';
import type { Answer } from '../../server/answer';
import { xml } from '../../server/answer';
import type { QueryRules } from '../../server/query';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { pageOf, pagingQuery } from '../paging';

const LIST_QUERY: QueryRules = {
	...pagingQuery(),
	fields: { kind: 'text', many: true, choices: ['state', 'type', 'name', 'scheduleTime'] },
	orderBy: { kind: 'text', choices: ['id', 'state', 'name', 'schedule_time'] },
	order: { kind: 'text', choices: ['ASC', 'DESC'] },
	trash: { kind: 'boolean' },
};
const OPERATORS = ['contains', 'equals', 'starts_with', 'ends_with'];

/** Lists of mailings (documentation: get mailings by …). */
export const listRoutes: Route[] = [
	list(
		'types',
		{ types: { kind: 'text', many: true, required: true, choices: MAILING_TYPES } },
		(call) => {
			const types: readonly string[] = call.query.all('types');
			return ({ type }) => types.includes(type);
		},
	),
	list(
		'states',
		{ states: { kind: 'text', many: true, required: true, choices: MAILING_STATES } },
		(call) => {
			const states: readonly string[] = call.query.all('states');
			return ({ state }) => states.includes(state);
		},
	),
	list(
		'keywords',
		{
			keywords: { kind: 'text', many: true, required: true },
			keywordsOp: { kind: 'text', choices: ['and', 'or'] },
		},
		(call) => {
			const keywords = call.query.all('keywords');
			return call.query.text('keywordsOp') === 'or'
				? ({ tags }) => keywords.some((keyword) => tags.includes(keyword))
				: ({ tags }) => keywords.every((keyword) => tags.includes(keyword));
		},
	),
	list('creatorname', textQuery('creatorName'), (call) => {
		const compare = comparison(call, 'creatorName');
		return ({ creator }) => compare(creator);
	}),
	list('subject', textQuery('subject'), (call) => {
		const compare = comparison(call, 'subject');
		return ({ subject }) => compare(subject);
	}),
	list(
		'scheduletime',
		{
			scheduleTime: { kind: 'time', required: true },
			beforeSchedulingTime: { kind: 'boolean', required: true },
		},
		(call) => {
			const limit = call.query.text('scheduleTime') ?? '';
			const isBefore = call.query.flag('beforeSchedulingTime');
			const zone = call.variants.scheduleTimeZone;
			return ({ scheduleTime }) =>
				scheduleTime !== null && textIn(zone, scheduleTime) < limit === isBefore;
		},
	),
];

/** A list of the mailings that pass a test. */
function list(
	by: string,
	query: QueryRules,
	testOf: (call: Call) => (mailing: Mailing) => boolean,
): Route {
	return {
		method: 'GET',
		path: `/mailings/filter/${by}`,
		query: { ...LIST_QUERY, ...query },
		run: (call) => listMailings(call, testOf(call)),
	};
}

function textQuery(name: string): QueryRules {
	return {
		[name]: { kind: 'text', required: true },
		[`${name}Op`]: { kind: 'text', required: true, choices: OPERATORS },
	};
}

function comparison(call: Call, name: string): (text: string) => boolean {
	const wanted = call.query.text(name) ?? '';
	switch (call.query.text(`${name}Op`)) {
		case 'contains':
			return (text) => text.includes(wanted);
		case 'starts_with':
			return (text) => text.startsWith(wanted);
		case 'ends_with':
			return (text) => text.endsWith(wanted);
		default:
			return (text) => text === wanted;
	}
}

function listMailings(call: Call, test: (mailing: Mailing) => boolean): Answer {
	const trash = call.query.text('trash');
	const mailings = [...call.account.mailings.values()].filter(
		(mailing) => test(mailing) && (trash === undefined || String(mailing.inTrash) === trash),
	);
	mailings.sort(orderOf(call.query.text('orderBy') ?? 'id'));
	if (call.query.text('order') === 'DESC') mailings.reverse();
	const page = pageOf(call, mailings);
	const fields = call.query.all('fields');
	if (call.variants.mailingFields === 'reversed') fields.reverse();
	return xml(
		200,
		parentElement(
			'mailings',
			page.items.map((mailing) => mailingElement(call, mailing, fields)),
		),
		page.headers,
	);
}

function orderOf(orderBy: string): (one: Mailing, other: Mailing) => number {
	const byText = (textOf: (mailing: Mailing) => string) => (one: Mailing, other: Mailing) => {
		if (textOf(one) === textOf(other)) return one.id - other.id;
		return textOf(one) < textOf(other) ? -1 : 1;
	};
	switch (orderBy) {
		case 'state':
			return byText(({ state }) => state);
		case 'name':
			return byText(({ name }) => name);
		case 'schedule_time':
			return (one, other) => timeOf(one) - timeOf(other) || one.id - other.id;
		default:
			return (one, other) => one.id - other.id;
	}
}

/** A mailing without a schedule time comes first. */
function timeOf({ scheduleTime }: Mailing): number {
	return scheduleTime?.getTime() ?? 0;
}

function mailingElement({ variants }: Call, mailing: Mailing, fields: readonly string[]): string {
	const { scheduleTime } = mailing;
	const values: Record<string, string | null> = {
		state: mailing.state,
		type: mailing.type,
		name: mailing.name,
		scheduleTime: scheduleTime && textIn(variants.scheduleTimeZone, scheduleTime),
	};
	const shown = fields.map((name) =>
		parentElement('field', [textElement('name', name), textElement('value', values[name] ?? null)]),
	);
	return parentElement('mailing', [textElement('id', mailing.id), parentElement('fields', shown)]);
}
