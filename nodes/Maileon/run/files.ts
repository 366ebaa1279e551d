/**
 * Files that come out of a run.
 */
import type { IBinaryData, IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { uselessAnswer, type AnsweredRequest } from '../transport/answers';
import type { MaileonAnswer } from '../transport/client';

/** A row that brings files along, by the names of their binary properties. */
export class RowWithFiles {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** What an item gives: data, and files where it has some. */
export type Row = IDataObject | RowWithFiles;

/**
 * The file that an answer holds, put where this n8n keeps files: in memory, on disk or in its database.
 * @param answer to a request whose endpoint answers with bytes
 * @param file its name, and its media type where it is known; that of the answer by default
 * @throws MaileonFailure when it holds something else, or nothing
 */
export async function fileOf(
	node: IExecuteFunctions,
	{ answer, ...rest }: MaileonAnswer,
	request: AnsweredRequest,
	{ name, mediaType }: { name: string; mediaType?: string | null },
): Promise<IBinaryData> {
	if (answer.kind !== 'bytes' || answer.bytes.length === 0)
		throw uselessAnswer({ answer, ...rest }, request, 'It holds no file.');
	return await node.helpers.prepareBinaryData(answer.bytes, name, mediaType || answer.type);
}

/** A file of a text that is part of an answer, put where this n8n keeps files. */
export async function textFileOf(
	node: IExecuteFunctions,
	text: string,
	{ name, mediaType }: { name: string; mediaType: string },
): Promise<IBinaryData> {
	return await node.helpers.prepareBinaryData(Buffer.from(text), name, mediaType);
}
