import { checkContentSize } from '../../account/mailingRules';
import { setHtml, setTemplate, setText, withoutMarkup } from '../../account/mailingContent';
import { newTemplate } from '../../account/mediaTemplates';
import type { Answer } from '../../server/answer';
import { file } from '../../server/answer';
import { JSON_TYPE, MAILEON_XML } from '../../server/media';
import { badRequest, notFound, Refusal } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { decodeUtf8, readJson } from '../../server/routing';
import { textElement } from '../../xml';
import { unzip, zipOf } from '../../zip';
import { expectObject, expectString } from '../contactInput';
import { templateAt } from './content';
import { findDraft, findMailing, requireEditor, setAnswer } from './mailing';

const CONTENTS = '/mailings/:mailingId/cms2/contents';
const ZIP_TYPE = 'application/zip';
const JPEG_TYPE = 'image/jpeg';

/** One white pixel. */
const THUMBNAIL = Buffer.from(
	'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
	'base64',
);

/** Mailings of the newer editor, and thumbnails (documentation: get CMS2 mailing as zip, …). */
export const cms2Routes: Route[] = [
	{
		method: 'GET',
		path: CONTENTS,
		query: { removeTemplateLanguageMarkup: { kind: 'boolean' } },
		accept: [JSON_TYPE, ZIP_TYPE],
		run: (call) => {
			const mailing = findMailing(call);
			requireEditor(call, mailing, 'cms2');
			const isPlain = call.query.flag('removeTemplateLanguageMarkup');
			const html = isPlain ? withoutMarkup(mailing.html) : mailing.html;
			return file(ZIP_TYPE, zipOf({ 'index.html': html, 'index.txt': mailing.text }));
		},
	},
	{
		method: 'POST',
		path: CONTENTS,
		query: {
			templatePath: { kind: 'text', required: true },
			removeTemplateLanguageMarkup: { kind: 'boolean' },
		},
		run: saveAsTemplate,
	},
	{
		method: 'PUT',
		path: CONTENTS,
		query: { templatePath: { kind: 'text' } },
		body: 'file',
		accept: [MAILEON_XML, JSON_TYPE],
		run: (call) =>
			call.query.text('templatePath') === undefined ? uploadZip(call) : applyTemplate(call),
	},
	thumbnail('cms2'),
	thumbnail('contents'),
];

function saveAsTemplate(call: Call): Answer {
	const mailing = findMailing(call);
	requireEditor(call, mailing, 'cms2');
	const { account, query, variants } = call;
	const path = query.text('templatePath') ?? '';
	if (!/[^/]$/.test(path)) throw badRequest('templatePath must end in a file name');
	const isPlain = query.flag('removeTemplateLanguageMarkup');
	const html = isPlain ? withoutMarkup(mailing.html) : mailing.html;
	const saved = newTemplate(path, 'cms2', account.now(), { html, text: mailing.text });
	account.templates = [...account.templates.filter(({ id }) => id !== saved.id), saved];
	return setAnswer(call, variants.templatePathAnswer === 'saved' ? pathElement(path) : undefined);
}

function applyTemplate(call: Call): Answer {
	const mailing = findDraft(call);
	requireEditor(call, mailing, 'cms2');
	const path = call.query.text('templatePath') ?? '';
	setTemplate(mailing, templateAt(call, path, 'cms2'));
	const isTold = call.variants.templatePathAnswer === 'set';
	return setAnswer(call, isTold ? pathElement(path) : undefined);
}

function pathElement(path: string): string {
	return textElement('template_path', path);
}

/** The content of a zip: its first HTML file, and its first text file if there is one. */
function uploadZip(call: Call): Answer {
	const mailing = findDraft(call);
	requireEditor(call, mailing, 'cms2');
	const files = unzip(uploadedBytes(call));
	const first = (ending: RegExp) => [...files].find(([name]) => ending.test(name))?.[1];
	const html = first(/\.html?$/i);
	if (html === undefined) throw badRequest('the zip holds no HTML file');
	checkContentSize(call.account, html);
	setHtml(call.account, mailing, html, { grabsImages: false, tracksLinks: false });
	setText(mailing, first(/\.txt$/i) ?? mailing.text);
	return setAnswer(call);
}

function uploadedBytes({ body }: Call): Buffer {
	if (body.kind !== 'file' || body.bytes.length === 0) {
		throw badRequest('templatePath is missing, and there is no content');
	}
	if (body.type !== JSON_TYPE) throw new Refusal(415, `Content-Type must be ${JSON_TYPE}`);
	const upload = expectObject(readJson(decodeUtf8(body.bytes)), 'the body');
	const content = expectString(upload.content, 'content');
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(content)) throw badRequest('content must be Base64');
	return Buffer.from(content, 'base64');
}

/** The small picture of a mailing, at one of the two paths that clients ask. */
function thumbnail(place: 'cms2' | 'contents'): Route {
	return {
		method: 'GET',
		path: `/mailings/:mailingId/${place === 'cms2' ? 'cms2/contents' : 'contents'}/thumbnail`,
		accept: [],
		run: (call) => {
			const mailing = findMailing(call);
			const { thumbnailPath } = call.variants;
			const isThere = thumbnailPath === 'both' || thumbnailPath === place;
			if (!isThere || (place === 'cms2' && mailing.editor === 'cms1')) {
				throw notFound(`mailing ${mailing.id} has no thumbnail here`);
			}
			return file(JPEG_TYPE, THUMBNAIL);
		},
	};
}
