import { formatTime } from '../../account/contact';
import type { Attachment, Mailing } from '../../account/mailings';
import { noteNewContent } from '../../account/mailings';
import type { Answer } from '../../server/answer';
import { empty, file, xml } from '../../server/answer';
import { badRequest, notFound, Refusal } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import {
	findDraft,
	findMailing,
	mailingWithId,
	setAnswer,
	valueAnswer,
	valueElement,
} from './mailing';

const ATTACHMENTS = '/mailings/:mailingId/attachments';
const ATTACHMENT = `${ATTACHMENTS}/:attachmentId`;
const MAX_ATTACHMENTS = 10;
const MAX_FILENAME = 255;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
const FILENAME = { filename: { kind: 'text', required: true } } as const;

/** The files that go along with a mailing (documentation: mailing – add attachment, …). */
export const attachmentRoutes: Route[] = [
	{
		method: 'POST',
		path: ATTACHMENTS,
		query: FILENAME,
		body: 'file',
		accept: [],
		run: add,
	},
	{ method: 'GET', path: ATTACHMENTS, run: list },
	{
		method: 'GET',
		path: `${ATTACHMENTS}/count`,
		run: (call) =>
			valueAnswer(call, call.variants.attachmentCountRoot, findMailing(call).attachments.length),
	},
	{
		method: 'GET',
		path: ATTACHMENT,
		accept: [],
		run: (call) => {
			const { mimeType, bytes } = findAttachment(call, findMailing(call));
			return file(mimeType, bytes);
		},
	},
	{ method: 'PUT', path: ATTACHMENT, query: FILENAME, run: rename },
	{ method: 'DELETE', path: ATTACHMENT, run: removeOne },
	{ method: 'DELETE', path: ATTACHMENTS, run: removeAll },
	{
		method: 'PUT',
		path: ATTACHMENTS,
		query: { src_mailing_id: { kind: 'integer', required: true } },
		run: copy,
	},
];

function add(call: Call): Answer {
	const mailing = findDraft(call);
	const { account, query, body, variants } = call;
	if (body.kind !== 'file' || !MEDIA_TYPE.test(body.type)) {
		throw new Refusal(415, 'Content-Type must be the media type of the file');
	}
	const filename = query.text('filename') ?? '';
	checkFilename(filename);
	const bytes = variants.attachmentBody === 'raw' ? body.bytes : decodeBase64(body.bytes);
	if (bytes.length === 0) throw badRequest('the attachment is empty');
	if (bytes.length > account.maxAttachmentSize * 1024) {
		throw badRequest(`an attachment must not exceed ${account.maxAttachmentSize} KB`);
	}
	const [created, updated] = [account.now(), account.now()];
	const id = account.nextId();
	put(mailing, [{ id, filename, mimeType: body.type, bytes, created, updated }]);
	const { attachmentAddStatus: status, attachmentAddAnswer } = variants;
	return status === 204 || attachmentAddAnswer === 'empty'
		? empty(status)
		: xml(status, textElement('id', id));
}

function checkFilename(filename: string): void {
	if ([...filename].length > MAX_FILENAME) {
		throw badRequest(`filename must not exceed ${MAX_FILENAME} characters`);
	}
}

function decodeBase64(bytes: Buffer): Buffer {
	const text = bytes.toString('latin1');
	if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw badRequest('the content must be Base64');
	return Buffer.from(text, 'base64');
}

/** Adds attachments, if there are not too many then. */
function put(mailing: Mailing, added: readonly Attachment[]): void {
	if (mailing.attachments.length + added.length > MAX_ATTACHMENTS) {
		throw badRequest(`a mailing must not have more than ${MAX_ATTACHMENTS} attachments`);
	}
	mailing.attachments = [...mailing.attachments, ...added];
	noteNewContent(mailing);
}

function list(call: Call): Answer {
	const { attachments } = findMailing(call);
	return xml(
		200,
		parentElement(
			'attachments',
			attachments.map((each) => attachmentElement(call, each)),
		),
	);
}

function attachmentElement(call: Call, attachment: Attachment): string {
	const times = [
		textElement('created', formatTime(attachment.created)),
		textElement('updated', formatTime(attachment.updated)),
	];
	return parentElement('attachment', [
		textElement('id', attachment.id),
		textElement('filename', attachment.filename),
		textElement('sizekb', Math.ceil(attachment.bytes.length / 1024)),
		textElement('mime_type', attachment.mimeType),
		valueElement(call, 'diagnosis', null),
		...(call.variants.attachmentTimes === 'shown' ? times : []),
	]);
}

function findAttachment({ path }: Call, { id, attachments }: Mailing): Attachment {
	const found = attachments.find((each) => String(each.id) === path.attachmentId);
	if (!found) throw notFound(`mailing ${id} has no attachment ${path.attachmentId}`);
	return found;
}

function rename(call: Call): Answer {
	const mailing = findDraft(call);
	const attachment = findAttachment(call, mailing);
	const filename = call.query.text('filename') ?? '';
	checkFilename(filename);
	attachment.filename = filename;
	attachment.updated = call.account.now();
	noteNewContent(mailing);
	return setAnswer(call);
}

function removeOne(call: Call): Answer {
	const mailing = findDraft(call);
	const removed = findAttachment(call, mailing);
	mailing.attachments = mailing.attachments.filter((each) => each !== removed);
	noteNewContent(mailing);
	return empty(call.variants.deleteStatus);
}

function removeAll(call: Call): Answer {
	const mailing = findDraft(call);
	mailing.attachments = [];
	noteNewContent(mailing);
	return empty(call.variants.deleteStatus);
}

function copy(call: Call): Answer {
	const mailing = findDraft(call);
	const source = mailingWithId(call, call.query.text('src_mailing_id') ?? '');
	put(
		mailing,
		source.attachments.map((each) => ({ ...each, id: call.account.nextId() })),
	);
	return setAnswer(call);
}
