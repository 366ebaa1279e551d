import type { IDataObject } from 'n8n-workflow';

import { links } from '../../support/engine';
import { operationTests, rows } from '../../support/operations';

const { sandbox, run, list, wire } = operationTests();

const DRAFT = { __rl: true, mode: 'id', value: '22' };
const PDF = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0d, 0x0a]);

const withFile = (bytes: Buffer = PDF, further: IDataObject = {}) => ({
	json: {},
	binary: {
		data: {
			data: bytes.toString('base64'),
			mimeType: 'application/pdf',
			fileName: 'Preisliste ä.pdf',
			...further,
		},
	},
});

const draft = () => {
	const mailing = sandbox().account.mailings.get(22);
	if (!mailing) throw new Error('The sandbox has no draft');
	return mailing;
};
const posts = () => wire().filter(([method]) => method === 'POST');

async function add(items = [withFile()], parameters: IDataObject = {}) {
	return await run('mailingAttachment.add', { mailing: DRAFT, ...parameters }, { items });
}

/** Adds files to the draft behind the back of the test. */
async function given(...names: string[]): Promise<number[]> {
	const ids: number[] = [];
	for (const fileName of names) {
		const result = await add([withFile(PDF, { fileName })]);
		ids.push(Number(rows(result.main)[0]?.id));
	}
	sandbox().requests.length = 0;
	return ids;
}

describe('add', () => {
	it('sends the bytes of the file with its media type, and tells the ID', async () => {
		const result = await add();
		expect(result.error).toBeUndefined();
		expect(posts()).toEqual([
			['POST', '/1.0/mailings/22/attachments?filename=Preisliste%20%C3%A4.pdf', expect.any(String)],
		]);
		const [sent] = sandbox().requests.filter(({ method }) => method === 'POST');
		expect(sent?.headers).toMatchObject({
			'content-type': 'application/pdf',
			'content-length': String(PDF.length),
		});
		expect(draft().attachments.map(({ bytes }) => bytes)).toEqual([PDF]);
		expect(rows(result.main)).toEqual([
			expect.objectContaining({
				added: true,
				mailing_id: 22,
				id: expect.any(Number),
				filename: 'Preisliste ä.pdf',
				mime_type: 'application/pdf',
			}),
		]);
	});

	it('takes another name and another type', async () => {
		const options = { fileName: 'prices.bin', mediaType: 'application/octet-stream' };
		const result = await add([withFile()], { options });
		expect(rows(result.main)).toMatchObject([
			{ filename: 'prices.bin', mime_type: 'application/octet-stream' },
		]);
	});

	it('finds the mailing by its name', async () => {
		await add([withFile()], {
			mailing: { __rl: true, mode: 'name', value: 'Summer sale, draft' },
		});
		expect(wire()[0]).toEqual(['GET', '/1.0/mailings/name/Summer%20sale%2C%20draft']);
		expect(draft().attachments).toHaveLength(1);
	});

	it('refuses an eleventh file, an empty one and one that is missing, before it is sent', async () => {
		await given(...Array.from({ length: 10 }, (_, index) => `file ${index}.pdf`));
		const items = [withFile(), withFile(Buffer.alloc(0)), { json: {}, binary: {} }];
		const result = await run(
			'mailingAttachment.add',
			{ mailing: DRAFT },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message: 'A mailing can have at most 10 attachments, and this one has 10 already.',
				},
			},
			{ error: { message: 'The file "data" is empty.', field: 'binaryPropertyName' } },
			{ error: { message: 'The item has no file "data" to attach.' } },
		]);
		expect(posts()).toEqual([]);
	});

	it('refuses a file above the limit of the account, before it is sent', async () => {
		sandbox().account.maxAttachmentSize = 1;
		const result = await add([withFile(Buffer.alloc(1_025))]);
		expect(result.error).toMatchObject({
			message:
				'The file "Preisliste ä.pdf" has 2 kB, but Maileon takes at most 1 kB for the attachments of this account.',
		});
		expect(posts()).toEqual([]);
	});

	it('never adds a file twice: what Maileon has is looked at where its answer got lost', async () => {
		sandbox().fail({ method: 'POST', path: /attachments$/, breakConnection: 'after' });
		const result = await add();
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toMatchObject([{ added: true, filename: 'Preisliste ä.pdf' }]);
		expect(posts()).toHaveLength(1);
		expect(draft().attachments).toHaveLength(1);
	});

	it('fails where the connection broke before Maileon acted', async () => {
		sandbox().fail({ method: 'POST', path: /attachments$/, breakConnection: 'before' });
		const result = await add();
		expect(result.error?.message).toBe(
			'The connection to Maileon was lost before the response was complete.',
		);
		expect(posts().length).toBeLessThanOrEqual(1);
		expect(draft().attachments).toEqual([]);
	});

	it('says in words that a mailing which went out cannot be changed', async () => {
		const result = await add([withFile()], { mailing: { __rl: true, mode: 'id', value: '21' } });
		expect(result.error).toMatchObject({ httpCode: '409' });
		expect(result.error?.description).toContain('Only drafts can be changed.');
	});
});

describe('get many', () => {
	it('lists and counts', async () => {
		const [first, second] = await given('one.pdf', 'two.pdf');
		const listed = await run('mailingAttachment.getMany', { mailing: DRAFT });
		expect(rows(listed.main)).toMatchObject([
			{ mailing_id: 22, id: first, filename: 'one.pdf', mime_type: 'application/pdf' },
			{ mailing_id: 22, id: second, filename: 'two.pdf' },
		]);
		const counted = await run('mailingAttachment.getMany', { mailing: DRAFT, output: 'count' });
		expect(rows(counted.main)).toEqual([{ mailing_id: 22, count: 2 }]);
		expect(wire()).toEqual([
			['GET', '/1.0/mailings/22/attachments'],
			['GET', '/1.0/mailings/22/attachments/count'],
		]);
	});

	it('fills the list of the editor for the mailing that is chosen', async () => {
		const [id] = await given('one.pdf');
		expect(
			await list('searchMailingAttachments', { resource: 'mailingAttachment', mailing: DRAFT }),
		).toEqual([
			{ name: expect.stringMatching(/^one\.pdf \(ID \d+, \d+ kB\)$/), value: String(id) },
		]);
		expect(
			await list('searchMailingAttachments', {
				resource: 'mailingAttachment',
				mailing: { mode: 'list', value: '' },
			}),
		).toEqual([]);
	});

	it('fills the list of the editor for a mailing that is told by its name', async () => {
		const [id] = await given('one.pdf', 'two.pdf');
		expect(
			await list(
				'searchMailingAttachments',
				{
					resource: 'mailingAttachment',
					mailing: { __rl: true, mode: 'name', value: ' Summer sale, draft ' },
				},
				'ONE',
			),
		).toEqual([{ name: expect.stringContaining('one.pdf'), value: String(id) }]);
	});

	it('asks nobody for the list of a mailing that only a run knows', async () => {
		expect(
			await list('searchMailingAttachments', {
				resource: 'mailingAttachment',
				mailing: { __rl: true, mode: 'id', value: '={{ $json.mailing }}' },
			}),
		).toEqual([]);
		expect(wire()).toEqual([]);
	});
});

describe('download', () => {
	it('gives the file as it was added, with its name and type', async () => {
		const [id] = await given('one.pdf');
		const result = await run('mailingAttachment.download', {
			mailing: DRAFT,
			attachment: { __rl: true, mode: 'id', value: String(id) },
		});
		expect(result.error).toBeUndefined();
		const [item] = result.main;
		expect(item?.json).toMatchObject({ mailing_id: 22, id, filename: 'one.pdf' });
		expect(item?.binary?.data).toMatchObject({
			fileName: 'one.pdf',
			mimeType: 'application/pdf',
			data: PDF.toString('base64'),
		});
		expect(links(result.main)).toEqual([[0]]);
	});

	it('gives what was chosen for an attachment that is not there', async () => {
		const result = await run('mailingAttachment.download', {
			mailing: DRAFT,
			attachment: { __rl: true, mode: 'id', value: '999' },
			ifNotFound: 'emptyItem',
		});
		expect(rows(result.main)).toEqual([{}]);
	});
});

describe('delete', () => {
	it('takes one off', async () => {
		const [first, second] = await given('one.pdf', 'two.pdf');
		const result = await run('mailingAttachment.delete', {
			mailing: DRAFT,
			attachment: { __rl: true, mode: 'id', value: String(first) },
		});
		expect(rows(result.main)).toEqual([{ deleted: true, mailing_id: 22, id: first }]);
		expect(wire()).toEqual([['DELETE', `/1.0/mailings/22/attachments/${first}`]]);
		expect(draft().attachments.map(({ id }) => id)).toEqual([second]);
	});

	it.each([' ', '={{ "" }}', '../attachments', 'one.pdf'])(
		'sends nothing for the ID "%s", whose address could be that of all attachments',
		async (value) => {
			await given('one.pdf');
			const result = await run('mailingAttachment.delete', {
				mailing: DRAFT,
				attachment: { __rl: true, mode: 'id', value },
			});
			expect(result.error?.message).toMatch(/^Attachment (is empty|must be a number)/);
			expect(wire()).toEqual([]);
		},
	);

	it('takes all off only after it was confirmed', async () => {
		await given('one.pdf', 'two.pdf');
		const refused = await run('mailingAttachment.deleteAll', {
			mailing: DRAFT,
			confirmation: 'yes',
		});
		expect(refused.error).toMatchObject({
			message: '"Type DELETE ALL ATTACHMENTS to Confirm" is not filled in correctly.',
			description: expect.stringContaining('This deletes all attachments of the mailing'),
		});
		const result = await run('mailingAttachment.deleteAll', {
			mailing: DRAFT,
			confirmation: 'DELETE ALL ATTACHMENTS',
		});
		expect(rows(result.main)).toEqual([{ deleted: true, all: true, mailing_id: 22 }]);
		expect(wire()).toEqual([['DELETE', '/1.0/mailings/22/attachments']]);
		expect(draft().attachments).toEqual([]);
	});
});

describe('copy', () => {
	it('brings all attachments of another mailing, once', async () => {
		await given('one.pdf', 'two.pdf');
		const target = sandbox().account.addMailing({ name: 'Target' });
		sandbox().fail({ method: 'PUT', path: /attachments$/, breakConnection: 'after' });
		const result = await run('mailingAttachment.copy', {
			sourceMailing: DRAFT,
			mailing: { __rl: true, mode: 'id', value: String(target.id) },
		});
		expect(result.error).toBeUndefined();
		expect(rows(result.main)).toMatchObject([
			{
				copied: true,
				mailing_id: target.id,
				source_mailing_id: 22,
				attachments: [{ filename: 'one.pdf' }, { filename: 'two.pdf' }],
			},
		]);
		expect(wire().filter(([method]) => method === 'PUT')).toEqual([
			['PUT', `/1.0/mailings/${target.id}/attachments?src_mailing_id=22`],
		]);
		expect(target.attachments).toHaveLength(2);
	});
});
