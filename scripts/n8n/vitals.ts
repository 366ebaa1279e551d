import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How an n8n was in a quarter of a second that ended at `at`, in milliseconds since 1970. */
export interface Vitals {
	at: number;
	/** How long its event loop stood still at most, in milliseconds. */
	pause: number;
	/** Resident memory of the process, in bytes. */
	resident: number;
	/** What of V8's heap is in use, garbage included, in bytes. */
	heap: number;
	/** How much of the processor it has had since it started, in milliseconds. */
	processor: number;
}

/** The settings of an n8n that writes its vitals into the file. */
export function vitalsInto(file: string): Readonly<Record<string, string>> {
	return {
		NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'vitals.cjs'))}`,
		VITALS_FILE: file,
	};
}

/** What was written into the file so far, oldest first. */
export function readVitals(file: string): Vitals[] {
	if (!existsSync(file)) return [];
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => {
			const [at = 0, pause = 0, resident = 0, heap = 0, processor = 0] = line
				.split(' ')
				.map(Number);
			return { at, pause, resident, heap, processor };
		});
}
