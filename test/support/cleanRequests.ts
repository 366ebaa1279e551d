import type { Sandbox } from '../../sandbox';

/**
 * Fails each test of the file in which the sandbox had to overlook something in a request: what
 * the package sends keeps to Maileon's documentation, also where Maileon would take more.
 */
export function requireCleanRequests(sandbox: () => Sandbox): void {
	afterEach(() => {
		const unclean = sandbox()
			.requests.filter(({ leniencies }) => leniencies.length > 0)
			.map(({ method, rawUrl, leniencies }) => ({ method, rawUrl, leniencies }));
		expect(unclean).toEqual([]);
	});
}
