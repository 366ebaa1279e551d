import { checkContentSize } from '../../account/mailingRules';
import {
	findTemplate,
	personalize,
	setHtml,
	setTemplate,
	setText,
	textOfHtml,
} from '../../account/mailingContent';
import { noteNewContent } from '../../account/mailings';
import type { Editor, MediaTemplate } from '../../account/mediaTemplates';
import type { Answer } from '../../server/answer';
import { json, plain } from '../../server/answer';
import { HTML_TYPE, JSON_TYPE, MAILEON_JSON, MAILEON_XML, TEXT_TYPE } from '../../server/media';
import { badRequest, notFound } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { findDraft, findMailing, requireEditor, setAnswer, valueAnswer } from './mailing';
import { transactionContent } from './transactionContent';
import { elementText } from './values';

/** HTML, text and template of a mailing (documentation: mailing – get HTML, set template, …). */
export const contentRoutes: Route[] = [
	{
		method: 'GET',
		path: '/mailings/:mailingId/contents/html',
		accept: [HTML_TYPE],
		run: (call) => plain(200, HTML_TYPE, findMailing(call).html),
	},
	{
		method: 'POST',
		path: '/mailings/:mailingId/contents/html',
		query: { doImageGrabbing: { kind: 'boolean' }, doLinkTracking: { kind: 'boolean' } },
		body: [HTML_TYPE],
		accept: [MAILEON_XML, HTML_TYPE],
		run: postHtml,
	},
	{
		method: 'GET',
		path: '/mailings/:mailingId/contents/text',
		accept: [TEXT_TYPE],
		run: (call) => plain(200, TEXT_TYPE, findMailing(call).text),
	},
	{
		method: 'POST',
		path: '/mailings/:mailingId/contents/text',
		body: [TEXT_TYPE],
		accept: [MAILEON_XML, TEXT_TYPE],
		run: postText,
	},
	{
		method: 'GET',
		path: '/mailings/:mailingId/template',
		run: (call) => valueAnswer(call, call.variants.templateElement, findMailing(call).template),
	},
	{
		method: 'PUT',
		path: '/mailings/:mailingId/template',
		body: [MAILEON_XML],
		run: (call) => {
			const mailing = findDraft(call);
			requireEditor(call, mailing, 'cms1');
			setTemplate(mailing, templateAt(call, elementText(call, 'templateId') ?? '', 'cms1'));
			return setAnswer(call);
		},
	},
	{ method: 'PUT', path: '/mailings/:mailingId/contents/reset', run: reset },
	{
		method: 'POST',
		path: '/mailings/:mailingId/contents/smartmailing/rss',
		run: (call) => {
			const mailing = findDraft(call);
			mailing.rssFillings += 1;
			noteNewContent(mailing);
			return setAnswer(call);
		},
	},
	{
		method: 'POST',
		path: '/mailings/:mailingId/contents/synctextversion',
		run: (call) => {
			const mailing = findDraft(call);
			setText(mailing, textOfHtml(mailing.html));
			return setAnswer(call);
		},
	},
	{
		method: 'GET',
		path: '/mailings/:mailingId/preview',
		query: {
			format: { kind: 'text', choices: ['html', 'text'] },
			email: { kind: 'text' },
			external_id: { kind: 'text' },
		},
		body: 'file',
		accept: [JSON_TYPE, MAILEON_JSON],
		run: preview,
	},
];

function postHtml(call: Call): Answer {
	const mailing = findDraft(call);
	requireEditor(call, mailing, 'cms1');
	const html = contentOf(call);
	const { imageGrabbingDefault, linkTrackingDefault } = call.variants;
	setHtml(call.account, mailing, html, {
		grabsImages: call.query.flag('doImageGrabbing', imageGrabbingDefault),
		tracksLinks: call.query.flag('doLinkTracking', linkTrackingDefault),
	});
	return setAnswer(call);
}

function postText(call: Call): Answer {
	const mailing = findDraft(call);
	requireEditor(call, mailing, 'cms1');
	setText(mailing, contentOf(call));
	return setAnswer(call);
}

function contentOf({ account, body }: Call): string {
	const content = body.kind === 'text' ? body.text : '';
	checkContentSize(account, content);
	return content;
}

/**
 * The template at a path.
 *
 * @throws Refusal (404) when there is none for this editor
 */
export function templateAt({ account }: Call, path: string, editor: Editor): MediaTemplate {
	const template = findTemplate(account, path, editor);
	if (!template) throw notFound(`template ${path} isn't found`);
	return template;
}

function reset(call: Call): Answer {
	const mailing = findDraft(call);
	const template =
		findTemplate(call.account, mailing.template, mailing.editor) ??
		findTemplate(call.account, mailing.template, 'cms1');
	if (!template) throw badRequest(`the template ${mailing.template} does not exist any more`);
	setTemplate(mailing, template);
	return setAnswer(call);
}

/** A mailing as one contact would get it; of an unknown one, as the default user of the account would. */
function preview(call: Call): Answer {
	const mailing = findMailing(call);
	const email = call.query.text('email');
	const externalId = call.query.text('external_id');
	const { contacts } = call.account;
	const [contact = null] =
		email !== undefined
			? contacts.withEmail(email)
			: externalId !== undefined
				? contacts.withExternalId(externalId)
				: [];
	const transaction = transactionContent(call, (body) => body.tx ?? {});
	const fill = (text: string) => personalize(text, { contact, transaction });
	return json(200, {
		subject: fill(mailing.subject),
		subjectError: null,
		html: fill(call.query.text('format') === 'text' ? mailing.text : mailing.html),
		htmlError: null,
		htmlAvailable: mailing.html !== '',
	});
}
