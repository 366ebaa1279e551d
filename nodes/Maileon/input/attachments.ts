/**
 * Files of input items, as attachments: measured first, read when their request is due.
 */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { base64Length, type Attachment } from '../maileon/transaction/transaction';
import { translatingRejections } from '../maileon/translate';
import { InputRefusal } from './refusal';

/** A file that was found and measured, not read. */
export interface PlannedAttachment {
	property: string;
	filename: string;
	mimetype: string;
	/** Bytes of its Base64 text. */
	bytes: number;
}

/**
 * Finds the files of an item.
 * @throws InputRefusal when one is missing, empty or cannot be measured
 */
export async function planAttachments(
	node: IExecuteFunctions,
	item: number,
	properties: readonly string[],
): Promise<PlannedAttachment[]> {
	const { binary = {} } = node.getInputData()[item] ?? {};
	return await Promise.all(
		properties.map(async (property) => {
			const file = Object.hasOwn(binary, property) ? binary[property] : undefined;
			if (!file) throw missingFile(property, Object.keys(binary));
			const size = await sizeOf(node, file, property);
			if (size === 0) throw refusedFile(property, 'is empty');
			return {
				property,
				filename: file.fileName || nameOf(property, file.fileExtension),
				mimetype: (file.mimeType || 'application/octet-stream').split(';')[0]?.trim() ?? '',
				bytes: base64Length(size),
			};
		}),
	);
}

function missingFile(property: string, existing: readonly string[]): InputRefusal {
	const others =
		existing.length > 0
			? `It has: ${existing.join(', ')}.`
			: 'It has no files: put the node behind one that reads or makes a file.';
	return new InputRefusal(`The item has no file "${property}" to attach`, {
		description: others,
		field: 'attachments',
	});
}

function refusedFile(property: string, reason: string): InputRefusal {
	return new InputRefusal(`The file "${property}" ${reason}`, { field: 'attachments' });
}

function nameOf(property: string, extension: string | undefined): string {
	return extension ? `${property}.${extension}` : property;
}

/** Files that n8n keeps outside the item are measured where they are. */
async function sizeOf(
	node: IExecuteFunctions,
	file: IBinaryData,
	property: string,
): Promise<number> {
	const { id } = file;
	if (!id) return Buffer.byteLength(file.data, 'base64');
	return await translatingRejections(
		async () => (await node.helpers.getBinaryMetadata(id)).fileSize,
		() => refusedFile(property, 'cannot be read'),
	);
}

/**
 * Reads the files of an item.
 * @throws InputRefusal when one cannot be read, or is not what was measured
 */
export async function readAttachments(
	node: IExecuteFunctions,
	item: number,
	planned: readonly PlannedAttachment[],
): Promise<Attachment[]> {
	const attachments: Attachment[] = [];
	for (const { property, filename, mimetype, bytes } of planned) {
		const content = await translatingRejections(
			async () => await node.helpers.getBinaryDataBuffer(item, property),
			() => refusedFile(property, 'cannot be read'),
		);
		const data = content.toString('base64');
		if (data.length !== bytes) throw refusedFile(property, 'has changed during the run');
		attachments.push({ filename, mimetype, data });
	}
	return attachments;
}
