import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { mailings } from '../../../maileon/endpoints/mailings';
import type { MaileonRequest } from '../../../maileon/request';
import { translatingRejections } from '../../../maileon/translate';
import type { ItemParameters } from '../../../input/parameters';
import { factsOf } from '../../../run/failures';
import { isNotFound } from '../../../run/notFound';
import { doSteps, namesOf, StepFailure } from '../../../run/steps';
import { MaileonFailure } from '../../../transport/failure';
import { idIn, type Send } from '../../../transport/mailings';
import { ExplainedFailure } from '../../../transport/refusal';
import type { Explanation, Subject } from '../../../transport/words';
import { stepsOn, sendChange, type Draft, type Part } from './parts';
import { explainStep } from './stepFailures';

const IF_STEP_FAILS = ['keep', 'delete'] as const;
type IfStepFails = (typeof IF_STEP_FAILS)[number];

/** What becomes of a new mailing that cannot be completed. */
export const ifStepFails: INodeProperties = {
	displayName: 'If a Step Fails',
	name: 'ifStepFails',
	type: 'options',
	options: [
		{
			name: 'Delete the Draft',
			value: 'delete',
			description: 'So that the item can be run again',
		},
		{
			name: 'Keep the Draft',
			value: 'keep',
			description: 'So that Update can do the rest',
		},
	],
	default: 'keep',
	description:
		'What to do with the new mailing when a part of it cannot be set. It is told in any case what was done and what was not.',
};

/** @throws InputRefusal when it is none of the choices */
export function readIfStepFails(options: ItemParameters): IfStepFails {
	return options.has(ifStepFails.name) ? options.choice(ifStepFails.name, IF_STEP_FAILS) : 'keep';
}

/** A mailing that is made, and then set part by part. */
export interface Making {
	/** Makes it. */
	request: MaileonRequest;
	parts: readonly Part[];
	ifStepFails: IfStepFails;
	/** Its name, where that is decided. */
	name?: string;
	words: {
		subject: Subject;
		/** What making it is called where it is not done. */
		step: string;
		/** Says that it was made, as in "The mailing 501 was created". */
		made(id: string): string;
		/** What to look for where it is not known whether it was made. */
		ifUnclear: string;
	};
}

/** What came of it. */
export interface Made {
	id: string;
	/** Names of the parts that were set. */
	done: string[];
}

/**
 * Makes a mailing and sets its parts.
 * @throws MaileonFailure when Maileon refuses to make it
 * @throws ExplainedFailure when it was made, or may have been, but not all of it was set
 */
export async function make(send: Send, making: Making): Promise<Made> {
	const { id, isCertainlyNew } = await madeBy(send, making);
	const draft = { id, send };
	const done = await doSteps(stepsOn(draft, making.parts)).catch(async (error: unknown) => {
		if (!(error instanceof StepFailure)) throw error;
		throw await incomplete(error, draft, making, isCertainlyNew);
	});
	return { id, done };
}

async function madeBy(
	send: Send,
	{ request, parts, name, words }: Making,
): Promise<{ id: string; isCertainlyNew: boolean }> {
	const asking = async () => {
		const answer = await send(request);
		return { id: idIn(answer, request), isCertainlyNew: !answer.afterUnclear };
	};
	return await translatingRejections(asking, (error) => {
		if (!(error instanceof MaileonFailure) || error.facts.outcome === 'refused') return error;
		const facts = factsOf(error, words.subject);
		const explanation: Explanation = {
			...facts,
			description: [facts.description, words.ifUnclear].filter(Boolean).join(' '),
			...(name !== undefined && { mailing: { name } }),
			done: [],
			not_done: [words.step, ...namesOf(parts)],
		};
		return new ExplainedFailure(explanation, error);
	});
}

/** What is said of a mailing that was made, but of which not all was set. */
async function incomplete(
	failure: StepFailure,
	draft: Draft,
	{ parts, ifStepFails: choice, name, words }: Making,
	isCertainlyNew: boolean,
): Promise<ExplainedFailure> {
	const made = words.made(draft.id);
	const mailing = { id: Number(draft.id), ...(name !== undefined && { name }) };
	const kept = (...advice: string[]) =>
		explainStep(failure, {
			mailing,
			message: (trouble) => `${made}, but ${trouble}`,
			advice: [...advice, 'Run Update for the rest.', attachmentAdvice(failure)],
		});
	if (choice === 'keep') return new ExplainedFailure(kept(), failure.cause);
	if (!isCertainlyNew) return new ExplainedFailure(kept(NOT_CERTAINLY_NEW), failure.cause);
	const trouble = await deletionTrouble(draft);
	if (trouble !== undefined) return new ExplainedFailure(kept(trouble), failure.cause);
	const explanation = explainStep(failure, {
		mailing,
		message: (reason) => `${made} and deleted again, since ${reason}`,
		advice: ['Nothing of it is left, so the item can be run again.'],
	});
	return new ExplainedFailure(
		{ ...explanation, done: [], not_done: [words.step, ...namesOf(parts)] },
		failure.cause,
	);
}

const NOT_CERTAINLY_NEW =
	'The draft was not deleted: an answer got lost when it was made, so it could be an older one of the same name.';

function attachmentAdvice({ notDone }: StepFailure): string | undefined {
	return notDone.some((name) => name.startsWith('attachment '))
		? 'Files are added by the operation Add of Mailing Attachment.'
		: undefined;
}

/** Deletes a mailing; says why it may still be there. */
async function deletionTrouble({ id, send }: Draft): Promise<string | undefined> {
	const deleting = sendChange(send, mailings.delete.request({ id }));
	return await deleting.catch((error: unknown) => {
		if (!(error instanceof MaileonFailure)) throw error;
		if (isNotFound(error)) return undefined;
		const { message } = factsOf(error);
		return error.facts.outcome === 'refused'
			? `The draft could not be deleted either: ${message}`
			: `Whether the draft was deleted is not known: ${message}`;
	});
}

/** The row of a mailing that was made. */
export function madeRow({ id, done }: Made, row: IDataObject, name?: string): IDataObject {
	return { ...row, id: Number(id), ...(name !== undefined && { name }), updated: done };
}
