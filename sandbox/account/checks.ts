import type { Variants } from '../variants';

/** The checks of a mailing, by the last part of their paths. */
export const CHECKS = [
	'testsendout',
	'approvalprocess',
	'attention',
	'display',
	'bounce',
	'image',
	'link',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** A check that was started. */
export interface Check {
	/** Epoch milliseconds. */
	started: number;
	/** How often its result was asked for. */
	questions: number;
}

/** A check may take a minute. */
const LONGEST = 60_000;

/** A check that starts now. */
export function newCheck(started: number): Check {
	return { started, questions: 0 };
}

/** Whether a check has its result, as far as time and the questions so far tell. */
export function isFinished(check: Check, now: number, variants: Variants): boolean {
	return check.questions > variants.checkQuestions || now - check.started >= LONGEST;
}
