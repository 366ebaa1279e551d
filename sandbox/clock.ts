import type { Account } from './account/account';

/** A change of the sandbox's clock. */
export interface ClockSetting {
	/** The new time in epoch milliseconds. Absent: the present time of the sandbox. */
	at?: number;
	/** Milliseconds to add to it. */
	advance?: number;
	/** Whether time goes on from there. Absent: it stands still, so that a test moves it. */
	running?: boolean;
	/** Back to the real time; nothing else counts then. */
	real?: boolean;
}

/** Changes the clock of an account, or with an empty setting only reads it; gives the time. */
export function setClock(account: Account, setting: ClockSetting): Date {
	const { at, advance = 0, running = false, real = false } = setting;
	if (real) {
		account.now = () => new Date();
		account.isClockRunning = true;
	} else if (Object.keys(setting).length > 0) {
		const start = (at ?? account.now().getTime()) + advance;
		const started = Date.now();
		account.now = () => new Date(running ? start + Date.now() - started : start);
		account.isClockRunning = running;
	}
	return account.now();
}
