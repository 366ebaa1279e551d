/**
 * Which fault is run at which operation. What makes the difference between operations is how they run
 * and what they are answered with, so one operation of each such pair meets every fault. Every other
 * operation meets three faults, each under another setting of "On Error": enough to see that it is put
 * together as the others are.
 */
import type { AnswerKind } from '../../nodes/Maileon/maileon/endpoints/endpoint';
import { OPERATIONS, type FaultOperation } from './faultOperations';
import { FAULTS, ON_ERROR, type Fault, type OnError } from './faults';

export interface FaultCase {
	operation: FaultOperation;
	fault: Fault;
	onError: OnError;
}

function faultNamed(name: string): Fault {
	const fault = FAULTS.find((one) => one.name === name);
	if (!fault) throw new Error(`There is no fault "${name}"`);
	return fault;
}

/**
 * The faults that tell most of an operation: whether a refusal is told in words, whether an unclear
 * outcome is told and not repeated where it must not be, and whether its answer is looked at.
 */
export function tellingFaults(answer: AnswerKind): ReadonlyArray<readonly [OnError, Fault]> {
	return [
		['stopWorkflow', faultNamed('400 with `<error>`')],
		['continueRegularOutput', faultNamed('connection reset after the request was sent')],
		['continueErrorOutput', faultNamed(uselessAnswerTo(answer))],
	];
}

/** Content that is taken as it is can be cut off, or be a web page, without a sign of it. */
function uselessAnswerTo(answer: AnswerKind): string {
	switch (answer) {
		case 'confirmation':
			return '200 with HTML';
		case 'text':
		case 'html':
		case 'bytes':
			return 'answer broken off';
		default:
			return '200 with a truncated answer';
	}
}

function casesOf(operation: FaultOperation): FaultCase[] {
	if (operation.meetsEveryFault)
		return ON_ERROR.flatMap((onError) => FAULTS.map((fault) => ({ operation, fault, onError })));
	const special = Object.keys(operation.exceptions).map(
		(name) => ['stopWorkflow', faultNamed(name)] as const,
	);
	return [...tellingFaults(operation.endpoint.answer), ...special].map(([onError, fault]) => ({
		operation,
		fault,
		onError,
	}));
}

export const CASES: readonly FaultCase[] = OPERATIONS.flatMap(casesOf);

/**
 * The cases for a line of n8n. What "On Error" makes of a fault does not depend on the line, so on 2.x the
 * operations that meet every fault meet each under one setting, in turn.
 */
export function casesOn(line: 1 | 2): readonly FaultCase[] {
	if (line === 1) return CASES;
	const settingOf = (fault: Fault) => ON_ERROR[FAULTS.indexOf(fault) % ON_ERROR.length];
	return CASES.filter(
		({ operation, fault, onError }) => !operation.meetsEveryFault || onError === settingOf(fault),
	);
}

/** What an operation shares with others that go wrong in the same way. */
export function kindOf({ runner, endpoint: { answer, canSendMail } }: FaultOperation): string {
	return `${runner}, ${answer}${canSendMail ? ', can send mail' : ''}`;
}
