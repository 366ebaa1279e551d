/**
 * A request to Maileon, and the URL that it becomes.
 * Rests on "Authentication", "Pagination" and the pages of the endpoints (media types, URL rules).
 */
import type { Answer } from './answer';
import { withoutLoneSurrogates } from './text';

export const MEDIA_TYPE = {
	xml: 'application/vnd.maileon.api+xml',
	json: 'application/vnd.maileon.api+json',
	plainJson: 'application/json',
	html: 'text/html',
	text: 'text/plain',
	any: '*/*',
} as const;

export type MediaType = keyof typeof MEDIA_TYPE;

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type QueryValue = string | number | boolean | undefined;

export type Query = ReadonlyArray<readonly [name: string, value: QueryValue]>;

export interface MaileonRequest {
	method: Method;
	/** Segments of the path, not encoded: `['contacts', 'externalid', 'a/b']`. */
	path: readonly string[];
	/** Whether the path ends with a slash, as that of some endpoints does. */
	endsWithSlash?: boolean;
	/** Repeated names are repeated on the wire; undefined values are left out. */
	query?: Query;
	body?: RequestBody;
	/** Media type of the answer; XML by default. */
	accept?: string;
	/** What an answer with a status of success holds, where it is not to be read as XML or JSON. */
	content?: 'text' | 'html' | 'bytes';
	/** The documented root element of an XML answer. */
	root?: string;
	/** Whether the request can make Maileon send a mail, so that repeating it could send a second one. */
	canSendMail?: boolean;
	/** Whether it is never repeated, whatever became of it. */
	neverRepeated?: boolean;
	/** Whether repeating it would make a second one of what it makes. */
	makesAnother?: boolean;
	/** Longest time until the answer is complete, in milliseconds. */
	timeout?: number;
	/** How a repeated request finds that it was carried out before; without it, it never does. */
	doneBefore?: DoneBefore;
	/** What to do about a status that means something particular at this endpoint. */
	advice?: Readonly<Record<number, string>>;
}

export interface RequestBody {
	/** The media type, for example `MEDIA_TYPE.xml`. */
	type: string;
	/** Text is sent in UTF-8, bytes as they are. */
	content: string | Buffer;
}

/**
 * What a request that is repeated, since the answer to an earlier attempt got lost, meets where the
 * earlier attempt was carried out: nothing to delete, or a name that is taken.
 */
export interface DoneBefore {
	/** The statuses of Maileon's refusal. */
	statuses: readonly number[];
	/** A read that tells whether it was, where the refusal can have other reasons. */
	proof?: Proof;
}

export interface Proof {
	request: MaileonRequest;
	/** The answer that stands for the lost one; undefined where the read does not show that it is done. */
	read(answer: Answer): Answer | undefined;
}

/** A value that cannot stand in a URL path. */
export class PathRefusal extends Error {
	constructor(readonly segment: string) {
		super(
			segment === ''
				? 'A part of the address is empty'
				: `"${segment}" cannot be part of a web address, since web addresses give it another meaning`,
		);
		this.name = 'PathRefusal';
	}
}

/**
 * The complete URL of a request.
 * @throws PathRefusal for an empty segment, and for `.` and `..`, which would lead to another endpoint
 */
export function requestUrl(baseUrl: string, request: MaileonRequest): string {
	const path = request.path.map(pathSegment).join('/');
	const query = queryString(request.query ?? []);
	const end = request.endsWithSlash ? '/' : '';
	return `${baseUrl}/${path}${end}${query === '' ? '' : `?${query}`}`;
}

/** @throws PathRefusal */
export function pathSegment(segment: string): string {
	if (segment === '' || segment === '.' || segment === '..' || !segment.isWellFormed())
		throw new PathRefusal(segment);
	return encodeURIComponent(segment);
}

function queryString(query: Query): string {
	return query
		.flatMap(([name, value]) =>
			value === undefined || value === ''
				? []
				: [
						`${encodeURIComponent(name)}=${encodeURIComponent(withoutLoneSurrogates(String(value)))}`,
					],
		)
		.join('&');
}
