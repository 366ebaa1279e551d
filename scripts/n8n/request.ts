export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An answer of n8n that is no success. */
export class N8nAnswerError extends Error {
	constructor(
		readonly status: number,
		readonly request: string,
		readonly answer: string,
	) {
		super(`${request} was answered with ${status}: ${answer.slice(0, 500)}`);
	}
}

/** A connection that is kept may be closed by n8n just when the next request is sent on it. */
export const oneConnectionEach = { connection: 'close' };

/**
 * Sends a request to n8n.
 *
 * @returns what stands under `data` in the answer, and the cookie it signs in with, empty when it has none
 * @throws N8nAnswerError when the answer is no success
 */
export async function call(
	url: string,
	method: Method,
	path: string,
	body?: unknown,
	cookie?: string,
): Promise<{ data: unknown; cookie: string }> {
	const response = await fetch(`${url}${path}`, {
		method,
		headers: {
			...oneConnectionEach,
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(cookie === undefined ? {} : { cookie }),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new N8nAnswerError(response.status, `${method} ${path}`, text);
	const answer = text === '' ? {} : (JSON.parse(text) as { data?: unknown });
	const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
	return {
		data: answer.data,
		cookie: cookies.find((each) => each.startsWith('n8n-auth=')) ?? '',
	};
}
