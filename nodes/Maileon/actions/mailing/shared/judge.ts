/**
 * Asks Maileon what a mailing is before something is done with it.
 */
import type { MailingFact } from '../../../maileon/endpoints/mailingValues';
import type { MailingFactsToJudge, Refusal } from '../../../maileon/mailing/states';
import type { ValueJson } from '../../../maileon/mailing/values';
import { fetchMailingValue } from '../../../transport/mailings';
import { ExplainedRefusal } from '../../../transport/refusal';
import type { Mailing } from './perMailing';

type JudgedFact = Extract<MailingFact, keyof MailingFactsToJudge>;

/**
 * Reads facts of a mailing one after the other, and goes on only where they allow it.
 * @param refusalOf why it is not done; undefined where nothing speaks against it
 * @throws ExplainedRefusal with the words of the refusal; MaileonFailure when a fact cannot be read
 */
export async function expectAllowed(
	{ id, name, send }: Mailing,
	names: readonly JudgedFact[],
	refusalOf: (name: string, facts: MailingFactsToJudge) => Refusal | undefined,
): Promise<Record<JudgedFact, ValueJson>> {
	const facts: Record<JudgedFact, ValueJson> = { state: null, type: null, sealed: null };
	for (const fact of names) facts[fact] = await fetchMailingValue(send, id, fact);
	const refusal = refusalOf(name, facts);
	if (refusal) throw new ExplainedRefusal({ ...refusal, mailing: { id: Number(id) } });
	return facts;
}
