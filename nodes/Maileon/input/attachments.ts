/**
 * Files of input items, as attachments of transactions: measured first, read when their request is due.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import { base64Length, type Attachment } from '../maileon/transaction/transaction';
import { findFile, readFile, type FoundFile } from './files';

/** A file that was found and measured, not read. */
export interface PlannedAttachment {
	file: FoundFile;
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
	return await Promise.all(
		properties.map(async (property) => {
			const file = await findFile(node, item, property, 'attachments');
			return { file, bytes: base64Length(file.size) };
		}),
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
	for (const { file } of planned) {
		const data = (await readFile(node, item, file)).toString('base64');
		attachments.push({ filename: file.fileName, mimetype: file.mediaType, data });
	}
	return attachments;
}
