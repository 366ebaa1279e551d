/**
 * Reads when a mailing goes out.
 */
import { mailingSendout } from '../maileon/endpoints/mailings';
import { readSchedule, type Schedule } from '../maileon/mailing/schedule';
import { listRoot } from './answers';
import { unlessNotApplicable, type Send } from './mailings';

/**
 * The schedule of a mailing ("Mailing – Get Schedule"); undefined where it has none, as mailings of other types
 * never have. That there is such a mailing has to be known from elsewhere.
 * @throws MaileonFailure when Maileon does not tell
 */
export async function fetchSchedule(send: Send, id: string): Promise<Schedule | undefined> {
	const request = mailingSendout.getSchedule.request({ id });
	const answer = await unlessNotApplicable(async () => await send(request));
	const root = answer && listRoot(answer, request);
	return root && readSchedule(root);
}
