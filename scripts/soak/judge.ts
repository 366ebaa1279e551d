import type { Vitals } from '../n8n';
import { timesOf } from '../queue/stage';
import { isForged, rightStatus } from './calls';
import type { Answered } from './deliver';
import type { Synchronized, Told } from './sink';
import { CONTACTS } from './synchronize';

/** Maileon waits as long for an answer, in milliseconds. */
const PATIENCE = 5000;

const MB = 1_000_000;

/**
 * How much more n8n may hold in the last third than in the middle one, both under the same load. What the heap came
 * down to after a garbage collection shows a leak best: in a sound n8n it differs by a few in a hundred between the
 * thirds of ten minutes, while with 50 calls a second 3 kB that stay of each execution make 10 in a hundred. Resident
 * memory also holds the garbage of each synchronization, of which V8 lets more or less lie.
 */
const HEAP_GROWTH = 0.1;
const RESIDENT_GROWTH = 0.25;
/** In a shorter time V8 has not yet collected all garbage of the start, so that growth says nothing. In milliseconds. */
const LONG_ENOUGH = 300_000;

/** All that was seen in a soak. */
export interface Seen {
	answers: readonly Answered[];
	told: readonly Told[];
	/** How many of the latest executions of the trigger's workflow failed; n8n keeps no others. */
	failedExecutions: number;
	synchronized: readonly Synchronized[];
	/** How long each synchronization took, in milliseconds. */
	runs: readonly number[];
	/** Whether nothing was to be synchronized. */
	isAlone: boolean;
	/** How often each email is in the account. */
	emails: ReadonlyMap<string, number>;
	/** How many processes the machine had to do on average at a time, and how many cores it has. */
	load: number;
	cores: number;
	/** While the calls were made. */
	vitals: readonly Vitals[];
}

/** Figures with their names, and what was not as it should be. */
export interface Verdict {
	rows: Array<[name: string, value: string]>;
	failures: string[];
}

/** Compares what was seen with what has to be. */
export function judge(seen: Seen): Verdict {
	const parts = [judgeExecutions(seen), judgeTimes(seen), judgeContacts(seen), judgeMemory(seen)];
	return {
		rows: parts.flatMap(({ rows }) => rows),
		failures: parts.flatMap(({ failures }) => failures),
	};
}

/**
 * Every genuine delivery starts one execution, a repeated one too: Maileon documents nothing by which the
 * trigger could tell that it is one.
 */
function judgeExecutions({ answers, told, failedExecutions }: Seen): Verdict {
	const genuine = answers.filter(({ call }) => !isForged(call));
	const forged = answers.length - genuine.length;
	const repeated = genuine.filter(({ call }) => call.kind === 'repeated').length;
	const executed = timesOf(told.map(({ event }) => event));
	const expected = timesOf(genuine.map(({ call }) => call.event));
	const lost = [...expected].filter(([event, times]) => (executed.get(event) ?? 0) < times).length;
	const tooOften = [...expected].filter(([event, times]) => (executed.get(event) ?? 0) > times);
	const unknown = [...executed.keys()].filter((event) => !expected.has(event)).length;
	const executions = new Set(told.map(({ execution }) => execution)).size;
	const wrong = answers.filter(({ call, status }) => status !== rightStatus(call));
	const wrongWords = timesOf(
		wrong.map(({ call, status }) => `${call.kind}: ${status ?? 'no answer'}`),
	);
	return {
		rows: [
			['Calls', `${number(answers.length)}`],
			['Genuine, of which repeated', `${number(genuine.length)}, ${number(repeated)}`],
			['Forged', number(forged)],
			['Executions', number(executions)],
			['Events lost, executed too often', `${lost}, ${tooOften.length}`],
			['Executions of forged calls', String(unknown)],
		],
		failures: failuresOf([
			[lost > 0, `${lost} events were lost`],
			[tooOften.length > 0, `${tooOften.length} events were executed more often than delivered`],
			[unknown > 0, `${unknown} forged calls started an execution`],
			[
				executions !== genuine.length || told.length !== executions,
				`${genuine.length} deliveries started ${executions} executions that told of themselves ${told.length} times`,
			],
			[failedExecutions > 0, `${failedExecutions} executions failed`],
			...[...wrongWords].map(([words, times]): [boolean, string] => [
				true,
				`${times} calls got another answer than they should (${words})`,
			]),
		]),
	};
}

function judgeTimes({ answers, vitals, load, cores }: Seen): Verdict {
	const times = answers.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
	const share = (part: number): number => times[Math.ceil(part * times.length) - 1] ?? 0;
	const longest = share(1);
	const pause = Math.max(0, ...vitals.map((each) => each.pause));
	const [first, last] = [vitals[0], vitals.at(-1)];
	const busy =
		first && last ? (last.processor - first.processor) / Math.max(1, last.at - first.at) : 0;
	return {
		rows: [
			['Answered within (median)', `${share(0.5).toFixed(0)} ms`],
			['Answered within (99 of 100)', `${share(0.99).toFixed(0)} ms`],
			['Answered within (all)', `${longest.toFixed(0)} ms`],
			['Longest pause of the event loop', `${pause} ms`],
			['Processor that n8n had', `${(busy * 100).toFixed(0)} % of a core`],
			['Load of the machine', `${load.toFixed(1)} on ${cores} cores`],
		],
		failures: failuresOf([
			[longest >= PATIENCE, `an answer took ${longest.toFixed(0)} ms, longer than Maileon waits`],
		]),
	};
}

function judgeContacts({ synchronized, runs, isAlone, emails }: Seen): Verdict {
	if (isAlone) return { rows: [], failures: [] };
	const incomplete = synchronized.filter(({ contacts }) => contacts !== CONTACTS).length;
	const twice = [...emails.values()].filter((times) => times > 1).length;
	const seconds = runs.map((milliseconds) => milliseconds / 1000);
	return {
		rows: [
			[`Synchronizations of ${number(CONTACTS)} contacts`, String(runs.length)],
			[
				'Shortest and longest of them',
				`${Math.min(...seconds).toFixed(0)} s, ${Math.max(...seconds).toFixed(0)} s`,
			],
			['Contacts in the account, twice', `${number(emails.size)}, ${twice}`],
		],
		failures: failuresOf([
			[incomplete > 0, `${incomplete} synchronizations did not report ${CONTACTS} contacts`],
			[runs.length === 0, 'no synchronization ran'],
			[
				synchronized.length !== runs.length,
				`${runs.length} synchronizations told of their end ${synchronized.length} times`,
			],
			[
				emails.size !== CONTACTS || twice > 0,
				`${emails.size} contacts are in the account, ${twice} of them twice`,
			],
		]),
	};
}

function judgeMemory({ vitals }: Seen): Verdict {
	const third = Math.floor(vitals.length / 3);
	const parts = [0, 1, 2].map((index) => vitals.slice(index * third, (index + 1) * third));
	const resident = parts.map((part) => median(part.map((each) => each.resident)));
	const heap = parts.map((part) => Math.min(...part.map((each) => each.heap)));
	const growth = ([, middle = 0, last = 0]: number[]): number => last / middle - 1;
	const isLong = (vitals.at(-1)?.at ?? 0) - (vitals[0]?.at ?? 0) >= LONG_ENOUGH;
	const inMb = (bytes: number[]): string =>
		`${bytes.map((each) => (each / MB).toFixed(0)).join(', ')} MB`;
	return {
		rows: [
			['Resident memory in each third (median)', inMb(resident)],
			['V8 heap in each third (least)', inMb(heap)],
		],
		failures: failuresOf([
			[isLong && growth(resident) > RESIDENT_GROWTH, `resident memory grew: ${inMb(resident)}`],
			[isLong && growth(heap) > HEAP_GROWTH, `the heap grew: ${inMb(heap)}`],
		]),
	};
}

function failuresOf(cases: Array<[isSo: boolean, words: string]>): string[] {
	return cases.filter(([isSo]) => isSo).map(([, words]) => words);
}

function median(values: number[]): number {
	return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function number(value: number): string {
	return value.toLocaleString('en');
}
