import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { findFile, readFile } from '../../../nodes/Maileon/input/files';
import { InputRefusal } from '../../../nodes/Maileon/input/refusal';
import { fakeNode } from '../../support/fakeRun';

/** A file that n8n keeps where this process does not reach it, as on the disk of another worker. */
const KEPT_ELSEWHERE: IBinaryData = {
	id: 'filesystem-v2:workflows/1/executions/2/binary_data/3',
	data: 'filesystem-v2',
	mimeType: 'application/pdf',
	fileName: 'invoice.pdf',
};

function nodeThatReachesNoFile(): IExecuteFunctions {
	const missing = async (): Promise<never> => {
		throw new Error('ENOENT: no such file or directory');
	};
	const helpers = { getBinaryMetadata: missing, getBinaryDataBuffer: missing };
	const items = [{ json: {}, binary: { invoice: KEPT_ELSEWHERE } }];
	return Object.assign(fakeNode({ items }), { helpers });
}

const REFUSAL = {
	message: 'The file "invoice" cannot be read',
	details: {
		description:
			'n8n no longer has it, or keeps it where this worker does not reach it: in queue mode, all processes of n8n need the same place for binary data, such as the database or S3.',
		field: 'attachments',
	},
};

test('a file that n8n cannot measure is refused with where to look', async () => {
	const finding = findFile(nodeThatReachesNoFile(), 0, 'invoice', 'attachments');
	await expect(finding).rejects.toMatchObject(REFUSAL);
});

test('a file that is gone when it is due is refused with where to look', async () => {
	const file = {
		property: 'invoice',
		fileName: 'invoice.pdf',
		mediaType: 'application/pdf',
		size: 10,
		field: 'attachments',
	};
	await expect(readFile(nodeThatReachesNoFile(), 0, file)).rejects.toMatchObject(REFUSAL);
});

/** A node whose item holds these files; those with an ID have `stored` bytes elsewhere. */
function nodeWith(binary: Record<string, IBinaryData> | undefined, stored = ''): IExecuteFunctions {
	const helpers = {
		getBinaryMetadata: async () => ({ fileSize: stored.length }),
		getBinaryDataBuffer: async () => Buffer.from(stored),
	};
	return Object.assign(fakeNode({ items: [{ json: {}, binary }] }), { helpers });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each<[IBinaryData, object]>([
	[
		{ data: base64('hello'), mimeType: 'text/plain; charset=utf-8', fileName: 'a.txt' },
		{ fileName: 'a.txt', mediaType: 'text/plain', size: 5 },
	],
	[
		{ data: base64('hello'), mimeType: '', fileExtension: 'txt' },
		{ fileName: 'one.txt', mediaType: 'application/octet-stream', size: 5 },
	],
	[
		{ data: base64('é'), mimeType: 'text/plain' },
		{ fileName: 'one', mediaType: 'text/plain', size: 2 },
	],
	[
		{ data: 'filesystem-v2', id: 'filesystem-v2:1', mimeType: 'text/plain', fileName: 'b' },
		{ fileName: 'b', mediaType: 'text/plain', size: 12 },
	],
])('%j is measured and named without being read', async (file, found) => {
	const node = nodeWith({ one: file }, 'twelve bytes');
	expect(await findFile(node, 0, 'one', 'attachments')).toEqual({
		property: 'one',
		field: 'attachments',
		...found,
	});
});

const TEXT = { data: base64('hello'), mimeType: 'text/plain' };

test.each<[Record<string, IBinaryData> | undefined, string, string | undefined]>([
	[{ one: { data: '', mimeType: 'text/plain' } }, 'The file "one" is empty', undefined],
	[{ two: TEXT, three: TEXT }, 'The item has no file "one" to attach', 'It has: two, three.'],
	[
		undefined,
		'The item has no file "one" to attach',
		'It has no files: put the node behind one that reads or makes a file.',
	],
])('among %j there is nothing to attach', async (binary, message, description) => {
	const finding = findFile(nodeWith(binary), 0, 'one', 'attachments');
	await expect(finding).rejects.toBeInstanceOf(InputRefusal);
	await expect(finding).rejects.toMatchObject({
		message,
		details: { description, field: 'attachments' },
	});
});

test('a file is what was measured, or is refused', async () => {
	const file = await findFile(nodeWith({ one: TEXT }), 0, 'one', 'attachments');
	expect(String(await readFile(nodeWith({}, 'hello'), 0, file))).toBe('hello');
	await expect(readFile(nodeWith({}, 'hello!'), 0, file)).rejects.toMatchObject({
		message: 'The file "one" has changed during the run',
		details: { field: 'attachments' },
	});
});
