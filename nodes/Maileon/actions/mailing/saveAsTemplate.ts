import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingContents } from '../../maileon/endpoints/mailings';
import { readTemplatePath } from '../../maileon/mailing/templates';
import type { Operation } from '../../run/operation';
import { readWriteAnswer } from '../../transport/answers';
import { changingOptions } from '../shared/requests';
import { perMailing } from './shared/perMailing';

const properties: INodeProperties[] = [
	mailingLocator('Mailing made with CMS2 that is saved as a template. It stays as it is.'),
	{
		displayName: 'Template Path',
		name: 'templatePath',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. default folder/Spring sale',
		description:
			'Folder of the media library, and the name of the template. Maileon does not document what becomes of a template that is there already, so choose a new name.',
	},
	{
		displayName: 'Remove Template Markup',
		name: 'removeTemplateLanguageMarkup',
		type: 'boolean',
		default: false,
		description: 'Whether the template is saved without the markup of the template language',
	},
	changingOptions,
];

/** Saves a mailing of CMS2 in the media library ("Save CMS2 Mailing to Media Library"). */
export const saveAsTemplate: Operation = {
	resource: 'mailing',
	value: 'saveAsTemplate',
	name: 'Save as Template',
	action: 'Save mailing as template',
	description: 'Save the content of a CMS2 mailing as a template in the media library',
	properties,
	endpoints: [mailingContents.saveAsTemplate],
	run: perMailing((parameters) => {
		const templatePath = parameters.requiredText('templatePath');
		const query = [
			['templatePath', templatePath],
			['removeTemplateLanguageMarkup', parameters.flag('removeTemplateLanguageMarkup')],
		] as const;
		return {
			rows: async ({ id, send }) => {
				const request = mailingContents.saveAsTemplate.request({ id }, query);
				const answer = await send(request);
				readWriteAnswer(answer, request);
				return [
					{
						saved: true,
						id: Number(id),
						template_path: readTemplatePath(answer.answer) ?? templatePath,
					},
				];
			},
		};
	}),
};
