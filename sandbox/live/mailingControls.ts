import { CHECKS, newCheck } from '../account/checks';
import type { Action } from './controls';
import { controls } from './controls';
import { needed } from './input';

const DAY = 24 * 3_600_000;

const ACTIONS: Record<string, Action> = {
	sendDay: (input) => {
		const days = input.number('days') ?? 1;
		return (sandbox) => {
			const wentOut = sandbox.passTime(days * DAY);
			const now = sandbox.account.now();
			return { now: now.getTime(), iso: now.toISOString(), wentOut };
		};
	},
	startCheck: (input) => {
		const id = needed(input.number('id'), 'id');
		const check = needed(input.choice('check', CHECKS), 'check');
		return ({ recipients, account }) => {
			recipients.mailing(id).checks.set(check, newCheck(account.now().getTime()));
		};
	},
};

/** Controls of the time in which mailings go out, and of checks that no endpoint is known to start. */
export const mailingActions = controls(ACTIONS);
