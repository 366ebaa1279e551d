/**
 * A client that notes what may have come of the changes that it was asked for.
 */
import type { MaileonClient } from '../transport/client';
import { MaileonFailure } from '../transport/failure';
import { MaileonRefusal } from '../transport/refusal';

export interface WatchedClient extends MaileonClient {
	/** Whether a request was sent that changes something at Maileon. */
	readonly hasSentChange: boolean;
	/**
	 * Whether Maileon acted on one of the changes, or may have.
	 * @param error what the work with this client ended with, where it failed
	 */
	mayHaveActed(error?: unknown): boolean;
}

/**
 * @param stop ends the pauses before repetitions, so that nothing is sent any more
 */
export function watch(client: MaileonClient, stop?: AbortSignal): WatchedClient {
	let hasSentChange = false;
	let isUnclear = false;
	let isAccepted = false;
	/** Something was started that must not be started twice. */
	let isStarted = false;
	const onUnclear = () => {
		isUnclear = true;
	};
	/** What fails after something was started does not undo it. */
	const failLater = (error: unknown): never => {
		if (isStarted) onUnclear();
		throw error;
	};
	return {
		async send(request, options) {
			if (request.method === 'GET')
				return await client.send(request, { ...options, stop }).catch(failLater);
			hasSentChange = true;
			const answer = await client
				.send(request, { ...options, stop, onUnclear })
				.catch((error: unknown) => {
					if (error instanceof MaileonFailure && error.facts.outcome === 'unclear') onUnclear();
					return failLater(error);
				});
			isAccepted = true;
			if (request.neverRepeated) isStarted = true;
			return answer;
		},
		get hasSentChange() {
			return hasSentChange;
		},
		mayHaveActed: (error) => isUnclear || (isAccepted && !isRefusal(error)),
	};
}

/** Whether Maileon did nothing, although it may have answered with a status of success. */
function isRefusal(error: unknown): boolean {
	return (
		error instanceof MaileonRefusal ||
		(error instanceof MaileonFailure && error.facts.outcome === 'refused')
	);
}
