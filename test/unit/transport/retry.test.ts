import fc from 'fast-check';

import type { FailureFacts } from '../../../nodes/Maileon/transport/failure';
import {
	LONGEST_PAUSE,
	mayRepeat,
	pauseBefore,
	readRetryAfter,
} from '../../../nodes/Maileon/transport/retry';

const facts = (parts: Partial<FailureFacts>): FailureFacts => ({
	kind: 'status',
	outcome: 'unclear',
	method: 'POST',
	...parts,
});

describe('what is repeated', () => {
	test.each([
		[429, true, true],
		[503, true, true],
		[502, true, false],
		[504, true, false],
		[400, false, false],
		[401, false, false],
		[403, false, false],
		[404, false, false],
		[405, false, false],
		[409, false, false],
		[413, false, false],
		[500, false, false],
		[302, false, false],
	])('status %i: %p; with a mail: %p', (status, plain, withMail) => {
		expect(mayRepeat(facts({ status }))).toBe(plain);
		expect(mayRepeat(facts({ status, canSendMail: true }))).toBe(withMail);
		expect(mayRepeat(facts({ status, makesAnother: true }))).toBe(withMail);
	});

	test.each<[Partial<FailureFacts>, boolean, boolean]>([
		[{ kind: 'unreachable' }, true, true],
		[{ kind: 'broken' }, true, false],
		[{ kind: 'broken', status: 200 }, false, false],
		[{ kind: 'timeout' }, false, false],
		[{ kind: 'answer', status: 200 }, false, false],
		[{ kind: 'report', status: 200 }, false, false],
		[{ kind: 'cancelled' }, false, false],
	])('%p: %p; with a mail: %p', (parts, plain, withMail) => {
		expect(mayRepeat(facts(parts))).toBe(plain);
		expect(mayRepeat(facts({ ...parts, canSendMail: true }))).toBe(withMail);
		expect(mayRepeat(facts({ ...parts, makesAnother: true }))).toBe(withMail);
	});

	test('a server that asks for a very long pause gets no further request', () => {
		expect(mayRepeat(facts({ status: 429, retryAfterMs: LONGEST_PAUSE }))).toBe(true);
		expect(mayRepeat(facts({ status: 429, retryAfterMs: LONGEST_PAUSE + 1 }))).toBe(false);
	});
});

describe('the pause', () => {
	test.each([
		[1, 0, 1_000],
		[1, 1, 500],
		[2, 0, 2_000],
		[3, 0.5, 3_000],
		[20, 0, LONGEST_PAUSE],
	])('after attempt %i with chance %p is %i ms', (attempt, random, pause) => {
		expect(pauseBefore(attempt, facts({ status: 503 }), random)).toBe(pause);
	});

	test('is what the server asks for', () => {
		expect(pauseBefore(3, facts({ status: 429, retryAfterMs: 7_000 }), 0.3)).toBe(7_000);
		expect(pauseBefore(3, facts({ status: 429, retryAfterMs: 0 }), 0.3)).toBe(0);
	});

	test('grows and stays within bounds', () => {
		const chance = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 100 }), chance, (attempt, random) => {
				const pause = pauseBefore(attempt, facts({ status: 503 }), random);
				const full = Math.min(1_000 * 2 ** (attempt - 1), LONGEST_PAUSE);
				expect(pause).toBeLessThanOrEqual(full);
				expect(pause).toBeGreaterThanOrEqual(full / 2 - 1);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('Retry-After', () => {
	const now = Date.parse('2026-11-22T12:00:00Z');
	test.each([
		['0', 0],
		['12', 12_000],
		[' 5 ', 5_000],
		['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
		['Sun, 22 Nov 2026 11:00:00 GMT', 0],
		['soon', undefined],
		['5 s or so', undefined],
		['in 5', undefined],
		['on Sun, 22 Nov 2026 12:00:30 GMT', undefined],
		['Sunday, 22-Nov-26 12:00:30 GMT', 30_000],
		['', undefined],
		[undefined, undefined],
		[['5', '6'], undefined],
	])('%p is %p', (header, milliseconds) => {
		expect(readRetryAfter(header, now)).toBe(milliseconds);
	});
});
