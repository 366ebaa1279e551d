/**
 * Takes answers with a status of success apart, and refuses what Maileon does not answer with.
 */
import {
	isReport,
	readUpdateReport,
	refusingReport,
	xmlToJson,
	type UpdateReport,
} from '../maileon/contact/report';
import { maileonId } from '../maileon/contact/contact';
import { readContact } from '../maileon/contact/readContact';
import { readCount } from '../maileon/count';
import type { XmlElement } from '../maileon/xml/read';
import type { MaileonAnswer } from './client';
import { MaileonFailure } from './failure';
import type { MaileonRequest } from '../maileon/request';

/** What has to be known of a request to read its answer. */
export type AnsweredRequest = Pick<MaileonRequest, 'method' | 'canSendMail' | 'root'>;

/** An answer that cannot be used, although its status is one of success. */
export function uselessAnswer(
	{ status, answer }: MaileonAnswer,
	request: AnsweredRequest,
	detail?: string,
): MaileonFailure {
	return new MaileonFailure({
		kind: 'answer',
		outcome: 'unclear',
		method: request.method,
		canSendMail: request.canSendMail,
		status,
		answer,
		detail,
	});
}

/**
 * The root element of an answer that has to be XML, and the documented one where the request names it.
 * @throws MaileonFailure when the answer is something else
 */
export function xmlRoot(answer: MaileonAnswer, request: AnsweredRequest): XmlElement {
	if (answer.answer.kind !== 'xml') throw uselessAnswer(answer, request);
	const { root } = answer.answer;
	if (request.root !== undefined && root.name !== request.root)
		throw uselessAnswer(answer, request, `It holds <${root.name}> instead of <${request.root}>.`);
	return root;
}

/**
 * The root element of a list; undefined where the answer has no body, which is an empty list.
 * @throws MaileonFailure when the answer is something else
 */
export function listRoot(answer: MaileonAnswer, request: AnsweredRequest): XmlElement | undefined {
	return answer.answer.kind === 'empty' ? undefined : xmlRoot(answer, request);
}

/**
 * The number that an answer holds.
 * @throws MaileonFailure when it holds something else
 */
export function countIn(answer: MaileonAnswer, request: AnsweredRequest): number {
	const count = readCount(answer.answer);
	if (count === undefined) throw uselessAnswer(answer, request, 'It contains no number.');
	return count;
}

/** What a create or an update answered, parsed. */
export interface WriteResult {
	id?: number | string;
	contact?: Record<string, unknown>;
	report?: UpdateReport;
	/** An answer of another form, kept as it is. */
	answer?: unknown;
}

/**
 * Reads the answer to a change. The documentation is silent on most of it, so every plausible form is
 * accepted: nothing, `<id>`, a contact, a report, JSON, a short text.
 * @throws MaileonFailure for a web page, for XML or JSON that is broken off, and for a report that says
 *   that it did not work
 */
export function readWriteAnswer(answer: MaileonAnswer, request: AnsweredRequest): WriteResult {
	const { answer: body } = answer;
	switch (body.kind) {
		case 'empty':
			return {};
		case 'text':
			return { answer: body.text };
		case 'json':
			return readJsonWrite(body.value);
		case 'xml':
			if (refusingReport(body)) throw refusal(answer, request);
			return readXmlWrite(body.root);
		default:
			throw uselessAnswer(answer, request);
	}
}

function refusal(
	{ status, answer }: MaileonAnswer,
	{ method, canSendMail }: AnsweredRequest,
): MaileonFailure {
	return new MaileonFailure({
		kind: 'report',
		outcome: 'refused',
		method,
		canSendMail,
		status,
		answer,
	});
}

function readXmlWrite(root: XmlElement): WriteResult {
	if (isReport(root)) return { report: readUpdateReport(root) };
	if (root.name === 'contact') {
		const contact = readContact(root);
		return { ...idOf(contact.id), contact };
	}
	const text = root.text.trim();
	if (root.children.length === 0 && /^\d+$/.test(text)) return { id: maileonId(text) };
	return { answer: { [root.name]: xmlToJson(root) } };
}

function readJsonWrite(value: unknown): WriteResult {
	if (typeof value === 'number') return { id: value };
	if (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) return idOf(value);
	const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
	return { ...idOf(id), answer: value };
}

function idOf(id: unknown): { id?: number | string } {
	return typeof id === 'number' || typeof id === 'string'
		? { id: maileonId(String(id).trim()) }
		: {};
}
