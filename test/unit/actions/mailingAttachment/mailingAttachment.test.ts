import type { IDataObject } from 'n8n-workflow';

import type { MaileonAnswer } from '../../../../nodes/Maileon/transport/client';
import type { MaileonRequest } from '../../../../nodes/Maileon/maileon/request';
import { answerOf, failureOf } from '../../../support/fakeRun';
import { runItems } from '../../../support/runItems';

const DRAFT = { mailing: { __rl: true, mode: 'id', value: '22' } };
const FILE = {
	data: Buffer.alloc(2_048).toString('base64'),
	mimeType: 'application/pdf',
	fileName: 'a.pdf',
};

const listOf = (...files: string[]) => answerOf(`<attachments>${files.join('')}</attachments>`);
const listed = (id: number, further = '') => `<attachment><id>${id}</id>${further}</attachment>`;
const isList = ({ method, path }: MaileonRequest) =>
	method === 'GET' && path.at(-1) === 'attachments';

describe('a file that is added', () => {
	/** @param after what Maileon lists once the file was added */
	const add = async (options: IDataObject, after: (request: MaileonRequest) => MaileonAnswer) => {
		let isAdded = false;
		const run = await runItems(
			'mailingAttachment.add',
			{ ...DRAFT, binaryPropertyName: 'data', options },
			(request) => {
				if (request.method === 'POST') isAdded = true;
				if (isList(request)) return isAdded ? after(request) : listOf();
				return answerOf(request.method === 'GET' ? '<result>3</result>' : '');
			},
			[{ binary: { data: FILE } }],
		);
		return { ...run, post: run.sent.find(({ method }) => method === 'POST') };
	};

	it('comes out as Maileon lists it', async () => {
		const { output } = await add({}, () => listOf(listed(7, '<filename>a.pdf</filename>')));
		expect(output).toMatchObject([{ added: true, mailing_id: 22, id: 7, filename: 'a.pdf' }]);
	});

	it.each<[string, (request: MaileonRequest) => MaileonAnswer]>([
		['does not list it', () => listOf()],
		[
			'cannot tell',
			(request) => {
				throw failureOf(request, 500);
			},
		],
	])('comes out as it was sent where Maileon %s', async (_what, after) => {
		expect((await add({}, after)).output).toEqual([
			{ added: true, mailing_id: 22, filename: 'a.pdf', mime_type: 'application/pdf' },
		]);
		const options = { fileName: ' b.txt ', mediaType: ' text/plain ' };
		const { output, post } = await add(options, after);
		expect(output).toEqual([
			{ added: true, mailing_id: 22, filename: 'b.txt', mime_type: 'text/plain' },
		]);
		expect(post?.query).toEqual([['filename', 'b.txt']]);
		expect(post?.body?.type).toBe('text/plain');
	});

	it('that is too large names the field of the file', async () => {
		const { errors } = await runItems(
			'mailingAttachment.add',
			{ ...DRAFT, binaryPropertyName: 'data' },
			(request) => (isList(request) ? listOf() : answerOf('<result>1</result>')),
			[{ binary: { data: FILE } }],
		);
		expect(errors).toMatchObject([
			{
				message: expect.stringMatching(/^The file "a.pdf" has 2 kB/) as string,
				field: 'binaryPropertyName',
			},
		]);
	});
});

describe('a file that is downloaded', () => {
	const download = async (attachment: string, list: MaileonAnswer) =>
		await runItems(
			'mailingAttachment.download',
			{ ...DRAFT, attachment: { __rl: true, mode: 'id', value: attachment } },
			(request) =>
				isList(request)
					? list
					: {
							...answerOf(''),
							answer: { kind: 'bytes', bytes: Buffer.from('A'), type: 'text/plain' },
						},
		);

	it('has the name that Maileon lists, or one made of its ID', async () => {
		const named = await download(' 7 ', listOf(listed(6), listed(7, '<filename>a.pdf</filename>')));
		expect(named.rows[0]?.binary?.data).toMatchObject({ data: 'QQ==', fileName: 'a.pdf' });
		const unnamed = await download('7', listOf(listed(7)));
		expect(unnamed.rows[0]?.binary?.data).toMatchObject({ data: 'QQ==', fileName: 'attachment-7' });
	});

	it('is not asked for where Maileon does not list it', async () => {
		const { errors, sent } = await download('7', listOf(listed(17)));
		expect(errors).toMatchObject([{ message: 'Maileon did not find the mailing with ID 22.' }]);
		expect(sent).toHaveLength(1);
	});
});
