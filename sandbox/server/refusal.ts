/** A request that Maileon does not accept: the status and, in words, why. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
		this.name = 'Refusal';
	}
}

/** The request is malformed or breaks a rule of the documentation (status 400). */
export function badRequest(message: string): Refusal {
	return new Refusal(400, message);
}

/** What the request names does not exist (status 404). */
export function notFound(message: string): Refusal {
	return new Refusal(404, message);
}
