import { request } from 'node:http';
import { deflateRawSync } from 'node:zlib';

import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { unzip, zipOf } from '../../../sandbox/zip';
import { addContacts, createMailing, DRAFT } from '../../support/mailings';
import { all } from '../../support/reportsAccount';
import type { Client } from '../../support/sandboxClient';
import { basic, clientOf, JSON_BODY, PLAIN_JSON, valueOf } from '../../support/sandboxClient';

let sandbox: Sandbox;
let call: Client;
let id: number;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	sandbox.reset();
	id = await createMailing(call, 'News');
});

const HTML = 'text/html';
const TEXT = 'text/plain';
const OFF = 'doImageGrabbing=false&doLinkTracking=false';

const getHtml = async () =>
	(await call('GET', `/mailings/${id}/contents/html`, { accept: HTML })).text;
const getText = async () =>
	(await call('GET', `/mailings/${id}/contents/text`, { accept: TEXT })).text;
const postHtml = async (body: string, query = OFF) =>
	await call('POST', `/mailings/${id}/contents/html?${query}`, { body, type: HTML, accept: HTML });
const postText = async (body: string) =>
	await call('POST', `/mailings/${id}/contents/text`, { body, type: TEXT, accept: TEXT });
const stored = () => sandbox.recipients.mailing(id);

describe('HTML and text', () => {
	it('come back byte for byte, with their own types', async () => {
		const html = '<p>Grüße &amp; 🎉\r\n\t<![CDATA[x]]></p>\n';
		expect(await postHtml(html)).toMatchObject({ status: 200, text: '' });
		const reply = await call('GET', `/mailings/${id}/contents/html`, { accept: HTML });
		expect(reply.text).toBe(html);
		expect(reply.headers.get('content-type')).toBe(HTML);
		expect((await postText('Grüße\r\n& 🎉 <b>')).status).toBe(200);
		const text = await call('GET', `/mailings/${id}/contents/text`, { accept: TEXT });
		expect(text.text).toBe('Grüße\r\n& 🎉 <b>');
		expect(text.headers.get('content-type')).toBe(TEXT);
	});

	it('have a size in bytes', async () => {
		await postHtml('<p>ü</p>');
		await postText('€');
		const html = await call('GET', `/mailings/${id}/contents/html/size`);
		expect(valueOf(html.text, 'html_size')).toBe('9');
		const text = await call('GET', `/mailings/${id}/contents/text/size`);
		expect(valueOf(text.text, 'size')).toBe('3');
	});

	it.each([
		['contents/html', PLAIN_JSON],
		['contents/html', TEXT],
		['contents/text', HTML],
	])('%s refuses %s', async (part, type) => {
		const reply = await call('POST', `/mailings/${id}/${part}`, { body: 'a', type });
		expect(reply.status).toBe(415);
	});

	it.each([
		['contents/html', TEXT],
		['contents/text', 'application/vnd.maileon.api+xml'],
	])('%s is not given as %s', async (part, accept) => {
		expect((await call('GET', `/mailings/${id}/${part}`, { accept })).status).toBe(406);
	});

	it('must be UTF-8, and no larger than the account allows', async () => {
		const broken = { body: Buffer.from([0xff]), type: HTML, accept: HTML };
		expect((await call('POST', `/mailings/${id}/contents/html`, broken)).status).toBe(400);
		sandbox.account.maxContentSize = 1;
		expect((await postHtml('x'.repeat(1024))).status).toBe(200);
		expect((await postHtml('x'.repeat(1025))).message).toBe('the content must not exceed 1 KB');
		expect((await postText('x'.repeat(1025))).status).toBe(400);
	});

	it('are refused with flags that are none', async () => {
		expect((await postHtml('a', 'doImageGrabbing=1')).status).toBe(400);
		expect((await postHtml('a', 'grabImages=true')).status).toBe(400);
	});
});

describe('image grabbing and link tracking', () => {
	const html =
		'<a class="x" href="https://shop.example.com/?a=1&amp;b=2">A</a><a href=\'mailto:a@example.com\'>M</a><a href="#top">T</a><img alt="" src="http://cdn.example.com/p/cat.png?x=1"><img src="cid:1">';

	it('leave the HTML as it is when they are off', async () => {
		await postHtml(html);
		expect(await getHtml()).toBe(html);
		expect(stored().links).toEqual([]);
	});

	it('rewrite images with an absolute address', async () => {
		await postHtml(html, 'doImageGrabbing=true&doLinkTracking=false');
		expect(await getHtml()).toBe(
			html.replace(
				'http://cdn.example.com/p/cat.png?x=1',
				`https://news.example.com/images/${id}/1/cat.png`,
			),
		);
	});

	it('rewrite links, which can be clicked then', async () => {
		await addContacts(call, 'ada@example.com');
		await postHtml(html, 'doImageGrabbing=false&doLinkTracking=true');
		const [link] = stored().links;
		expect(stored().links).toHaveLength(1);
		expect(link?.url).toBe('https://shop.example.com/?a=1&b=2');
		expect(await getHtml()).toBe(
			html.replace(
				'https://shop.example.com/?a=1&amp;b=2',
				`https://news.example.com/link/${link?.id}`,
			),
		);
		sandbox.recipients.send(id);
		sandbox.recipients.act('clicks', { email: 'ada@example.com' }, {});
		const clicks = await call('GET', `/reports/clicks?mailing_id=${id}`);
		expect(all(clicks.text, 'link_id')).toEqual([String(link?.id)]);
	});

	it('change nothing in HTML without images and links', async () => {
		await postHtml('<p>Plain</p>', 'doImageGrabbing=true&doLinkTracking=true');
		expect(await getHtml()).toBe('<p>Plain</p>');
	});

	it('have defaults that the variants choose', async () => {
		await postHtml(html, 'doLinkTracking=false');
		expect(await getHtml()).toContain('/images/');
		Object.assign(sandbox.variants, { imageGrabbingDefault: false, linkTrackingDefault: true });
		await call('POST', `/mailings/${id}/contents/html`, { body: html, type: HTML, accept: HTML });
		expect(await getHtml()).toContain('http://cdn.example.com/p/cat.png');
		expect(await getHtml()).toContain('/link/');
	});
});

describe('templates', () => {
	const put = async (path: string) =>
		await call('PUT', `/mailings/${id}/template`, {
			body: `<templateId><![CDATA[${path}]]></templateId>`,
		});

	it.each(['default folder/Invitation', '/shared/Announcement'])(
		'reset HTML and text: %s',
		async (path) => {
			await postHtml('<p>Mine</p>');
			await postText('Mine');
			expect((await put(path)).status).toBe(200);
			expect(await getHtml()).not.toContain('Mine');
			expect(await getText()).not.toContain('Mine');
			const reply = await call('GET', `/mailings/${id}/template`);
			expect(valueOf(reply.text, 'templateId')).toBe(path);
		},
	);

	it('are read under another name where the variant says so', async () => {
		sandbox.variants.templateElement = 'templateid';
		const reply = await call('GET', `/mailings/${id}/template`);
		expect(valueOf(reply.text, 'templateid')).toBe('default folder/Newsletter');
	});

	it('must exist', async () => {
		const reply = await put('default folder/Nothing');
		expect(reply.status).toBe(404);
		expect(reply.message).toBe("template default folder/Nothing isn't found");
		expect((await call('POST', `/mailings/${id}/template`, { body: '<a/>' })).status).toBe(405);
	});

	it('give their content back', async () => {
		await postHtml('<p>Mine</p>');
		expect((await call('PUT', `/mailings/${id}/contents/reset`)).status).toBe(200);
		expect(await getHtml()).toContain('Our newsletter');
		sandbox.account.templates = [];
		expect((await call('PUT', `/mailings/${id}/contents/reset`)).status).toBe(400);
	});
});

describe('other content', () => {
	it('fills RSS content in', async () => {
		const reply = await call('POST', `/mailings/${id}/contents/smartmailing/rss`);
		expect(reply.status).toBe(200);
		expect(stored().rssFillings).toBe(1);
	});

	it('makes the text from the HTML', async () => {
		await postHtml(
			'<html><head><title>T</title><style>p{}</style></head><body><h1>Hello &amp; welcome</h1>\n<p>One<br>two</p>  <p>&lt;b&gt;</p></body></html>',
		);
		expect((await call('POST', `/mailings/${id}/contents/synctextversion`)).status).toBe(200);
		expect(await getText()).toBe('Hello & welcome\nOne\ntwo\n<b>');
	});
});

describe('preview', () => {
	const preview = async (query = ''): Promise<unknown> => {
		const reply = await call('GET', `/mailings/${id}/preview?${query}`, { accept: PLAIN_JSON });
		expect(reply.status).toBe(200);
		return JSON.parse(reply.text);
	};
	/** With a body, which fetch does not send along with GET. */
	const previewWith = async (body: string, type = PLAIN_JSON) =>
		await new Promise<{ status?: number; text: string }>((resolve, reject) => {
			const headers = {
				authorization: basic(sandbox.apiKey),
				accept: PLAIN_JSON,
				'content-type': type,
				'content-length': Buffer.byteLength(body),
			};
			const url = `${sandbox.baseUrl}/mailings/${id}/preview`;
			const asked = request(url, { method: 'GET', headers, agent: false }, (response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (part: string) => (text += part));
				response.on('end', () => resolve({ status: response.statusCode, text }));
			});
			asked.on('error', reject).end(body);
		});

	beforeEach(async () => {
		await addContacts(call, 'ada@example.com');
		await call('PUT', '/contacts/email/ada%40example.com', {
			body: '<contact><external_id>C-1</external_id><standard_fields><field><name>FIRSTNAME</name><value>Ada</value></field></standard_fields><custom_fields><field><name>COLOR</name><value>BLUE</value></field></custom_fields></contact>',
		});
		await call('POST', `/mailings/${id}/contents/subject`, {
			body: '<subject>For [[CONTACT|FIRSTNAME]]</subject>',
		});
		await postHtml('<p>[[CONTACT|EMAIL]] [[CONTACT|COLOR]] [[CONTACT|AGE]]</p>');
		await postText('[[CONTACT|ID]]');
	});

	it.each(['email=ada%40example.com', 'external_id=C-1'])(
		'shows the mailing as a contact gets it: %s',
		async (query) => {
			expect(await preview(query)).toEqual({
				subject: 'For Ada',
				subjectError: null,
				html: '<p>ada@example.com BLUE </p>',
				htmlError: null,
				htmlAvailable: true,
			});
		},
	);

	it.each(['', 'email=unknown%40example.com'])('or the default user: %s', async (query) => {
		expect(await preview(query)).toMatchObject({
			subject: 'For Max',
			html: '<p>max@example.com  </p>',
		});
	});

	it('shows the text too', async () => {
		expect(await preview('format=text&email=ada%40example.com')).toMatchObject({ html: '1001' });
		expect((await call('GET', `/mailings/${id}/preview?format=pdf`)).status).toBe(406);
		const wrong = await call('GET', `/mailings/${id}/preview?format=pdf`, { accept: PLAIN_JSON });
		expect(wrong.status).toBe(400);
	});

	it('fills in the content of a contact event', async () => {
		await postHtml('<p>[[TRANSACTION|order.id]] [[TRANSACTION|other]]</p>');
		const filled = await previewWith('{"tx":{"order.id":"A-1"}}');
		expect(JSON.parse(filled.text)).toMatchObject({ html: '<p>A-1 </p>' });
		const ignored = await previewWith('{"tx":{"order.id":"A-1"}}', 'text/plain');
		expect(JSON.parse(ignored.text)).toMatchObject({ html: '<p> </p>' });
		expect((await previewWith('[]')).status).toBe(400);
		expect((await previewWith('{"tx":1}')).status).toBe(400);
	});

	it('tells when there is no HTML', async () => {
		await postHtml('');
		expect(await preview()).toMatchObject({ html: '', htmlAvailable: false });
	});
});

describe('CMS2', () => {
	const contents = () => `/mailings/${id}/cms2/contents`;
	const zip = async (query = '') =>
		unzip((await call('GET', `${contents()}${query}`, { accept: PLAIN_JSON })).bytes);
	const upload = async (body: string, type = PLAIN_JSON) =>
		await call('PUT', contents(), { body, type, accept: PLAIN_JSON });
	const packed = (files: Record<string, string>) =>
		JSON.stringify({ content: zipOf(files).toString('base64') });

	it('gives the mailing as a zip, without what only the editor needs', async () => {
		expect(Object.fromEntries(await zip())).toEqual({
			'index.html': expect.stringContaining(' data-cms2-block="main"'),
			'index.txt': 'Our newsletter\n',
		});
		const plain = await zip('?removeTemplateLanguageMarkup=true');
		expect(plain.get('index.html')).not.toContain('data-cms2');
		const reply = await call('GET', contents(), { accept: PLAIN_JSON });
		expect(reply.headers.get('content-type')).toBe('application/zip');
	});

	it('takes a zip', async () => {
		const files = { 'css/a.css': 'p{}', 'mail.html': '<p>Grüße</p>', 'mail.txt': 'Grüße' };
		expect((await upload(packed(files))).status).toBe(200);
		expect([await getHtml(), await getText()]).toEqual(['<p>Grüße</p>', 'Grüße']);
		expect((await upload(packed({ 'mail.htm': '<p>Other</p>' }))).status).toBe(200);
		expect([await getHtml(), await getText()]).toEqual(['<p>Other</p>', 'Grüße']);
	});

	it.each([
		['{}', 'content must be a string'],
		['{"content":"?"}', 'content must be Base64'],
		['{"content":"aGVsbG8="}', 'the content is no zip: it has no directory'],
		[packed({ 'a.txt': 'a' }), 'the zip holds no HTML file'],
		['[]', 'the body must be'],
		['{', 'malformed JSON'],
	])('refuses %s', async (body, message) => {
		const reply = await upload(body);
		expect(reply.status).toBe(400);
		expect(reply.message).toContain(message);
	});

	it('refuses an upload of another type, and none at all', async () => {
		expect((await upload('<a/>', 'application/vnd.maileon.api+xml')).status).toBe(415);
		expect((await call('PUT', contents())).message).toBe(
			'templatePath is missing, and there is no content',
		);
	});

	it('is saved as a template, which another mailing can have then', async () => {
		await upload(packed({ 'mail.html': '<p data-cms2-x="1">Mine</p>' }));
		const path = 'templatePath=default%20folder%2FMy%20Wonderful%20Mailing';
		const saved = await call('POST', `${contents()}?${path}&removeTemplateLanguageMarkup=true`);
		expect(saved).toMatchObject({ status: 200, text: '' });
		await call('POST', `${contents()}?${path}`);
		const other = await createMailing(call, 'Other');
		expect((await call('PUT', `/mailings/${other}/cms2/contents?${path}`)).status).toBe(200);
		expect(sandbox.recipients.mailing(other)).toMatchObject({
			html: '<p data-cms2-x="1">Mine</p>',
			template: 'default folder/My Wonderful Mailing',
		});
		expect(sandbox.account.templates).toHaveLength(7);
	});

	it('tells the path of a template where the variants say so', async () => {
		const path = 'templatePath=default%20folder%2FProduct%20news';
		sandbox.variants.mailingSetAnswer = 'element';
		const saved = await call('POST', `${contents()}?${path}`);
		expect(valueOf(saved.text, 'template_path')).toBe('default folder/Product news');
		expect((await call('PUT', `${contents()}?${path}`)).text).toBe('');
		sandbox.variants.templatePathAnswer = 'set';
		expect((await call('POST', `${contents()}?${path}`)).text).toBe('');
		expect((await call('PUT', `${contents()}?${path}`)).text).toContain('<template_path>');
	});

	it('wants a path with a file name that exists', async () => {
		expect((await call('POST', contents())).message).toBe(
			'query parameter templatePath is missing',
		);
		expect((await call('POST', `${contents()}?templatePath=folder%2F`)).status).toBe(400);
		expect((await call('PUT', `${contents()}?templatePath=no%2Fsuch`)).status).toBe(404);
	});

	it('is not for mailings of the old editor, whose calls it may refuse', async () => {
		const old = await createMailing(call, 'Old', '&editorVersion=v1');
		const reply = await call('GET', `/mailings/${old}/cms2/contents`, { accept: PLAIN_JSON });
		expect(reply.status).toBe(400);
		expect(reply.message).toBe(`this needs a CMS2 mailing but mailing ${old} is made with CMS1`);
		sandbox.variants.cms1CallsOnCms2 = 'refused';
		expect((await postHtml('<p>')).message).toBe(
			`this needs a CMS1 mailing but mailing ${id} is made with CMS2`,
		);
		expect((await postText('a')).status).toBe(400);
	});
});

describe('thumbnails', () => {
	const paths = () => [
		`/mailings/${id}/cms2/contents/thumbnail`,
		`/mailings/${id}/contents/thumbnail`,
	];
	const statuses = async () =>
		await Promise.all(paths().map(async (path) => (await call('GET', path)).status));

	it('are pictures', async () => {
		for (const path of paths()) {
			const reply = await call('GET', path, { accept: '*/*' });
			expect(reply.headers.get('content-type')).toBe('image/jpeg');
			expect(reply.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
		}
	});

	it('stand where the variant says', async () => {
		expect(await statuses()).toEqual([200, 200]);
		sandbox.variants.thumbnailPath = 'cms2';
		expect(await statuses()).toEqual([200, 404]);
		sandbox.variants.thumbnailPath = 'contents';
		expect(await statuses()).toEqual([404, 200]);
		sandbox.variants.thumbnailPath = 'neither';
		expect(await statuses()).toEqual([404, 404]);
	});
});

describe('the media library', () => {
	const get = async (path: string, accept = PLAIN_JSON): Promise<unknown> =>
		JSON.parse((await call('GET', path, { accept })).text);
	const cms2 = '/media/templates/mailings/cms2';

	it('lists all templates, and those of each editor', async () => {
		expect(await get('/media/templates')).toHaveLength(6);
		expect(await get('/media/templates/mailings', JSON_BODY)).toMatchObject([
			{ name: 'Newsletter', path: 'default folder/Newsletter' },
			{ name: 'Invitation' },
			{ name: 'Announcement', path: '/shared/Announcement' },
		]);
		expect(await get(cms2)).toContainEqual({
			id: 'cms2:default folder/Product news',
			name: 'Product news',
			path: 'default folder/Product news',
			created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
			size: expect.any(Number),
			mimetype: 'application/zip',
			tags: [],
		});
		expect((await call('GET', '/media/templates/mailings')).status).toBe(406);
	});

	it('has other entries where the variant says so', async () => {
		sandbox.variants.templateItems = 'names';
		expect(await get(cms2)).toContainEqual({ name: 'default folder/Product news' });
		sandbox.variants.templateItems = 'strings';
		expect(await get(cms2)).toContain('default folder/Product news');
	});
});

describe('the zips of the sandbox', () => {
	it('can be compressed, as those of other programs are', () => {
		const stored = zipOf({ 'ä.html': '<p>'.repeat(100) });
		expect(unzip(stored)).toEqual(new Map([['ä.html', '<p>'.repeat(100)]]));
		expect(unzip(deflated(stored))).toEqual(new Map([['ä.html', '<p>'.repeat(100)]]));
	});

	it('are refused in words when they are broken', () => {
		const zip = zipOf({ 'a.html': 'a' });
		const directory = zip.indexOf('PK\u0001\u0002');
		const broken = (at: number, value: number) => {
			const copy = Buffer.from(zip);
			copy.writeUInt16LE(value, at);
			return copy;
		};
		expect(() => unzip(broken(directory, 0))).toThrow('its directory is broken');
		expect(() => unzip(broken(directory + 10, 99))).toThrow('packing method 99 is not known');
		expect(() => unzip(broken(0, 0))).toThrow('a file of its directory is missing');
		expect(() => unzip(zip.subarray(0, 10))).toThrow('it has no directory');
	});

	/** The same zip of one file, but packed. */
	function deflated(zip: Buffer): Buffer {
		const nameBytes = zip.readUInt16LE(26);
		const start = 30 + nameBytes;
		const directory = zip.indexOf('PK\u0001\u0002');
		const packed = deflateRawSync(zip.subarray(start, directory));
		const local = Buffer.from(zip.subarray(0, start));
		const rest = Buffer.from(zip.subarray(directory));
		local.writeUInt16LE(8, 8);
		local.writeUInt32LE(packed.length, 18);
		rest.writeUInt16LE(8, 10);
		rest.writeUInt32LE(packed.length, 20);
		rest.writeUInt32LE(start + packed.length, rest.length - 6);
		return Buffer.concat([local, packed, rest]);
	}
});

it('leaves the draft of the start readable', async () => {
	const reply = await call('GET', `/mailings/${DRAFT}/contents/html`, { accept: HTML });
	expect(reply.text).toContain('https://shop.example.com/offer');
});
