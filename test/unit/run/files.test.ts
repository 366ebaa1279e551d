import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { readAnswer } from '../../../nodes/Maileon/maileon/answer';
import { fileOf, RowWithFiles } from '../../../nodes/Maileon/run/files';
import { perItem } from '../../../nodes/Maileon/run/perItem';
import { NO_TRIES } from '../../../nodes/Maileon/run/tries';
import { fakeClient, fakeNode } from '../../support/fakeRun';

const REQUEST = { method: 'GET' } as const;
const BYTES = Buffer.from([0x50, 0x4b, 0x00, 0xff]);

/** A node of an n8n that keeps files, and tells what it was given. */
function keepingFiles() {
	const kept: unknown[][] = [];
	const helpers = {
		prepareBinaryData: async (...given: unknown[]): Promise<IBinaryData> => {
			kept.push(given);
			return { id: 'filesystem:1', data: 'filesystem', mimeType: String(given[2]) };
		},
	};
	return { node: { helpers } as unknown as IExecuteFunctions, kept };
}

test('the file of an answer is kept where n8n keeps files, with its name and type', async () => {
	const { node, kept } = keepingFiles();
	const answer = { kind: 'bytes', bytes: BYTES, type: 'application/zip' } as const;
	const file = await fileOf(node, { status: 200, headers: {}, answer }, REQUEST, {
		name: 'all.zip',
	});
	expect(kept).toEqual([[BYTES, 'all.zip', 'application/zip']]);
	expect(file).toMatchObject({ id: 'filesystem:1', mimeType: 'application/zip' });
});

test.each([
	{ kind: 'bytes', bytes: Buffer.alloc(0), type: 'application/zip' } as const,
	readAnswer('<html><body>Hello</body></html>'),
])('an answer without a file is refused', async (answer) => {
	const { node, kept } = keepingFiles();
	await expect(
		fileOf(node, { status: 200, headers: {}, answer }, REQUEST, { name: 'all.zip' }),
	).rejects.toMatchObject({ facts: { kind: 'answer', detail: 'It holds no file.' } });
	expect(kept).toEqual([]);
});

test('files leave with their row, and stay linked to their item', async () => {
	const file: IBinaryData = { data: '', mimeType: 'image/png' };
	const run = perItem(() => ({
		prepare: ({ index }) => ({
			send: async () =>
				index === 0 ? [{ plain: true }] : [new RowWithFiles({ id: index }, { data: file })],
		}),
	}));
	const node = fakeNode({ items: [{ json: {} }, { json: {} }] });
	const client = fakeClient(() => {
		throw new Error('Nothing is sent');
	});
	await expect(run({ node, client, properties: [], tries: NO_TRIES })).resolves.toEqual([
		{ json: { plain: true }, pairedItem: { item: 0 } },
		{ json: { id: 1 }, binary: { data: file }, pairedItem: { item: 1 } },
	]);
});
