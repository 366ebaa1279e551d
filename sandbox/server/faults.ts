import type { Fault } from '../types';

/** The faults that wait for a request that fits. */
export class Faults {
	private waiting: Array<{ fault: Fault; left: number }> = [];

	add(fault: Fault): void {
		this.waiting.push({ fault, left: fault.times ?? 1 });
	}

	clear(): void {
		this.waiting = [];
	}

	/** The first fault that fits the request; it is used up by one. */
	take(method: string, path: string): Fault | undefined {
		const found = this.waiting.find(({ fault }) => fits(fault, method, path));
		if (!found) return undefined;
		found.left -= 1;
		if (found.left <= 0) this.waiting = this.waiting.filter((each) => each !== found);
		return found.fault;
	}
}

function fits(fault: Fault, method: string, path: string): boolean {
	if (fault.method !== undefined && fault.method !== method) return false;
	if (fault.path === undefined) return true;
	return typeof fault.path === 'string' ? fault.path === path : path.search(fault.path) >= 0;
}

/** Whether Maileon acts on a request that this fault hits. */
export function actsDespite(fault: Fault): boolean {
	return (
		fault.act ??
		(fault.status === undefined &&
			fault.breakConnection !== 'before' &&
			fault.respond === undefined)
	);
}
