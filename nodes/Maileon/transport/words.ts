/**
 * Puts what happened into words for the person at the canvas: what happened, in Maileon's words
 * where it has some, and what to do next.
 * Rests on "HTTP Status Codes" and on the statuses that the endpoint pages name.
 */
import { errorWords, excerpt } from '../maileon/answer';
import { refusingReport, type UpdateReport } from '../maileon/contact/report';
import { sentence } from '../maileon/phrases';
import type { FailureFacts } from './failure';
import { isCertificateRefusal } from './network';
import type { Method } from '../maileon/request';

export interface Explanation {
	message: string;
	description?: string;
	http_status?: number;
	code?: string | number;
	field?: string;
	/** The mailing that it is about. */
	mailing?: { id?: number | string; name?: string };
	/** Of several steps, those that were done, and those that were not. */
	done?: readonly string[];
	not_done?: readonly string[];
}

/** What a request was about, for messages. */
export interface Subject {
	/** For example `contact with external ID "00123"`. */
	what?: string;
	/** Advice that goes before that of the endpoint. */
	advice?: Readonly<Record<number, string>>;
	/** What Maileon's report refuses; the request by default. */
	refused?: string;
	/** What a request carries many of; contacts by default. */
	things?: string;
	/** What to think of a request that can send a mail and whose outcome is unclear. */
	unclearMail?: string;
}

const RIGHT: Readonly<Record<Method, string>> = {
	GET: 'reading (GET)',
	POST: 'creating (POST)',
	PUT: 'changing (PUT)',
	DELETE: 'deleting (DELETE)',
};

const UNCLEAR_MAIL =
	'Maileon may have accepted this contact; check before sending it again, since a second double opt-in mail could go out.';
const UNCLEAR = 'Maileon may have accepted the request; check before sending it again.';

/** Explains a request that did not do what was asked. */
export function explain(facts: FailureFacts, subject: Subject = {}): Explanation {
	const { message, description, code = facts.networkCode, field } = sentences(facts, subject);
	const parts = [
		description && sentence(description),
		uncertainty(facts, subject),
		attempts(facts),
	].filter(Boolean);
	return {
		message: sentence(message),
		...(parts.length > 0 && { description: parts.join(' ') }),
		...(facts.status !== undefined && { http_status: facts.status }),
		...(code !== undefined && { code }),
		...(field !== undefined && { field }),
	};
}

type Sentences = Pick<Explanation, 'message' | 'description' | 'code' | 'field'>;

function sentences(facts: FailureFacts, subject: Subject): Sentences {
	const report = refusingReport(facts.answer);
	if (report) return reportSentences(report, subject);
	switch (facts.kind) {
		case 'status':
			return statusSentences(facts.status ?? 0, facts, subject);
		case 'unreachable':
			return {
				message: `Maileon could not be reached at ${facts.host ?? 'its address'}`,
				description: `${unreachableReason(facts.networkCode)} Check the Base URL in the credential and the network of n8n.`,
			};
		case 'timeout':
			return {
				message: 'Maileon did not answer in time',
				description: `Try again later, or send fewer ${subject.things ?? 'contacts'} in one request.`,
			};
		case 'broken':
			return {
				message: 'The connection to Maileon was lost before the response was complete',
				description: facts.detail,
			};
		case 'answer':
			return {
				message: 'Unexpected response from Maileon',
				description: [facts.detail, answerExcerpt(facts)].filter(Boolean).join(' '),
			};
		case 'report':
			return {
				message: refusal('request', facts.answer && errorWords(facts.answer)),
			};
		case 'cancelled':
			return { message: 'The execution was cancelled', description: facts.detail };
	}
}

function refusal(what: string, reason: string | undefined): string {
	return reason
		? `Maileon refused the ${what}: ${reason}`
		: `Maileon refused the ${what} without giving a reason`;
}

/** The words of the documented report of an update. */
const DUPLICATE_EMAIL = /^duplicate email\.?$/i;

/** Maileon's own report says more than the status that it comes with. */
function reportSentences({ error }: UpdateReport, { refused = 'request' }: Subject): Sentences {
	if (error && DUPLICATE_EMAIL.test(error.message))
		return {
			message: 'Another contact already has this email.',
			description: 'Use another email, or update that contact instead.',
			code: error.code,
			field: error.field ?? undefined,
		};
	return {
		message: refusal(refused, error?.message),
		description: [error?.description, error?.field && `Field: ${error.field}.`]
			.filter(Boolean)
			.join(' '),
		code: error?.code,
		field: error?.field ?? undefined,
	};
}

function unreachableReason(code: string | undefined): string {
	switch (code) {
		case 'ECONNREFUSED':
			return 'The connection was refused.';
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return 'The host was not found.';
		default:
			return code !== undefined && isCertificateRefusal(code)
				? 'The certificate of the host was not accepted.'
				: 'No connection could be made.';
	}
}

function statusSentences(status: number, facts: FailureFacts, subject: Subject): Sentences {
	const what = subject.what ? ` the ${subject.what}` : '';
	const words = facts.answer ? errorWords(facts.answer) : undefined;
	const said = words && sentence(`Maileon says: ${words}`);
	const advice = subject.advice?.[status] ?? facts.advice?.[status];
	const describe = (...sentencesToJoin: Array<string | undefined>) =>
		sentencesToJoin.filter(Boolean).join(' ') || undefined;
	switch (status) {
		case 401:
			return {
				message: 'Maileon refused the API key',
				description: describe(
					'Check the key in the credential and its expiry date in Maileon.',
					said,
				),
			};
		case 403:
			return {
				message: `The API key lacks the right for ${RIGHT[facts.method]}`,
				description: describe('Give the key this right in Maileon, or use another key.', said),
			};
		case 404:
			if (facts.fromElsewhere)
				return {
					message: 'There is no Maileon API at this address',
					description: describe(
						'The response is not from Maileon. Check the Base URL in the credential, and whether a proxy between n8n and Maileon responded instead.',
						words && sentence(`It says: ${words}`),
					),
				};
			return {
				message: `Maileon did not find${what || ' what you asked for'}`,
				description: describe(advice, said),
			};
		case 405:
			if (advice !== undefined)
				return {
					message: `Maileon does not allow this${what && ` for${what}`}`,
					description: describe(advice, said),
				};
			return {
				message: 'Maileon does not allow this request at this address',
				description: describe('Check the Base URL in the credential.', said),
			};
		case 409:
			return {
				message: `Maileon found a conflict${what ? ` for${what}` : ''}`,
				description: describe(advice, said),
			};
		case 413:
			return {
				message: 'The request is too large for Maileon',
				description: describe(`Send fewer ${subject.things ?? 'contacts'} in one request.`, said),
			};
		case 429:
			return {
				message: 'Maileon is receiving too many requests',
				description: describe('Try again later.', said),
			};
		default:
			return otherStatus(status, words, describe(advice));
	}
}

function otherStatus(status: number, words: string | undefined, advice?: string): Sentences {
	if (status >= 300 && status < 400)
		return {
			message: 'Redirect not followed',
			description:
				'Following it would send the API key to another address. Check the Base URL in the credential.',
		};
	if (status >= 500)
		return {
			message: `Maileon could not process the request (status ${status})`,
			description: [words && sentence(`It says: ${words}`), advice, 'Try again later.']
				.filter(Boolean)
				.join(' '),
		};
	return {
		message: words
			? `Maileon refused the request: ${words}`
			: `Maileon refused the request (status ${status})`,
		description: advice,
	};
}

function answerExcerpt(facts: FailureFacts): string | undefined {
	const { answer } = facts;
	if (!answer) return undefined;
	if (answer.kind === 'empty') return 'It is empty.';
	const words = 'text' in answer ? excerpt(answer.text) : errorWords(answer);
	const reason = answer.kind === 'broken' ? 'It is incomplete.' : undefined;
	return [reason, words && `It begins: ${words}`].filter(Boolean).join(' ') || undefined;
}

function uncertainty(facts: FailureFacts, subject: Subject): string | undefined {
	if (facts.outcome !== 'unclear' || facts.method === 'GET') return undefined;
	return facts.canSendMail ? (subject.unclearMail ?? UNCLEAR_MAIL) : UNCLEAR;
}

function attempts(facts: FailureFacts): string | undefined {
	return facts.attempts !== undefined && facts.attempts > 1
		? `Tried ${facts.attempts} times.`
		: undefined;
}
