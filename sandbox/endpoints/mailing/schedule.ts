import { isDate } from '../../account/fields';
import type { Mailing } from '../../account/mailings';
import { isSealed } from '../../account/mailings';
import type { Schedule, SpreadOptions } from '../../account/schedule';
import { endOfSpread, momentOf } from '../../account/schedule';
import { removeSchedule, setSchedule } from '../../account/sendout';
import type { Answer } from '../../server/answer';
import { empty, xml } from '../../server/answer';
import type { QueryRules } from '../../server/query';
import { badRequest, notFound, Refusal } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { findDraft, findMailing, requireType, sealed } from './mailing';

const SCHEDULE = '/mailings/:mailingId/schedule';
const MAX_DAYS = 7;
/** Least and most hours over which a sendout is spread, by the way of spreading it. */
const HOURS: Readonly<Record<string, readonly [least: number, most: number]>> = {
	uniform: [2, 96],
	hour: [2, 24],
};

/** The ways of spreading a sendout, by the names of the query; the answer has the same. */
const SPREAD: QueryRules = {
	dispatchOption: { kind: 'text', choices: ['hour', 'weekdayhour', 'uniform'] },
	dispatchEndInHours: { kind: 'integer' },
	dispatchEndInDays: { kind: 'integer' },
	dispatchEndExactDatetime: { kind: 'text' },
	clicksAsResponseReference: { kind: 'boolean' },
	dispatchWavesGroup: { kind: 'integer', min: 1, max: 3 },
	dispatchUniformInterval: { kind: 'text', choices: ['hour', '30m', '20m', '15m', '10m'] },
	allowedHours: { kind: 'text' },
};
/** One line of the documentation calls the hours `hour`. */
const QUERY: QueryRules = {
	date: { kind: 'text', required: true },
	hours: { kind: 'text' },
	hour: { kind: 'text' },
	minutes: { kind: 'text', required: true },
	...SPREAD,
};

/** When a mailing goes out by itself (documentation: mailing – create schedule, …). */
export const scheduleRoutes: Route[] = [
	{ method: 'PUT', path: SCHEDULE, query: QUERY, run: create },
	{ method: 'POST', path: SCHEDULE, query: QUERY, run: update },
	{ method: 'GET', path: SCHEDULE, run: get },
	{ method: 'DELETE', path: SCHEDULE, run: remove },
];

function create(call: Call): Answer {
	const mailing = findMailing(call);
	requireType(call, mailing, 'regular');
	if (!isWaiting(mailing) && isSealed(mailing, call.variants)) throw sealed(mailing, 405);
	if (mailing.schedule) {
		throw new Refusal(409, `mailing ${mailing.id} has a schedule already`);
	}
	setSchedule(mailing, readSchedule(call), call.variants);
	return empty(200);
}

function update(call: Call): Answer {
	const mailing = findMailing(call);
	requireType(call, mailing, 'regular');
	if (!isWaiting(mailing) && isSealed(mailing, call.variants)) {
		throw sealed(mailing, call.variants.scheduleUpdateSealed);
	}
	if (!mailing.schedule && call.variants.scheduleUpdateMissing === 'notFound') {
		throw noSchedule(mailing);
	}
	setSchedule(mailing, readSchedule(call), call.variants);
	return empty(200);
}

function get(call: Call): Answer {
	const mailing = findMailing(call);
	const { schedule } = mailing;
	if (!schedule) throw noSchedule(mailing);
	const { scheduleHour, scheduleWaiting } = call.variants;
	return xml(
		200,
		parentElement('schedule', [
			textElement('date', schedule.date),
			textElement(scheduleHour, schedule.hours),
			textElement('minutes', schedule.minutes),
			textElement('state', schedule.state === 'scheduled' ? scheduleWaiting : schedule.state),
			...Object.entries(schedule.spread).map(([name, value]) => textElement(name, value)),
		]),
	);
}

function remove(call: Call): Answer {
	const mailing = findMailing(call);
	if (!isWaiting(mailing)) findDraft(call);
	if (!mailing.schedule && call.variants.deleteUnknown === 'notFound') throw noSchedule(mailing);
	removeSchedule(mailing);
	return empty(call.variants.deleteStatus);
}

/** A mailing that waits for its time can be given another one, even if it is sealed otherwise. */
function isWaiting({ schedule }: Mailing): boolean {
	return schedule?.state === 'scheduled';
}

function noSchedule({ id }: Mailing): Refusal {
	return notFound(`mailing ${id} has no schedule`);
}

function readSchedule(call: Call): Schedule {
	const { query, account, variants } = call;
	const date = query.text('date') ?? '';
	if (!/^\d{4}-\d\d-\d\d$/.test(date) || !isDate(date)) {
		throw badRequest(`date must be yyyy-MM-dd but was ${date}`);
	}
	const hourText = query.text('hours') ?? query.text('hour');
	if (hourText === undefined) throw badRequest('query parameter hours is missing');
	const hours = twoDigits('hours', hourText, 23);
	const minutes = twoDigits('minutes', query.text('minutes') ?? '', 59);
	const at = momentOf(date, hours, minutes, variants.scheduleTimeZone);
	if (at < account.now()) throw badRequest(`${date} ${hours}:${minutes} is in the past`);
	const spread = readSpread(call);
	const schedule: Schedule = {
		...{ at, date, hours, minutes, spread },
		state: 'scheduled',
		contentChanged: false,
	};
	if (endOfSpread(schedule, variants.scheduleTimeZone) < at.getTime()) {
		throw badRequest('dispatchEndExactDatetime is before the start');
	}
	return schedule;
}

function twoDigits(name: string, text: string, max: number): string {
	if (!/^\d{1,2}$/.test(text) || Number(text) > max) {
		throw badRequest(`${name} must be 0 to ${max} but was ${text}`);
	}
	return text.padStart(2, '0');
}

function readSpread({ query }: Call): SpreadOptions {
	const given: Record<string, string> = {};
	for (const name of Object.keys(SPREAD)) {
		const value = query.text(name);
		if (value !== undefined) given[name] = value;
	}
	checkWay(given);
	checkEnd(given);
	if (given.allowedHours !== undefined) checkAllowedHours(given.allowedHours);
	return given;
}

/** Some choices belong to some ways of spreading only. */
function checkWay(given: SpreadOptions): void {
	const { dispatchOption: way } = given;
	const byResponse = way === 'hour' || way === 'weekdayhour';
	for (const name of ['clicksAsResponseReference', 'dispatchWavesGroup']) {
		if (given[name] !== undefined && !byResponse) {
			throw badRequest(`${name} needs the dispatchOption hour or weekdayhour`);
		}
	}
	if (given.dispatchUniformInterval !== undefined && way !== 'uniform') {
		throw badRequest('dispatchUniformInterval needs the dispatchOption uniform');
	}
}

/** A spread sendout has one end: a number of hours or days, which 0 leaves open, or a moment. */
function checkEnd(given: SpreadOptions): void {
	const { dispatchOption: way, dispatchEndExactDatetime: moment } = given;
	const hours = Number(given.dispatchEndInHours ?? 0);
	const days = Number(given.dispatchEndInDays ?? 0);
	if (way === undefined) {
		if (hours > 0 || days > 0 || moment !== undefined) {
			throw badRequest('an end of the sendout needs a dispatchOption');
		}
		return;
	}
	const [least, most] = HOURS[way] ?? [0, 0];
	if (hours !== 0 && (hours < least || hours > most)) {
		throw badRequest(
			most === 0
				? `dispatchOption ${way} takes no dispatchEndInHours`
				: `dispatchEndInHours must be ${least} to ${most} but was ${hours}`,
		);
	}
	if (days !== 0 && (way !== 'weekdayhour' || days > MAX_DAYS)) {
		throw badRequest(
			way === 'weekdayhour'
				? `dispatchEndInDays must be 1 to ${MAX_DAYS} but was ${days}`
				: `dispatchOption ${way} takes no dispatchEndInDays`,
		);
	}
	if (hours === 0 && days === 0 && moment === undefined) {
		throw badRequest(`dispatchOption ${way} needs an end of the sendout`);
	}
	if (moment !== undefined && !isDate(`${moment}:00`)) {
		throw badRequest(`dispatchEndExactDatetime must be yyyy-MM-dd HH:mm but was ${moment}`);
	}
}

/** Hours and ranges of hours, like `0,3,5,17-21`. */
function checkAllowedHours(text: string): void {
	for (const part of text.split(',')) {
		const [first, last = first] = part.split('-').map((hour) => Number(hour || NaN));
		const isRange = /^\d{1,2}(-\d{1,2})?$/.test(part) && (first ?? 24) <= (last ?? 24);
		if (!isRange || (last ?? 24) > 23) {
			throw badRequest(`allowedHours must be like 0,3,5,17-21 but was ${text}`);
		}
	}
}
