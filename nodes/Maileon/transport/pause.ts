import { sleep } from 'n8n-workflow';

/**
 * Waits for some milliseconds, and no longer than until `cancel` is aborted, as the cancel signal of
 * an execution is. Never rejects, and leaves nothing behind at the signal.
 */
export async function pause(milliseconds: number, cancel?: AbortSignal): Promise<void> {
	if (milliseconds <= 0 || cancel?.aborted) return;
	await new Promise<void>((resolve) => {
		const end = () => {
			cancel?.removeEventListener('abort', end);
			resolve();
		};
		cancel?.addEventListener('abort', end);
		void sleep(milliseconds).then(end);
	});
}
