/**
 * The figures of a mailing, and what they mean as shares.
 * Rests on the official client ("mailing_summaries"); rates are made here.
 */
import type { ReportEntry } from './entries';

/** How many mailings one request asks for at most: so many are known to be in use. */
export const MOST_SUMMARIES = 50;

/** What is divided by the number of recipients, for each rate. */
export const RATES = {
	open_rate: 'opens_unique',
	click_rate: 'clicks_unique',
	bounce_rate: 'bounces',
	unsubscription_rate: 'unsubscriptions',
} as const;

/** The summary with its rates, shares of the recipients from 0 to 1; null where they cannot be told. */
export function withRates(summary: ReportEntry): ReportEntry {
	const { recipients } = summary;
	const share = (part: unknown) =>
		typeof part === 'number' && typeof recipients === 'number' && recipients > 0
			? Math.round((part / recipients) * 10_000) / 10_000
			: null;
	const rates = Object.entries(RATES).map(([rate, part]) => [rate, share(summary[part])] as const);
	return { ...summary, ...Object.fromEntries(rates) };
}
