import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../../input/mailing';
import { contact } from '../../contact/shared/contact';
import { ifNotFound } from '../../shared/notFound';
import { readingOptions } from '../../shared/requests';

/** What can be got of a mailing. */
export const CONTENTS = ['html', 'preview', 'text', 'thumbnail', 'zip'] as const;
type Content = (typeof CONTENTS)[number];

const TEXTS: Content[] = ['html', 'preview', 'text'];
const FILES: Content[] = ['thumbnail', 'zip'];

/** Names the binary property that gets the file. */
export const OUTPUT_FIELD = 'binaryPropertyName';

const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: OUTPUT_FIELD,
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in',
	description: 'Name of the binary field of the item that gets the file',
};

export const properties: INodeProperties[] = [
	mailingLocator('Mailing whose content to get'),
	{
		displayName: 'Content',
		name: 'content',
		type: 'options',
		options: [
			{ name: 'HTML', value: 'html', description: 'As it was written, with its placeholders' },
			{
				name: 'Preview for a Contact',
				value: 'preview',
				description: 'Subject and content as one contact would get them',
			},
			{ name: 'Text', value: 'text', description: 'The version without HTML' },
			{ name: 'Thumbnail', value: 'thumbnail', description: 'A small picture of it' },
			{
				name: 'ZIP of a CMS2 Mailing',
				value: 'zip',
				description: 'The files of a mailing that is made with CMS2',
			},
		],
		default: 'html',
		description: 'What to get',
	},
	{
		...contact('Contact for whom the mailing is filled in. Nothing is sent.', [
			'email',
			'externalId',
		]),
		displayOptions: { show: { content: ['preview'] } },
	},
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'HTML', value: 'html' },
			{ name: 'Text', value: 'text' },
		],
		default: 'html',
		displayOptions: { show: { content: ['preview'] } },
		description: 'Which version to fill in',
	},
	{
		displayName: 'Remove Template Markup',
		name: 'removeTemplateLanguageMarkup',
		type: 'boolean',
		default: true,
		displayOptions: { show: { content: ['zip'] } },
		description: 'Whether to leave out the markup of the template language',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Field', value: 'field', description: 'As text in a field of the item' },
			{ name: 'File', value: 'file', description: 'As a file of the item' },
		],
		default: 'field',
		displayOptions: { show: { content: TEXTS } },
		description: 'How the content comes out',
	},
	{ ...outputField, displayOptions: { show: { content: TEXTS, output: ['file'] } } },
	{ ...outputField, displayOptions: { show: { content: FILES } } },
	ifNotFound('What to do when the account has no such mailing, or the mailing no such content'),
	readingOptions,
];
