import type { MaileonRequest } from '../../../maileon/request';
import { readWriteAnswer } from '../../../transport/answers';
import { MaileonFailure } from '../../../transport/failure';
import type { Send } from '../../../transport/mailings';

/**
 * Sends a change of which something else than its answer can tell what became of it.
 * @returns the failure, where it failed
 */
export async function attempt(
	send: Send,
	request: MaileonRequest,
): Promise<MaileonFailure | undefined> {
	return await send(request)
		.then((answer) => {
			readWriteAnswer(answer, request);
			return undefined;
		})
		.catch((error: unknown) => {
			if (error instanceof MaileonFailure) return error;
			throw error;
		});
}

/**
 * The same, for a change that is over when Maileon refuses it.
 * @returns the failure after which it is not known whether Maileon did it
 * @throws MaileonFailure when it surely did not
 */
export async function attemptUnlessRefused(
	send: Send,
	request: MaileonRequest,
): Promise<MaileonFailure | undefined> {
	const failure = await attempt(send, request);
	if (failure?.facts.outcome === 'refused') throw failure;
	return failure;
}

/**
 * What a read gives, or undefined where it fails: what was done before stays done.
 * @throws MaileonFailure when the execution was cancelled
 */
export async function ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
	return await read().catch((error: unknown) => {
		if (error instanceof MaileonFailure && error.facts.kind !== 'cancelled') return undefined;
		throw error;
	});
}
