import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readContactLocator } from '../../../input/contactKey';
import type { ItemParameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import { mailingContents } from '../../../maileon/endpoints/mailings';
import { contentOfPreview, PREVIEW_FORMATS, readPreview } from '../../../maileon/mailing/preview';
import type { MaileonRequest, Query } from '../../../maileon/request';
import { fileOf, RowWithFiles, textFileOf, type Row } from '../../../run/files';
import type { Operation } from '../../../run/operation';
import { uselessAnswer } from '../../../transport/answers';
import { unlessNotApplicable } from '../../../transport/mailings';
import { readIfNotFound } from '../../shared/notFound';
import { perMailing, type Mailing } from '../shared/perMailing';
import { CONTENTS, OUTPUT_FIELD, properties } from './parameters';

/** Gets the content of a mailing ("Mailing – Get HTML", "Mailing – Get Text", "Get CMS2 Mailing As Zip"). */
export const getMailingContent: Operation = {
	resource: 'mailing',
	value: 'getContent',
	name: 'Get Content',
	action: 'Get content of mailing',
	description:
		'Get the HTML, the text, a preview for a contact, the thumbnail or the CMS2 files of a mailing',
	properties,
	endpoints: [
		mailingContents.getHtml,
		mailingContents.getText,
		mailingContents.preview,
		mailingContents.getZip,
		mailingContents.getCms2Thumbnail,
		mailingContents.getThumbnail,
	],
	run: perMailing((parameters, { node }) => {
		const read = readerOf(parameters, node);
		return {
			ifNotFound: readIfNotFound(parameters),
			rows: async (mailing) => [await read(mailing)],
		};
	}),
};

type Reader = (mailing: Mailing) => Promise<Row>;

/** @throws InputRefusal when a parameter is not filled in, or is none of the choices */
function readerOf(parameters: ItemParameters, node: IExecuteFunctions): Reader {
	const content = parameters.choice('content', CONTENTS);
	switch (content) {
		case 'html':
		case 'text':
			return writtenReader(content, readTarget(parameters, node));
		case 'preview':
			return previewReader(parameters, readTarget(parameters, node));
		case 'zip':
			return zipReader(parameters, fileTarget(parameters, node));
		case 'thumbnail':
			return thumbnailReader(fileTarget(parameters, node));
	}
}

/** Where a file goes. */
interface FileTarget {
	node: IExecuteFunctions;
	/** The binary property of the item. */
	property: string;
}

function fileTarget(parameters: ItemParameters, node: IExecuteFunctions): FileTarget {
	return { node, property: parameters.requiredText(OUTPUT_FIELD) };
}

/** Undefined where the content goes into a field. */
function readTarget(parameters: ItemParameters, node: IExecuteFunctions): FileTarget | undefined {
	return parameters.choice('output', ['field', 'file']) === 'file'
		? fileTarget(parameters, node)
		: undefined;
}

const FORMATS = {
	html: { get: mailingContents.getHtml, ending: 'html', mediaType: 'text/html' },
	text: { get: mailingContents.getText, ending: 'txt', mediaType: 'text/plain' },
} as const;

/** HTML or text, as it was written. A file holds the very bytes that Maileon sent. */
function writtenReader(format: keyof typeof FORMATS, target: FileTarget | undefined): Reader {
	const { get, ending, mediaType } = FORMATS[format];
	return async ({ id, send }) => {
		const request = get.request({ id });
		const about = { id: Number(id) };
		if (target) {
			const answer = await send({ ...request, content: 'bytes' });
			const file = { name: `mailing-${id}.${ending}`, mediaType };
			return rowWithFile(about, target, await fileOf(target.node, answer, request, file));
		}
		const answer = await send(request);
		if (!('text' in answer.answer)) throw uselessAnswer(answer, request);
		return { ...about, [format]: answer.answer.text };
	};
}

function previewReader(parameters: ItemParameters, target: FileTarget | undefined): Reader {
	const format = parameters.choice('format', PREVIEW_FORMATS);
	const query: Query = [['format', format], readContact(parameters)];
	return async ({ id, send }) => {
		const request = mailingContents.preview.request({ id }, query);
		const answer = await send(request);
		const preview = readPreview(answer.answer);
		if (!preview) throw uselessAnswer(answer, request, 'It holds no preview.');
		const about = { id: Number(id) };
		if (!target) return { ...about, ...preview } as IDataObject;
		const { content, rest } = contentOfPreview(preview, format);
		if (content === undefined)
			throw uselessAnswer(answer, request, 'It holds no content that a file could be made of.');
		const { ending, mediaType } = FORMATS[format];
		const file = { name: `mailing-${id}-preview.${ending}`, mediaType };
		return rowWithFile(
			{ ...about, ...rest } as IDataObject,
			target,
			await textFileOf(target.node, content, file),
		);
	};
}

/** @throws InputRefusal when no contact is given, or one by its Maileon ID */
function readContact(parameters: ItemParameters): readonly [string, string] {
	const key = readContactLocator(parameters, 'contact');
	switch (key.by) {
		case 'email':
			return ['email', key.value];
		case 'externalId':
			return ['external_id', key.value];
		case 'maileonId':
			throw new InputRefusal('Maileon shows previews by email or by external ID only.', {
				description: 'Fill in the email or the external ID of the contact.',
				field: 'contact',
			});
	}
}

function zipReader(parameters: ItemParameters, target: FileTarget): Reader {
	const query: Query = [
		['removeTemplateLanguageMarkup', parameters.flag('removeTemplateLanguageMarkup')],
	];
	return async ({ id, send }) => {
		const request = mailingContents.getZip.request({ id }, query);
		const file = { name: `mailing-${id}.zip`, mediaType: 'application/zip' };
		const found = await fileOf(target.node, await send(request), request, file);
		return rowWithFile({ id: Number(id) }, target, found);
	};
}

/** Sources differ in where thumbnails are: what the first address does not have, the second may have. */
function thumbnailReader(target: FileTarget): Reader {
	return async ({ id, send }) => {
		const ask = async (request: MaileonRequest) => ({ request, answer: await send(request) });
		const { request, answer } =
			(await unlessNotApplicable(
				async () => await ask(mailingContents.getCms2Thumbnail.request({ id })),
			)) ?? (await ask(mailingContents.getThumbnail.request({ id })));
		const type = answer.answer.kind === 'bytes' ? answer.answer.type : '';
		const mediaType = type.startsWith('image/') ? type : 'image/jpeg';
		const ending = mediaType === 'image/jpeg' ? 'jpg' : mediaType.replace(/^image\/|\+.*$/g, '');
		const file = { name: `mailing-${id}.${ending}`, mediaType };
		return rowWithFile(
			{ id: Number(id) },
			target,
			await fileOf(target.node, answer, request, file),
		);
	};
}

function rowWithFile(json: IDataObject, { property }: FileTarget, file: IBinaryData): RowWithFiles {
	return new RowWithFiles(json, { [property]: file });
}
