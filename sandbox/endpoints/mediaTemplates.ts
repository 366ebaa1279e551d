import type { Editor, MediaTemplate } from '../account/mediaTemplates';
import { formatTime } from '../account/contact';
import type { Answer } from '../server/answer';
import { json } from '../server/answer';
import { JSON_TYPE, MAILEON_JSON } from '../server/media';
import type { Call, Route } from '../server/routing';

const ZIP_TYPE = 'application/zip';

/** The templates of the media library (documentation: get templates for CMS2; media). */
export const mediaTemplateRoutes: Route[] = [
	{
		method: 'GET',
		path: '/media/templates',
		accept: [JSON_TYPE],
		run: ({ account }) => json(200, account.templates.map(templateObject)),
	},
	{
		method: 'GET',
		path: '/media/templates/mailings',
		accept: [MAILEON_JSON],
		run: (call) => mailingTemplates(call, 'cms1'),
	},
	{
		method: 'GET',
		path: '/media/templates/mailings/cms2',
		accept: [JSON_TYPE],
		run: (call) => mailingTemplates(call, 'cms2'),
	},
];

function templateObject(template: MediaTemplate) {
	const { id, name, path, created, tags, html, text } = template;
	const size = Buffer.byteLength(html) + Buffer.byteLength(text);
	return { id, name, path, created: formatTime(created), size, mimetype: ZIP_TYPE, tags };
}

function mailingTemplates({ account, variants }: Call, editor: Editor): Answer {
	const templates = account.templates.filter((each) => each.editor === editor);
	switch (variants.templateItems) {
		case 'objects':
			return json(200, templates.map(templateObject));
		case 'names':
			return json(
				200,
				templates.map(({ path }) => ({ name: path })),
			);
		case 'strings':
			return json(
				200,
				templates.map(({ path }) => path),
			);
	}
}
