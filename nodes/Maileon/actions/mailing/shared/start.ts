/**
 * Starts what must not be started twice: people would get a mail twice, or pay twice.
 */
import { isDraft } from '../../../maileon/mailing/states';
import type { ValueJson } from '../../../maileon/mailing/values';
import type { MaileonRequest } from '../../../maileon/request';
import type { MaileonFailure } from '../../../transport/failure';
import { fetchMailingValue } from '../../../transport/mailings';
import { ExplainedFailure, ExplainedRefusal } from '../../../transport/refusal';
import { explain } from '../../../transport/words';
import { attemptUnlessRefused, ifReadable } from './attempt';
import type { Mailing } from './perMailing';

/**
 * Sends what starts something, unless this run did so before, be it for another item or in an earlier try.
 * It counts as started unless Maileon surely refused it.
 * @returns the failure after which nobody knows whether Maileon did it; undefined where Maileon confirmed it
 * @throws ExplainedRefusal when this run started it before; MaileonFailure when Maileon surely did not
 */
export async function startOnce(
	{ started, send }: Pick<Mailing, 'started' | 'send'>,
	request: MaileonRequest,
): Promise<MaileonFailure | undefined> {
	expectNotStarted(started, request);
	const key = keyOf(request);
	started.add(key);
	return await attemptUnlessRefused(send, request).catch((error: unknown) => {
		started.delete(key);
		throw error;
	});
}

/** The same for the same thing, and for nothing else. */
function keyOf({ method, path, query = [], body }: MaileonRequest): string {
	return JSON.stringify([method, path, query, body?.content.toString()]);
}

/** @throws ExplainedRefusal when this run started it before */
export function expectNotStarted(started: Mailing['started'], request: MaileonRequest): void {
	if (!started.has(keyOf(request))) return;
	throw new ExplainedRefusal({
		message: 'Another item of this run asked Maileon for exactly the same.',
		description:
			'It is done once, however many items ask for it. To run the node once for all of its items, turn on Execute Once in its settings.',
		field: 'mailing',
	});
}

/** How a mailing that was started comes out. */
export interface Started {
	/** Null where Maileon does not tell it. */
	state: ValueJson;
	/** Whether the answer got lost, so that only the state shows that it was started. */
	confirmed_by_state?: true;
}

/** What is done with a mailing that is started, in words. */
export interface StartWords {
	/** As in "Maileon has … the mailing". */
	deed: string;
	/** What would happen if it were done twice. */
	danger: string;
}

/**
 * Starts a mailing and reads its state back. Where nobody knows what became of the request, the state decides:
 * a draft was not started yet, everything else was.
 * @throws ExplainedFailure when it was not started as far as its state shows, and when that is not known
 * @throws ExplainedRefusal and MaileonFailure as `startOnce` does
 */
export async function startMailing(
	mailing: Mailing,
	request: MaileonRequest,
	words: StartWords,
): Promise<Started> {
	const doubt = await startOnce(mailing, request);
	if (!doubt) return { state: (await stateNow(mailing)) ?? null };
	const state = await stateInTime(mailing);
	if (state === undefined) throw unknownOutcome(mailing, doubt, words);
	if (isDraft(state)) throw notStarted(mailing, doubt, words);
	return { state, confirmed_by_state: true };
}

/** Pauses before the state is looked at again, in milliseconds: Maileon may not have come to it yet. */
const PAUSES = [2_000, 5_000];

/** The state, as soon as it is no longer that of a draft; undefined where it cannot be read. */
async function stateInTime(mailing: Mailing): Promise<ValueJson | undefined> {
	let state = await stateNow(mailing);
	for (const milliseconds of PAUSES) {
		if (state !== undefined && !isDraft(state)) return state;
		await mailing.pause(milliseconds);
		state = await stateNow(mailing);
	}
	return state;
}

/** The state of a mailing; undefined where Maileon does not tell it. */
export async function stateNow({
	send,
	id,
}: Pick<Mailing, 'send' | 'id'>): Promise<ValueJson | undefined> {
	const state = await ifReadable(async () => await fetchMailingValue(send, id, 'state'));
	return state ?? undefined;
}

function notStarted(
	{ name, id }: Mailing,
	doubt: MaileonFailure,
	{ deed, danger }: StartWords,
): ExplainedFailure {
	const told = explain(doubt.facts);
	return new ExplainedFailure(
		{
			...told,
			message: `Maileon had not ${deed} the ${name} when it was asked for its state.`,
			description: `${told.message} The mailing was still a draft afterwards, so the request seems not to have reached Maileon; it is not sent again by itself, since ${danger}. Look at the mailing in Maileon, and run this item again if it is still a draft.`,
			mailing: { id: Number(id) },
		},
		doubt,
	);
}

function unknownOutcome(
	{ name, id }: Mailing,
	doubt: MaileonFailure,
	{ deed, danger }: StartWords,
): ExplainedFailure {
	const told = explain(doubt.facts);
	return new ExplainedFailure(
		{
			...told,
			message: `It is not known whether Maileon has ${deed} the ${name}.`,
			description: `${told.message} The state of the mailing could not be read afterwards. Check the mailing in Maileon before you run this item again, since ${danger}.`,
			mailing: { id: Number(id) },
		},
		doubt,
	);
}
