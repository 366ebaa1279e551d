/**
 * What the node writes to the log.
 */
import type { EventKind } from '../../maileon/report/event';

export const words = {
	started: (from: number) => `Started. The workflow gets what happens from ${momentText(from)} on.`,
	startedAnew: () =>
		'The events, the filters or the account of this node have changed, so it starts anew. The workflow gets what happens from now on.',
	kindFailed: (kind: EventKind, reason: string) =>
		`The report "${kindText(kind)}" could not be read: ${withoutStop(reason)}. The next poll tries again and loses nothing.`,
	failed: (reason: string) =>
		`The reports could not be read: ${withoutStop(reason)}. The next poll tries again and loses nothing.`,
	lookBackShortened: (kind: EventKind, bytes: number) =>
		`More happened in the report "${kindText(kind)}" than fits into the ${Math.round(bytes / 1024)} kB that the node may remember, so it looks back less far than set. Nothing comes twice, but what Maileon reports late can be missing.`,
	stillPolling: () => 'The last poll is still under way, so this one is left out.',
	tooLate: () => 'The poll took longer than n8n waits, so what it found is given by the next one.',
	noTestEvent: () =>
		'Nothing of the kind happened in the last 30 days. Change the events or the filters, or make something happen, such as a click in a mail to yourself.',
} as const;

function momentText(moment: number): string {
	return new Date(moment).toISOString();
}

function kindText(kind: EventKind): string {
	return kind.replaceAll('_', ' ');
}

/** What an error says. */
export function errorText(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function withoutStop(text: string): string {
	return text.trim().replace(/\.$/, '');
}
