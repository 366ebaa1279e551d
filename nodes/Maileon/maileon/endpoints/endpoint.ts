/**
 * An endpoint of Maileon, written down once: requests, the rules for repeating them, the coverage table
 * and the fault matrix are made from it.
 */
import {
	MEDIA_TYPE,
	type MaileonRequest,
	type MediaType,
	type Method,
	type Query,
	type RequestBody,
} from '../request';

/** What an answer with a status of success holds. */
export type AnswerKind =
	/** Anything that can be Maileon's, even nothing: the documentation is silent on it. */
	| 'confirmation'
	/** XML about one thing. */
	| 'document'
	/** A list in XML; no body is a list without entries. */
	| 'list'
	/** Maileon's report on a synchronization, in XML. */
	| 'report'
	/** Maileon's reports on transactions, in JSON. */
	| 'transactionReports'
	/** JSON about one thing. */
	| 'json'
	/** A list in JSON; no body is a list without entries. */
	| 'jsonList'
	/** Plain text, taken as it is. */
	| 'text'
	/** A web page, taken as it is. */
	| 'html'
	/** A file. */
	| 'bytes';

export interface EndpointFacts {
	/** Titles of the articles in Maileon's documentation; none where only its clients show the endpoint. */
	articles?: string | readonly string[];
	answer: AnswerKind;
	/** The root element of an XML answer, where it is documented. */
	root?: string;
	/** Media type of the body, where all requests have the same. */
	body?: MediaType;
	/** Media type that is asked for; XML by default. */
	accept?: MediaType;
	/** Whether every request can make Maileon send a mail. */
	canSendMail?: boolean;
	/** Whether a request is never repeated, whatever became of it. */
	neverRepeated?: boolean;
	/** Whether repeating a request would make a second one of what it makes. */
	makesAnother?: boolean;
	/** Whether it takes something away, so that 404 to a repeated request means that it is done. */
	removes?: boolean;
	/** What to do about a status that means something particular here. */
	advice?: Readonly<Record<number, string>>;
	/** Which endpoint is asked instead, and why. */
	note?: string;
}

export interface Endpoint extends Omit<EndpointFacts, 'articles'> {
	articles: readonly string[];
	method: Method;
	/** Segments that begin with a colon stand for a value; some paths end with a slash. */
	path: string;
	/**
	 * A request to the endpoint.
	 * @param values what the placeholders of the path stand for, not encoded
	 * @param query undefined and empty values are left out
	 * @param body content of the endpoint's media type, or one that names its own
	 * @throws Error when a placeholder has no value
	 */
	request(
		values?: Readonly<Record<string, string>>,
		query?: Query,
		body?: string | Buffer | RequestBody,
	): MaileonRequest;
}

/** @param signature for example `DELETE /contacts/email/:email` */
export function endpoint(signature: `${Method} /${string}`, facts: EndpointFacts): Endpoint {
	const [method, path = ''] = signature.split(' ') as [Method, string];
	const endsWithSlash = path.endsWith('/');
	const segments = path.split('/').slice(1, endsWithSlash ? -1 : undefined);
	const { articles = [], ...rest } = facts;
	const rules = rulesOf(facts);
	return {
		...rest,
		articles: [articles].flat(),
		method,
		path,
		request: (values = {}, query = [], body) => ({
			method,
			path: segments.map((segment) => filledIn(segment, values, signature)),
			...(endsWithSlash && { endsWithSlash }),
			query,
			...(body !== undefined && { body: typed(body, facts.body ?? 'xml') }),
			...rules,
		}),
	};
}

/** What every request to the endpoint carries. */
function rulesOf(facts: EndpointFacts): Partial<MaileonRequest> {
	const { accept, answer, root, canSendMail, neverRepeated, makesAnother, removes, advice } = facts;
	return {
		...(accept && { accept: MEDIA_TYPE[accept] }),
		...((answer === 'text' || answer === 'html' || answer === 'bytes') && { content: answer }),
		...(root && { root }),
		...(canSendMail && { canSendMail }),
		...(neverRepeated && { neverRepeated }),
		...(makesAnother && { makesAnother }),
		...(removes && { doneBefore: { statuses: [404] } }),
		...(advice && { advice }),
	};
}

function filledIn(
	segment: string,
	values: Readonly<Record<string, string>>,
	signature: string,
): string {
	if (!segment.startsWith(':')) return segment;
	const value = values[segment.slice(1)];
	if (value === undefined) throw new Error(`${signature} needs a value for ${segment}`);
	return value;
}

function typed(content: string | Buffer | RequestBody, type: MediaType): RequestBody {
	return typeof content === 'string' || Buffer.isBuffer(content)
		? { type: MEDIA_TYPE[type], content }
		: content;
}
