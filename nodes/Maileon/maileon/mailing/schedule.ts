/**
 * When a regular mailing goes out.
 * Rests on "Mailing – Get Schedule".
 */
import type { XmlElement } from '../xml/read';
import { readPart, type PartJson } from './parts';

/** States of a schedule by which nothing goes out any more. */
const NOT_WAITING: readonly unknown[] = ['unscheduled', 'fired', 'misfired'];

/**
 * Reads `<schedule>`: `date`, `hours`, `minutes`, `state`, and how the sendout is spread. The help page
 * calls the hours `hour`, and the state that waits `schedules`, too.
 */
export function readSchedule(root: XmlElement): PartJson {
	const { hour, ...schedule } = readPart(root, {
		dispatch_end_in_hours: 'number',
		dispatch_end_in_days: 'number',
		dispatch_waves_group: 'number',
		clicks_as_response_reference: 'boolean',
	});
	return {
		...schedule,
		...(hour !== undefined && { hours: hour }),
		...(schedule.state === 'schedules' && { state: 'scheduled' }),
	};
}

/** Whether a mailing with this schedule is still to go out. */
export function isWaiting({ state }: PartJson): boolean {
	return !NOT_WAITING.includes(typeof state === 'string' ? state.toLowerCase() : state);
}

/** The date and the time of a schedule, as Maileon tells them; its time zone is not documented. */
export function scheduleTime({ date, hours, minutes }: PartJson): string {
	return `${String(date ?? '?')} ${String(hours ?? '?')}:${String(minutes ?? '?')}`;
}
