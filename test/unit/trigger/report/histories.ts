/**
 * Any histories: late events, equal events in one second, bursts over the borders of pages, entries
 * that appear while pages are read, faults, restarts, long pauses, changed filters.
 */
import fc from 'fast-check';

import type { Window } from '../../../../nodes/Maileon/trigger/report/window';
import type { Happening } from './simulatedReport';
import { LITTLE_MEMORY, START, type History, type Step } from './simulation';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Equal or nearly equal events at one time, each as late as it likes. */
const burst: fc.Arbitrary<Happening[]> = fc
	.record({
		kind: fc.constantFrom('click' as const, 'click' as const, 'open' as const),
		second: fc.integer({ min: -60, max: 1_500 }),
		spread: fc.constantFrom(0, 0, 1, 300, 20_000),
		latenesses: fc.array(
			fc.oneof(
				fc.constantFrom(0, 0, 1, 30, 60, 300, 900, 960, 1_500),
				fc.integer({ max: 1_000, min: 0 }),
			),
			{ minLength: 1, maxLength: 6 },
		),
		contacts: fc.constantFrom(1, 1, 2),
		absent: fc.constantFrom(0, 0, 0, 100, 600),
	})
	.map(({ kind, second, spread, latenesses, contacts, absent }) =>
		latenesses.map((lateness, index) => {
			const time = START + second * SECOND + index * spread;
			return {
				kind,
				time,
				lateness: lateness * SECOND,
				contact: index % contacts,
				...(absent > 0 && index === 0 && { absent: absence(time, absent) }),
			};
		}),
	);

function absence(time: number, seconds: number): Window {
	const from = time + 120 * SECOND;
	return { from, to: from + seconds * SECOND };
}

const step: fc.Arbitrary<Step> = fc.record({
	wait: fc.constantFrom(0, SECOND, MINUTE, MINUTE, MINUTE, MINUTE + 1, 5 * MINUTE, 30 * MINUTE),
	action: fc.constantFrom('poll', 'poll', 'poll', 'poll', 'poll', 'poll', 'restart', 'change'),
	failing: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8 })),
});

export const histories: fc.Arbitrary<History> = fc.record({
	settings: fc.record({
		lookBack: fc.constantFrom(0, 5 * MINUTE, 15 * MINUTE, 15 * MINUTE),
		delay: fc.constantFrom(0, MINUTE, MINUTE),
		mostEvents: fc.constantFrom(3, 6, 10_000, 10_000),
		mostRemembered: fc.constantFrom(LITTLE_MEMORY, 4_000, 128 * 1024),
	}),
	conditions: fc.record({
		pageSize: fc.constantFrom(1, 2, 3, 100),
		latency: fc.constantFrom(0, 300, 7 * SECOND),
		order: fc.constantFrom('byTime', 'byTimeReversed', 'byArrival', 'newestArrivalFirst'),
	}),
	kinds: fc.constantFrom(['click' as const], ['click' as const, 'open' as const]),
	budget: fc.constantFrom(1, 30 * SECOND, 10 * MINUTE, 10 * MINUTE),
	skew: fc.constantFrom(0, 0, -20 * SECOND, 20 * SECOND),
	happenings: fc.array(burst, { maxLength: 8 }).map((bursts) => bursts.flat()),
	steps: fc.array(step, { maxLength: 10 }),
});
