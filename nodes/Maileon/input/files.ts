/**
 * Files of input items: found and measured first, read when their request is due.
 */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { translatingRejections } from '../maileon/translate';
import { InputRefusal } from './refusal';

/** A file that was found and measured, not read. */
export interface FoundFile {
	/** The binary property that holds it. */
	property: string;
	fileName: string;
	mediaType: string;
	/** In bytes. */
	size: number;
	/** The parameter that names it, for messages. */
	field: string;
}

/**
 * Finds a file of an item.
 * @param field the parameter that names it
 * @throws InputRefusal when it is missing, empty or cannot be measured
 */
export async function findFile(
	node: IExecuteFunctions,
	item: number,
	property: string,
	field: string,
): Promise<FoundFile> {
	const { binary = {} } = node.getInputData()[item] ?? {};
	const file = Object.hasOwn(binary, property) ? binary[property] : undefined;
	if (!file) throw missingFile(property, Object.keys(binary), field);
	const size = await sizeOf(node, file, { property, field });
	if (size === 0) throw refusedFile({ property, field }, 'is empty');
	return {
		property,
		fileName: file.fileName || nameOf(property, file.fileExtension),
		mediaType: (file.mimeType || 'application/octet-stream').split(';')[0]?.trim() ?? '',
		size,
		field,
	};
}

/**
 * The bytes of a file.
 * @throws InputRefusal when it cannot be read, or is not what was measured
 */
export async function readFile(
	node: IExecuteFunctions,
	item: number,
	file: FoundFile,
): Promise<Buffer> {
	const bytes = await translatingRejections(
		async () => await node.helpers.getBinaryDataBuffer(item, file.property),
		() => unreachableFile(file),
	);
	if (bytes.length !== file.size) throw refusedFile(file, 'has changed during the run');
	return bytes;
}

function missingFile(property: string, existing: readonly string[], field: string): InputRefusal {
	const others =
		existing.length > 0
			? `It has: ${existing.join(', ')}.`
			: 'It has no files: put the node behind one that reads or makes a file.';
	return new InputRefusal(`The item has no file "${property}" to attach`, {
		description: others,
		field,
	});
}

type NamedFile = Pick<FoundFile, 'property' | 'field'>;

function refusedFile(
	{ property, field }: NamedFile,
	reason: string,
	description?: string,
): InputRefusal {
	return new InputRefusal(`The file "${property}" ${reason}`, { description, field });
}

function unreachableFile(file: NamedFile): InputRefusal {
	return refusedFile(
		file,
		'cannot be read',
		'n8n no longer has it, or keeps it where this worker does not reach it: in queue mode, all processes of n8n need the same place for binary data, such as the database or S3.',
	);
}

function nameOf(property: string, extension: string | undefined): string {
	return extension ? `${property}.${extension}` : property;
}

/** Files that n8n keeps outside the item are measured where they are. */
async function sizeOf(
	node: IExecuteFunctions,
	file: IBinaryData,
	about: NamedFile,
): Promise<number> {
	const { id } = file;
	if (!id) return Buffer.byteLength(file.data, 'base64');
	return await translatingRejections(
		async () => (await node.helpers.getBinaryMetadata(id)).fileSize,
		() => unreachableFile(about),
	);
}
