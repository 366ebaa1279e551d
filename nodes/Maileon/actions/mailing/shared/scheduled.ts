import type { INodeProperties } from 'n8n-workflow';

import { isWaiting, scheduleTime } from '../../../maileon/mailing/schedule';
import { fetchSchedule } from '../../../transport/mailings';
import { ExplainedRefusal } from '../../../transport/refusal';
import type { Mailing } from './perMailing';

/** Lets the content of a scheduled mailing be changed although it then does not go out. */
export const evenIfScheduled: INodeProperties = {
	displayName: 'Even If Scheduled',
	name: 'evenIfScheduled',
	type: 'boolean',
	default: false,
	description:
		'Whether to change the content of a mailing that has a schedule, too. Maileon then does not send it until it is scheduled again.',
};

/**
 * Goes on only when no schedule would be lost: Maileon does not send a mailing whose content was changed
 * after it was scheduled.
 * @throws ExplainedRefusal for a mailing that is to go out
 * @throws MaileonFailure when Maileon does not tell
 */
export async function expectNotScheduled({ id, send }: Mailing): Promise<void> {
	const schedule = await fetchSchedule(send, id);
	if (!schedule || !isWaiting(schedule)) return;
	throw new ExplainedRefusal({
		message: `The mailing is scheduled for ${scheduleTime(schedule)}, so its content was not changed.`,
		description: `Maileon would not send it after the change. Unschedule it first, or turn on "${evenIfScheduled.displayName}" and schedule it again afterwards.`,
		mailing: { id: Number(id) },
	});
}
