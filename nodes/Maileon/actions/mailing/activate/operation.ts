import { TRANSACTION_TYPE } from '../../../input/transactionTypes';
import { mailingFacts } from '../../../maileon/endpoints/mailingValues';
import { mailingSendout } from '../../../maileon/endpoints/mailings';
import { transactionTypes } from '../../../maileon/endpoints/transactions';
import { dispatchingDocument } from '../../../maileon/mailing/dispatching';
import { isDoi, isTrigger, refusalToActivate } from '../../../maileon/mailing/states';
import { referenceText, type TypeReference } from '../../../maileon/transaction/transactionType';
import { ifFound } from '../../../run/notFound';
import type { Operation } from '../../../run/operation';
import { readWriteAnswer, uselessAnswer } from '../../../transport/answers';
import { MaileonFailure } from '../../../transport/failure';
import { unlessNotApplicable } from '../../../transport/mailings';
import { ExplainedFailure, ExplainedRefusal } from '../../../transport/refusal';
import { transactionTypeOf, transactionTypeRequest } from '../../../transport/transactionTypes';
import { explain } from '../../../transport/words';
import { expectAllowed } from '../shared/judge';
import { perMailing, type Mailing } from '../shared/perMailing';
import { expectNotStarted, startMailing } from '../shared/start';
import { readDispatching, type ChosenDispatching } from './dispatching';
import { properties } from './parameters';

const WORDS = { deed: 'activated', danger: 'people could get its mails twice' };

/** Lets a trigger or DOI mailing work ("Create Dispatching", and the activation of the official client). */
export const activateMailing: Operation = {
	resource: 'mailing',
	value: 'activate',
	name: 'Activate',
	action: 'Activate mailing',
	description:
		'Let a trigger or DOI mailing send by itself, and set when a trigger mailing does. It is activated once: if the answer gets lost, the state of the mailing tells what became of it.',
	warning:
		'Running this lets the mailing go out to real recipients, also from the editor. To try it out, use Send Test.',
	notForAgents: true,
	properties,
	endpoints: [
		mailingFacts.state.get,
		mailingFacts.type.get,
		mailingSendout.getDispatching,
		transactionTypes.get,
		mailingSendout.createDispatching,
		mailingSendout.activate,
	],
	run: perMailing((parameters) => {
		const chosen = readDispatching(parameters);
		return {
			oneByOne: true,
			rows: async (mailing) => {
				const { id, started } = mailing;
				const request = mailingSendout.activate.request({ id });
				const { type } = await expectAllowed(mailing, ['state', 'type'], refusalToActivate);
				expectNotStarted(started, request);
				const sets = chosen !== undefined && !isDoi(type);
				if (sets) await setDispatching(mailing, chosen);
				else if (isTrigger(type)) await expectDispatching(mailing);
				const outcome = await startMailing(mailing, request, WORDS).catch((error: unknown) => {
					throw sets ? halfDone(error, mailing) : error;
				});
				return [{ id: Number(id), activated: true, dispatching_set: sets, ...outcome }];
			},
		};
	}),
};

/** @throws MaileonFailure when it could not be set, or the transaction type not be found */
async function setDispatching(
	{ id, send }: Mailing,
	{ event, occasionOf, ...further }: ChosenDispatching,
): Promise<void> {
	const occasion = occasionOf(event ? await eventIdOf(send, event) : '');
	const body = dispatchingDocument({ occasion, ...further });
	const request = mailingSendout.createDispatching.request({ id }, [], body);
	readWriteAnswer(await send(request), request);
}

/** @throws ExplainedRefusal when the account has no such transaction type */
async function eventIdOf(send: Mailing['send'], event: TypeReference): Promise<string> {
	if ('id' in event) return String(event.id);
	const request = transactionTypeRequest(event);
	const answer = await ifFound(async () => await send(request));
	if (!answer)
		throw new ExplainedRefusal({
			message: `Maileon did not find the transaction type "${referenceText(event)}".`,
			description: 'Choose the transaction type from the list.',
			field: TRANSACTION_TYPE,
		});
	const { id } = transactionTypeOf(answer, request);
	if (id === '') throw uselessAnswer(answer, request, 'It holds a type without an ID.');
	return String(id);
}

/** @throws ExplainedRefusal when nothing sets the mailing off */
async function expectDispatching({ id, name, send }: Mailing): Promise<void> {
	const request = mailingSendout.getDispatching.request({ id });
	const found = await unlessNotApplicable(async () => await send(request));
	if (found) return;
	throw new ExplainedRefusal({
		message: `The ${name} has no dispatching: nothing makes it send.`,
		description: 'Choose another dispatching than the existing one, or set it in Maileon first.',
		mailing: { id: Number(id) },
		field: 'dispatching',
	});
}

/** A failure after the dispatching was set, which says so. */
function halfDone(error: unknown, { id, name }: Mailing): unknown {
	const done = ['dispatching'];
	if (error instanceof ExplainedFailure)
		return new ExplainedFailure({ ...error.explanation, done }, error.cause);
	if (!(error instanceof MaileonFailure)) return error;
	const told = explain(error.facts, { what: name });
	const steps = { done, not_done: ['activation'] };
	return new ExplainedRefusal({ ...told, mailing: { id: Number(id) }, ...steps }, error);
}
