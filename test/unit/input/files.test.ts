import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { findFile, readFile } from '../../../nodes/Maileon/input/files';
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
