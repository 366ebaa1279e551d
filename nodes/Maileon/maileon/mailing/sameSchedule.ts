/**
 * When a regular mailing goes out by itself.
 * Rests on "Mailing – Create Schedule", "Mailing – Update Schedule" and "Mailing – Get Schedule".
 */
import type { Query } from '../request';
import { childText, type XmlElement } from '../xml/read';

/** How a sendout is spread, by the names of the query; the answer has the same. */
const SPREAD_PARAMETERS = [
	'dispatchOption',
	'dispatchEndInHours',
	'dispatchEndInDays',
	'dispatchEndExactDatetime',
	'clicksAsResponseReference',
	'dispatchWavesGroup',
	'dispatchUniformInterval',
	'allowedHours',
] as const;

export interface MailingSchedule {
	/** `yyyy-MM-dd`; in which time zone is not documented. */
	date: string;
	/** `HH` */
	hours: string;
	/** `mm` */
	minutes: string;
	/** `scheduled`, `fired`, … */
	state: string;
	/** What is set of the ways to spread the sendout. */
	spread: ReadonlyArray<readonly [name: string, value: string]>;
}

/** Reads `<schedule>`; undefined where it names no date. */
export function readSchedule(root: XmlElement): MailingSchedule | undefined {
	const text = (name: string) => childText(root, name)?.trim() ?? '';
	const date = text('date');
	if (date === '') return undefined;
	return {
		date,
		hours: text('hours') || text('hour'),
		minutes: text('minutes'),
		state: text('state').toLowerCase(),
		spread: SPREAD_PARAMETERS.map((name) => [name, text(name)] as const).filter(isSet),
	};
}

/** An end of 0 hours or days is none. */
function isSet([name, value]: readonly [name: string, value: string]): boolean {
	return value !== '' && !(name.startsWith('dispatchEndIn') && Number(value) === 0);
}

/** Whether the mailing is still to go out by it. The documentation writes the state in two ways. */
export function isWaiting({ state }: MailingSchedule): boolean {
	return ['scheduled', 'schedules', ''].includes(state);
}

/** Sets the same schedule once more. */
export function scheduleQuery({ date, hours, minutes, spread }: MailingSchedule): Query {
	return [['date', date], ['hours', hours], ['minutes', minutes], ...spread];
}

/** What messages call the moment. */
export function scheduleMoment({ date, hours, minutes }: MailingSchedule): string {
	return `${date} ${hours}:${minutes}`;
}
