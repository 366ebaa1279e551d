import { createServer } from 'node:net';

/**
 * Finds a port on 127.0.0.1 that nothing listens on.
 *
 * @param wanted taken when it is free
 * @returns the wanted port, or another free one
 */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (error: NodeJS.ErrnoException) => {
			if (wanted !== 0 && ['EADDRINUSE', 'EACCES'].includes(error.code ?? '')) resolve(freePort());
			else reject(error);
		});
		probe.listen(wanted, '127.0.0.1', () => {
			const address = probe.address();
			const port = typeof address === 'object' && address !== null ? address.port : wanted;
			probe.close(() => resolve(port));
		});
	});
}
