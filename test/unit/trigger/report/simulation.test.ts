import fc from 'fast-check';

import { pollReports, type Poll, type Polled } from '../../../../nodes/Maileon/trigger/report/poll';
import type { ReportSource } from '../../../../nodes/Maileon/trigger/report/source';
import type { StoredState } from '../../../../nodes/Maileon/trigger/report/state';
import { FINGERPRINT_LENGTH } from '../../../../nodes/Maileon/trigger/report/reading';
import { CASES, checkAsync } from '../../../support/propertySettings';
import { histories } from './histories';
import { simulate, type PollFunction } from './simulation';

it('gives each event that the look back covers exactly once, and none twice', async () => {
	await checkAsync(
		'polling of reports',
		fc.asyncProperty(histories, async (history) => {
			const wrong = await simulate(history, pollReports);
			if (wrong.length > 0) throw new Error(wrong.join('\n'));
		}),
		10_000,
	);
});

describe('the simulation finds', () => {
	it.each<[string, PollFunction]>([
		['a cursor that moves before the last page', withSource(failingPagesAreEmpty)],
		['fingerprints without a count', withoutCounts],
		['windows that are closed on both ends', withSource(closedOnBothEnds)],
	])('%s', async (_, poll) => {
		const property = fc.asyncProperty(histories, async (history) => {
			const wrong = await simulate(history, poll);
			return !wrong.some((each) => / came \d+ times, not /.test(each));
		});
		const { failed } = await fc.check(property, { numRuns: CASES, endOnFailure: true });
		expect(failed).toBe(true);
	});
});

function withSource(changed: (source: ReportSource) => ReportSource): PollFunction {
	return async (poll: Poll) =>
		await pollReports({ ...poll, sources: (kind) => changed(poll.sources(kind)) });
}

function failingPagesAreEmpty(source: ReportSource): ReportSource {
	return {
		...source,
		page: async (window, page) => {
			const empty = { events: [], pages: 0, items: 0 };
			return await source.page(window, page).catch(() => empty);
		},
	};
}

function closedOnBothEnds(source: ReportSource): ReportSource {
	return {
		count: async ({ from, to }) => await source.count({ from, to: to + 1 }),
		page: async ({ from, to }, page) => await source.page({ from, to: to + 1 }, page),
	};
}

/** What was given counts as given however often it comes. */
async function withoutCounts(poll: Poll): Promise<Polled> {
	const polled = await pollReports(poll);
	return { ...polled, stored: withoutCountsIn(polled.stored) };
}

function withoutCountsIn(stored: StoredState): StoredState {
	const kinds = Object.entries(stored.kinds).map(([kind, { from, windows }]) => [
		kind,
		{
			from,
			windows: windows.map(({ before, given }) => ({
				before,
				given,
				counts: fingerprintsIn(given).map((fingerprint) => [fingerprint, 1_000]),
			})),
		},
	]);
	return { ...stored, kinds: Object.fromEntries(kinds) as StoredState['kinds'] };
}

function fingerprintsIn(given: string): string[] {
	return given.match(new RegExp(`.{${FINGERPRINT_LENGTH}}`, 'g')) ?? [];
}
