/**
 * Times that Maileon takes as clocks show them, without a time zone.
 */
import { clockText, type ClockTime } from '../maileon/mailing/schedule';
import { translatingErrors } from '../maileon/translate';
import { quote, toDate, ValueRefusal } from '../maileon/values';
import { clockAt, toMoment, writtenOffset } from './moment';
import type { ItemParameters } from './parameters';
import { InputRefusal } from './refusal';

/** A minute that a person chose. */
export interface ChosenMinute extends ClockTime {
	/** When it begins, in milliseconds since 1970. */
	moment: number;
}

const MINUTE = 60_000;

/**
 * The minute of a Date or Luxon value, or of a written date and time, as clocks of a time zone show it.
 * What is written without an offset is a time of that zone already. Seconds are dropped.
 * @throws ValueRefusal for what is no date, for a day without a time, and for a time that the clocks skip
 */
export function toClockTime(value: unknown, timeZone: string): ChosenMinute {
	const exact = toMoment(value, timeZone);
	const moment = exact - (exact % MINUTE);
	const [date = '', time = ''] = clockAt(moment, timeZone).split(' ');
	const [hours = '', minutes = ''] = time.split(':');
	const minute = { date, hours, minutes, moment };
	if (typeof value !== 'string') return minute;
	const written = toDate(value);
	if (!written.includes(' '))
		throw new ValueRefusal(
			value,
			'has no time of day; use a date and a time, such as 2026-12-31 18:30',
		);
	if (writtenOffset(value) === undefined && !written.startsWith(clockText(minute)))
		throw new ValueRefusal(
			value,
			`is skipped by the clocks of ${timeZone}, which are put forward then`,
		);
	return minute;
}

/**
 * The time zone that an item chooses, or that of the workflow.
 * @throws InputRefusal when there is no such time zone
 */
export function readTimeZone(parameters: ItemParameters, name: string, ofWorkflow: string): string {
	const zone = parameters.text(name).trim() || ofWorkflow;
	return translatingErrors(
		() => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone && zone,
		() =>
			new InputRefusal(`${parameters.label(name)}: ${quote(zone)} is no time zone.`, {
				description: 'Use a name such as Europe/Berlin or UTC.',
				field: name,
			}),
	);
}

/**
 * A minute that an item chooses; undefined where nothing is filled in.
 * @throws InputRefusal for what `toClockTime` refuses
 */
export function readClockTime(
	parameters: ItemParameters,
	name: string,
	timeZone: string,
): ChosenMinute | undefined {
	const value = parameters.raw(name);
	if (value === undefined || value === null || value === '') return undefined;
	return translatingErrors(
		() => toClockTime(value, timeZone),
		(error) =>
			error instanceof ValueRefusal
				? new InputRefusal(`${parameters.label(name)}: ${error.message}.`, { field: name })
				: error,
	);
}
