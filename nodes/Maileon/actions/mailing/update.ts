import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { mailingLocator, readMailingReference } from '../../input/mailing';
import { isWithoutChanges, readChangesOfExisting } from '../../input/mailingChanges';
import { optionsCollection } from '../../input/optionsCollection';
import type { ItemParameters } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import { mailingFacts, mailingValues } from '../../maileon/endpoints/mailingValues';
import { mailingSendout } from '../../maileon/endpoints/mailings';
import {
	isWaiting,
	sameScheduleQuery,
	scheduleTime,
	type Schedule,
} from '../../maileon/mailing/schedule';
import { tell } from '../../run/hints';
import type { Operation, Runner } from '../../run/operation';
import { doSteps, StepFailure } from '../../run/steps';
import { MaileonFailure } from '../../transport/failure';
import { fetchMailingValue, fetchSchedule } from '../../transport/mailings';
import { ExplainedFailure, ExplainedRefusal } from '../../transport/refusal';
import { oneByOne, retries, timeout } from '../shared/requests';
import {
	audience,
	changedCustomProperties,
	newSubjectField,
	newHtmlField,
	newTargetGroupField,
	content,
	sender,
	settingsWithName,
} from './shared/parameters';
import {
	PART_ENDPOINTS,
	partsOf,
	sendChange,
	stepsOn,
	type Draft,
	type Part,
} from './shared/parts';
import { perMailing } from './shared/perMailing';
import { explainStep } from './shared/stepFailures';

const IF_SCHEDULED = ['fail', 'again', 'anyway'] as const;
type IfScheduled = (typeof IF_SCHEDULED)[number];

const ifScheduled: INodeProperties = {
	displayName: 'If Scheduled',
	name: 'ifScheduled',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Change nothing' },
		{
			name: 'Update and Schedule Again',
			value: 'again',
			description: 'Set the same schedule again after the changes',
		},
		{
			name: 'Update Anyway',
			value: 'anyway',
			description: 'Maileon does not send the mailing until it is scheduled again',
		},
	],
	default: 'fail',
	description:
		'What to do when the mailing waits for its schedule and its content is to change: Maileon does not send a mailing whose content changed after it was scheduled',
};

const properties: INodeProperties[] = [
	mailingLocator('Mailing to change; it must be a draft'),
	newSubjectField,
	newHtmlField,
	newTargetGroupField,
	content,
	sender,
	audience,
	settingsWithName,
	changedCustomProperties,
	optionsCollection([oneByOne, ifScheduled, retries, timeout]),
];

/** Sets parts of a mailing (the articles that set one part each). */
export const updateMailing: Operation = {
	resource: 'mailing',
	value: 'update',
	name: 'Update',
	action: 'Update mailing',
	description:
		'Change the content, sender, target group, settings or custom properties of a mailing that is a draft. Only what is filled in or added here is changed.',
	properties,
	endpoints: [
		mailingFacts.state.get,
		mailingSendout.getSchedule,
		mailingValues.name.get,
		...PART_ENDPOINTS,
		mailingSendout.updateSchedule,
	],
	run: async (context) => {
		const items = await updateAll(context);
		tellBrokenSchedules(context.node, items);
		return items;
	},
};

/** In the row of a mailing whose content has changed under its schedule. */
const BROKEN = 'schedule_broken';

const updateAll: Runner = perMailing((parameters) => {
	const reference = readMailingReference(parameters);
	const changes = readChangesOfExisting(parameters);
	if (isWithoutChanges(changes))
		throw new InputRefusal('There is nothing to update.', {
			description: 'Fill in or add what is to change, such as Subject, HTML or Target Group.',
			field: 'subject',
		});
	const parts = partsOf(changes);
	const choice = readIfScheduled(parameters.within('options'));
	return {
		rows: async (mailing) => {
			await expectChangeable(mailing);
			const isContent = parts.some((part) => part.isContent);
			const [schedule, knownName] = await Promise.all([
				isContent ? waitingSchedule(mailing) : undefined,
				'name' in reference ? reference.name : nameOf(mailing),
			]);
			if (schedule && choice === 'fail') throw scheduled(mailing, schedule);
			const again = schedule && choice === 'again' ? [scheduleAgain(schedule)] : [];
			const updated = await update(mailing, [...parts, ...again], schedule);
			return [
				{
					id: Number(mailing.id),
					name: changes.values.name ?? knownName,
					updated,
					...(schedule && choice === 'anyway' && { [BROKEN]: true }),
				},
			];
		},
	};
});

/** @throws InputRefusal when it is none of the choices */
function readIfScheduled(options: ItemParameters): IfScheduled {
	return options.has(ifScheduled.name) ? options.choice(ifScheduled.name, IF_SCHEDULED) : 'fail';
}

/** Whether a schedule seals a mailing is not documented: there, Maileon decides. */
const CHANGEABLE = ['draft', 'scheduled'];

/** @throws ExplainedRefusal when the mailing is sealed */
async function expectChangeable({ id, send }: Draft): Promise<void> {
	const state = String(await fetchMailingValue(send, id, 'state')).trim();
	if (CHANGEABLE.includes(state.toLowerCase())) return;
	throw new ExplainedRefusal({
		message: `The mailing ${id} is no draft any more and cannot be changed: its state is "${state}".`,
		description:
			state === 'released'
				? 'Deactivate it first, or copy it and change the copy.'
				: 'Copy it, and change the copy.',
		field: 'mailing',
		mailing: { id: Number(id) },
	});
}

async function waitingSchedule({ id, send }: Draft): Promise<Schedule | undefined> {
	const schedule = await fetchSchedule(send, id);
	return schedule?.date && isWaiting(schedule) ? schedule : undefined;
}

async function nameOf({ id, send }: Draft): Promise<string> {
	return String((await fetchMailingValue(send, id, 'name')) ?? '').trim();
}

function scheduled({ id }: Draft, schedule: Schedule): ExplainedRefusal {
	return new ExplainedRefusal({
		message: `The mailing ${id} is scheduled for ${scheduleTime(schedule)}, and Maileon would not send it if its content changed now.`,
		description:
			'Nothing was changed. Choose "Update and Schedule Again" or "Update Anyway" under Options, If Scheduled, or delete the schedule first.',
		field: ifScheduled.name,
		mailing: { id: Number(id) },
	});
}

function scheduleAgain(schedule: Schedule): Part {
	return {
		names: ['schedule'],
		what: 'schedule',
		deed: 'set again',
		isContent: false,
		run: async ({ id, send }) =>
			await sendChange(
				send,
				mailingSendout.updateSchedule.request({ id }, sameScheduleQuery(schedule)),
			),
	};
}

/**
 * Sets parts of a mailing.
 * @param schedule that its content does not outlive
 * @returns what was set
 * @throws ExplainedRefusal when Maileon refused one, so that it can be tried again
 * @throws ExplainedFailure when Maileon may have set one that it did not confirm
 */
async function update(
	draft: Draft,
	parts: readonly Part[],
	schedule: Schedule | undefined,
): Promise<string[]> {
	return await doSteps(stepsOn(draft, parts)).catch((error: unknown) => {
		if (!(error instanceof StepFailure)) throw error;
		const { step, cause, done } = error;
		const isRefused = cause instanceof MaileonFailure && cause.facts.outcome === 'refused';
		const touched = isRefused ? done : [...done, ...step.names];
		const isBroken =
			schedule &&
			parts.some((part) => part.isContent && part.names.some((name) => touched.includes(name)));
		const explanation = explainStep(error, {
			mailing: { id: Number(draft.id) },
			message: (trouble) =>
				done.length > 0
					? `The mailing ${draft.id} was changed only in part: ${trouble}`
					: `The mailing ${draft.id} could not be changed: ${trouble}`,
			advice: [
				'Run Update again for the rest; what is done can be set once more.',
				isBroken ? NOT_SENT : undefined,
			],
		});
		throw isRefused
			? new ExplainedRefusal(explanation, cause)
			: new ExplainedFailure(explanation, cause);
	});
}

const NOT_SENT =
	'Its content changed after it was scheduled: Maileon does not send it until it is scheduled again.';

function tellBrokenSchedules(
	node: IExecuteFunctions,
	rows: ReadonlyArray<{ json: IDataObject }>,
): void {
	const broken = rows.filter(({ json }) => json[BROKEN] === true).length;
	if (broken === 0) return;
	const mailings = broken === 1 ? '1 scheduled mailing' : `${broken} scheduled mailings`;
	tell(
		node,
		`The content of ${mailings} was changed. Maileon does not send ${broken === 1 ? 'it' : 'them'} until ${broken === 1 ? 'it is' : 'they are'} scheduled again.`,
	);
}
