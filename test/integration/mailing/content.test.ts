import type { IDataObject } from 'n8n-workflow';

import { unzip } from '../../../sandbox/zip';
import { operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const paths = () => wire().map(([, url]) => url.replace('/1.0/mailings/', ''));
const mailing = (id: number) => {
	const found = sandbox().account.mailings.get(id);
	if (!found) throw new Error(`The sandbox has no mailing ${id}`);
	return found;
};

const get = async (content: string, further: IDataObject = {}, id = '22') =>
	await run('mailing.getContent', { mailing: byId(id), content, ...further });

/** The file that came out, and what n8n knows of it. */
function fileIn(result: Awaited<ReturnType<typeof get>>, property = 'data') {
	const file = result.main[0]?.binary?.[property];
	if (!file) throw new Error(`There is no file: ${result.error?.message ?? ''}`);
	const { data, mimeType, fileName } = file;
	return { bytes: Buffer.from(data, 'base64'), mimeType, fileName };
}

const HTML =
	'\n  <!doctype html>\r\n<html><body>Grüße 😀 [[CONTACT|FIRSTNAME]] &amp; <img src="x">\r\n</body></html>\n\n';

describe('HTML and text', () => {
	test('come out as they are', async () => {
		Object.assign(mailing(22), { html: HTML, text: '  Grüße\r\n<3\n' });
		expect(rows((await get('html')).main)).toEqual([{ id: 22, html: HTML }]);
		expect(rows((await get('text')).main)).toEqual([{ id: 22, text: '  Grüße\r\n<3\n' }]);
		expect(paths()).toEqual(['22/contents/html', '22/contents/text']);
		expect(sandbox().requests.map(({ headers }) => headers.accept)).toEqual([
			'text/html',
			'text/plain',
		]);
	});

	test('as files, byte for byte', async () => {
		Object.assign(mailing(22), { html: `\ufeff${HTML}`, text: 'ä' });
		const result = await get('html', { output: 'file', binaryPropertyName: 'page' });
		expect(rows(result.main)).toEqual([{ id: 22 }]);
		expect(fileIn(result, 'page')).toEqual({
			bytes: Buffer.from(`\ufeff${HTML}`),
			mimeType: 'text/html',
			fileName: 'mailing-22.html',
		});
		expect(fileIn(await get('text', { output: 'file' }))).toMatchObject({
			bytes: Buffer.from('ä'),
			fileName: 'mailing-22.txt',
		});
	});

	test('no content is an empty text', async () => {
		mailing(22).html = '';
		expect(rows((await get('html')).main)).toEqual([{ id: 22, html: '' }]);
	});

	test('HTML that looks like an error or like XML is content all the same', async () => {
		for (const html of ['<error><message>x</message></error>', '<name>x</name>', '5']) {
			mailing(22).html = html;
			expect(rows((await get('html')).main)).toEqual([{ id: 22, html }]);
		}
	});
});

describe('a preview', () => {
	const forAda = { contact: { __rl: true, mode: 'email', value: 'ada@example.com' } };

	test('for a contact, by email or by external ID', async () => {
		const preview = await get('preview', forAda);
		expect(preview.error).toBeUndefined();
		expect(rows(preview.main)).toEqual([
			{
				id: 22,
				subject: 'Summer sale, draft',
				subject_error: null,
				html: expect.stringContaining('<h1>News</h1>') as string,
				html_error: null,
				html_available: true,
			},
		]);
		const contact = { __rl: true, mode: 'externalId', value: 'a/b 00123' };
		await get('preview', { contact, format: 'text' });
		expect(paths()).toEqual([
			'22/preview?format=html&email=ada%40example.com',
			'22/preview?format=text&external_id=a%2Fb%2000123',
		]);
	});

	test('as a file', async () => {
		const result = await get('preview', { ...forAda, output: 'file' });
		expect(rows(result.main)).toEqual([
			{
				id: 22,
				subject: 'Summer sale, draft',
				subject_error: null,
				html_error: null,
				html_available: true,
			},
		]);
		const { bytes, fileName } = fileIn(result);
		expect(bytes.toString()).toBe(mailing(22).html);
		expect(fileName).toBe('mailing-22-preview.html');
		const text = fileIn(await get('preview', { ...forAda, format: 'text', output: 'file' }));
		expect(text).toMatchObject({
			bytes: Buffer.from(mailing(22).text),
			fileName: 'mailing-22-preview.txt',
		});
	});

	test.each([
		[{ contact: '={{ "" }}' }, /^Contact is empty/],
		[{ contact: { __rl: true, mode: 'maileonId', value: '7' } }, /by email or by external ID/],
	])('%j is refused before anything is asked', async (parameters, message) => {
		expect((await get('preview', parameters)).error?.message).toMatch(message);
		expect(wire()).toEqual([]);
	});
});

describe('files of CMS2', () => {
	test('the zip, with or without the markup of the template', async () => {
		mailing(22).html = '<p data-cms2-block="main">Hi</p>';
		const result = await get('zip');
		const { bytes, ...about } = fileIn(result);
		expect(about).toEqual({ mimeType: 'application/zip', fileName: 'mailing-22.zip' });
		expect(unzip(bytes).get('index.html')).toBe('<p>Hi</p>');
		const whole = await get('zip', { removeTemplateLanguageMarkup: false });
		expect(unzip(fileIn(whole).bytes).get('index.html')).toBe(mailing(22).html);
		expect(paths()).toEqual([
			'22/cms2/contents?removeTemplateLanguageMarkup=true',
			'22/cms2/contents?removeTemplateLanguageMarkup=false',
		]);
	});

	test.each([
		['both', 1],
		['cms2', 1],
		['contents', 2],
	] as const)('the thumbnail, where %s has it', async (thumbnailPath, requests) => {
		sandbox().variants.thumbnailPath = thumbnailPath;
		const { bytes, ...about } = fileIn(await get('thumbnail'));
		expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
		expect(about).toEqual({ mimeType: 'image/jpeg', fileName: 'mailing-22.jpg' });
		expect(paths()).toEqual(
			['22/cms2/contents/thumbnail', '22/contents/thumbnail'].slice(0, requests),
		);
	});

	test('no thumbnail is not found', async () => {
		sandbox().variants.thumbnailPath = 'neither';
		const { error } = await get('thumbnail');
		expect(error?.message).toBe('Maileon did not find the mailing with ID 22.');
		expect(error?.description).toMatch(/may have no thumbnail/);
		expect(rows((await get('thumbnail', { ifNotFound: 'nothing' })).main)).toEqual([]);
	});
});

test('a mailing that does not exist', async () => {
	expect((await get('html', {}, '99')).error?.message).toBe(
		'Maileon did not find the mailing with ID 99.',
	);
	expect(rows((await get('html', { ifNotFound: 'emptyItem' }, '99')).main)).toEqual([{}]);
});

describe('changes of the content', () => {
	const schedule = () => ({
		date: '2030-04-01',
		hours: '09',
		minutes: '30',
		at: new Date(Date.UTC(2030, 3, 1, 9, 30)),
		state: 'scheduled' as const,
		contentChanged: false,
		spread: {},
	});
	const change = async (operation: string, further: IDataObject = {}, id = '22') =>
		await run(`mailing.${operation}`, { mailing: byId(id), ...further });

	test('reset takes HTML and text of the template', async () => {
		const result = await change('resetContent');
		expect(rows(result.main)).toEqual([{ reset: true, id: 22 }]);
		expect(mailing(22).text).toBe('Our newsletter\n');
		expect(wire()).toEqual([
			['GET', '/1.0/mailings/22/schedule'],
			['PUT', '/1.0/mailings/22/contents/reset'],
		]);
	});

	test('fill takes what the feeds hold', async () => {
		const result = await change('fillRss');
		expect(rows(result.main)).toEqual([{ filled: true, id: 22 }]);
		expect(mailing(22).rssFillings).toBe(1);
		expect(wire().at(-1)).toEqual(['POST', '/1.0/mailings/22/contents/smartmailing/rss']);
	});

	test.each(['resetContent', 'fillRss'])(
		'%s leaves a scheduled mailing alone, unless it is forced',
		async (operation) => {
			mailing(22).schedule = schedule();
			const { error } = await change(operation);
			expect(error?.message).toBe(
				'The mailing is scheduled for 2030-04-01 09:30, so its content was not changed.',
			);
			expect(error?.description).toMatch(/would not send it.*"Even If Scheduled"/);
			expect(wire()).toEqual([['GET', '/1.0/mailings/22/schedule']]);
			expect((await change(operation, { evenIfScheduled: true })).error).toBeUndefined();
			expect(mailing(22).schedule?.contentChanged).toBe(true);
			expect(wire()).toHaveLength(2);
		},
	);

	test.each(['resetContent', 'fillRss'])('%s needs a draft', async (operation) => {
		const { error } = await change(operation, {}, '21');
		expect(error?.message).toMatch(/^Maileon found a conflict for the mailing with ID 21/);
		expect(error?.description).toMatch(/Only drafts can be changed/);
	});

	test('the error row names the mailing', async () => {
		mailing(22).schedule = schedule();
		const result = await run(
			'mailing.fillRss',
			{ mailing: byId('22') },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{ error: { message: expect.stringMatching(/is scheduled/) as string, mailing: { id: 22 } } },
		]);
	});
});

describe('save as template', () => {
	const save = async (further: IDataObject = {}) =>
		await run('mailing.saveAsTemplate', {
			mailing: byId('22'),
			templatePath: 'default folder/Summer & more',
			...further,
		});

	test.each(['saved', 'none'] as const)('tells the path (%s)', async (templatePathAnswer) => {
		Object.assign(sandbox().variants, { templatePathAnswer, mailingSetAnswer: 'element' });
		const result = await save();
		expect(rows(result.main)).toEqual([
			{ saved: true, id: 22, template_path: 'default folder/Summer & more' },
		]);
		expect(wire()).toEqual([
			[
				'POST',
				'/1.0/mailings/22/cms2/contents?templatePath=default%20folder%2FSummer%20%26%20more&removeTemplateLanguageMarkup=false',
			],
		]);
		expect(sandbox().account.templates.map(({ path }) => path)).toContain(
			'default folder/Summer & more',
		);
	});

	test('without the markup of the template', async () => {
		await save({ removeTemplateLanguageMarkup: true });
		expect(wire()[0]?.[1]).toContain('removeTemplateLanguageMarkup=true');
	});
});
