import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import type { ItemParameters } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import type { CheckResult } from '../../maileon/mailing/checkResults';
import { CHECKS, type CheckFacts, type CheckName } from '../../maileon/mailing/checks';
import type { Operation } from '../../run/operation';
import { MaileonFailure } from '../../transport/failure';
import { fetchMailingValue } from '../../transport/mailings';
import { ExplainedFailure, ExplainedRefusal } from '../../transport/refusal';
import { explain } from '../../transport/words';
import { changingOptions } from '../shared/requests';
import { perMailing, type Mailing } from './shared/perMailing';
import { startOnce } from './shared/start';
import { askUntil, fetchCheckResult, longestWait, readLongestWait } from './shared/waiting';

const CHOSEN = 'checks';

/** What each check is called, in the order of the menu. */
const LABELS: Readonly<Record<CheckName, string>> = {
	approvalprocess: 'Approval (Result Only)',
	attention: 'Attention (Start Only)',
	bounce: 'Bounce (Result Only)',
	display: 'Display (Start Only, Costs Money)',
	image: 'Image (Result Only)',
	link: 'Link (Result Only)',
	testsendout: 'Test Sendout (Result Only)',
};
const NAMES = Object.keys(LABELS) as CheckName[];

const properties: INodeProperties[] = [
	mailingLocator('Mailing to check; it must be a draft'),
	{
		displayName: 'Checks',
		name: CHOSEN,
		type: 'multiOptions',
		required: true,
		default: [],
		options: NAMES.map((name) => ({ name: LABELS[name], value: name })),
		description:
			'What to do. Result Only: the check is started in Maileon or by another operation, and its result is returned. Start Only: Maileon alone shows the result. Display is charged each time that it is started; it has to be chosen here, not by an expression.',
	},
	longestWait(
		'How long to wait for results altogether; a check can take a minute. With 0, Maileon is asked once. A check without a result by then comes out all the same and says so.',
	),
	changingOptions,
];

/** Starts checks, and tells what came of others ("Mailing – Start Attention Quality Check" and its sisters). */
export const runChecks: Operation = {
	resource: 'mailing',
	value: 'runChecks',
	name: 'Run Checks',
	action: 'Run checks of mailing',
	description:
		'Start checks of the quality of a mailing, and get the results of others: one item for each check',
	properties,
	endpoints: [
		mailingFacts.state.get,
		...NAMES.flatMap((name) => {
			const { start, result }: CheckFacts = CHECKS[name];
			return [start, result].filter((endpoint) => endpoint !== undefined);
		}),
	],
	run: perMailing((parameters) => {
		const chosen = readChosen(parameters);
		const wait = readLongestWait(parameters);
		return {
			rows: async (mailing) => {
				const { id } = mailing;
				await fetchMailingValue(mailing.send, id, 'state');
				await startAll(mailing, chosen);
				const results = await resultsOf(mailing, chosen, wait);
				return chosen.map((check) => ({ id: Number(id), check, ...outcomeOf(check, results) }));
			},
		};
	}),
};

/** @throws InputRefusal for none, for one that is not known, and for one that an expression must not choose */
function readChosen(parameters: ItemParameters): CheckName[] {
	const label = parameters.label(CHOSEN);
	const given = parameters.texts(CHOSEN);
	const unknown = given.find((name) => !Object.hasOwn(CHECKS, name));
	if (unknown !== undefined)
		throw new InputRefusal(`${label} does not know "${unknown}".`, {
			description: `Choose from ${NAMES.join(', ')}.`,
			field: CHOSEN,
		});
	const chosen = NAMES.filter((name) => given.includes(name));
	if (chosen.length === 0)
		throw new InputRefusal(`${label} is empty.`, {
			description: 'Choose at least one check.',
			field: CHOSEN,
		});
	const charged = chosen.find(costsMoney);
	if (charged && !parameters.isTyped(CHOSEN))
		throw new InputRefusal(`The check "${charged}" costs money each time.`, {
			description: `It has to be chosen under "${label}" in the node itself: an expression does not count.`,
			field: CHOSEN,
		});
	return chosen;
}

function costsMoney(name: CheckName): boolean {
	const { costsMoney: charged = false }: CheckFacts = CHECKS[name];
	return charged;
}

/**
 * Starts what can be started. What costs money comes last, so that nothing is paid for in vain.
 * @throws ExplainedRefusal when the first is refused; ExplainedFailure when it is not known whether one was
 *   started, or when one is refused after others were started
 */
async function startAll(mailing: Mailing, chosen: readonly CheckName[]): Promise<void> {
	const toStart = chosen
		.filter((name) => 'start' in CHECKS[name])
		.sort((one, other) => Number(costsMoney(one)) - Number(costsMoney(other)));
	for (const [index, name] of toStart.entries()) {
		const { start }: CheckFacts = CHECKS[name];
		if (!start) continue;
		const about = { mailing, done: toStart.slice(0, index), left: toStart.slice(index) };
		const doubt = await startOnce(mailing, start.request({ id: mailing.id })).catch(
			(error: unknown) => {
				throw failureOf(error, about);
			},
		);
		if (doubt) throw failureOf(doubt, about);
	}
}

const NOT_ENABLED = 412;

interface FailedStart {
	mailing: Mailing;
	/** The checks that were started before. */
	done: readonly CheckName[];
	/** The one that failed, and those after it. */
	left: readonly CheckName[];
}

/** A failed start in words, with what was started before it. */
function failureOf(error: unknown, { mailing: { id, name }, done, left }: FailedStart): unknown {
	const [check = '', ...others] = left;
	const mailing = { id: Number(id) };
	if (error instanceof ExplainedRefusal) {
		const explanation = {
			...error.explanation,
			mailing,
			...(done.length > 0 && { done, not_done: left }),
		};
		return new ExplainedFailure(explanation, error);
	}
	if (!(error instanceof MaileonFailure)) return error;
	const { status, outcome } = error.facts;
	const told = explain(error.facts, { what: name });
	const message =
		status === NOT_ENABLED
			? `The ${check} check is not enabled for this account.`
			: `The ${check} check could not be started: ${told.message}`;
	const isRefused = outcome === 'refused';
	const steps = done.length > 0 && { done, not_done: isRefused ? left : others };
	const explanation = { ...told, message, mailing, ...steps };
	return isRefused && done.length === 0
		? new ExplainedRefusal(explanation, error)
		: new ExplainedFailure(explanation, error);
}

type Results = ReadonlyMap<CheckName, CheckResult>;

/** The results that there are by the end of the wait. */
async function resultsOf(
	mailing: Mailing,
	chosen: readonly CheckName[],
	wait: number,
): Promise<Results> {
	const found = new Map<CheckName, CheckResult>();
	const wanted = chosen.filter((name) => 'result' in CHECKS[name]);
	const askForMissing = async () => {
		for (const name of wanted) {
			const { result: endpoint }: CheckFacts = CHECKS[name];
			if (!endpoint || found.has(name)) continue;
			const result = await fetchCheckResult(mailing, endpoint);
			if (result) found.set(name, result);
		}
		return found.size === wanted.length ? found : undefined;
	};
	await askUntil(askForMissing, wait, mailing.pause);
	return found;
}

/** What came of a check. */
function outcomeOf(check: CheckName, results: Results) {
	const result = results.get(check);
	if (result) return result;
	return 'start' in CHECKS[check] ? { state: null, started: true } : { state: null, waiting: true };
}
