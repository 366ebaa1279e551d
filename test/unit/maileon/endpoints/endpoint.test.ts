import { areas } from '../../../../nodes/Maileon/maileon/endpoints';
import { endpoint } from '../../../../nodes/Maileon/maileon/endpoints/endpoint';
import { mailingFacts } from '../../../../nodes/Maileon/maileon/endpoints/mailingValues';
import { MEDIA_TYPE, requestUrl } from '../../../../nodes/Maileon/maileon/request';

const all = areas.flatMap(({ endpoints }) => endpoints);

describe('a request to an endpoint', () => {
	const get = endpoint('GET /things/:name/parts/:part', {
		articles: 'Get Part',
		answer: 'document',
		root: 'part',
	});

	it('fills the placeholders of the path with values that are not encoded', () => {
		expect(get.request({ name: 'a/b', part: 'c?' }, [['count', 2]])).toEqual({
			method: 'GET',
			path: ['things', 'a/b', 'parts', 'c?'],
			query: [['count', 2]],
			root: 'part',
		});
	});

	it('is not made without a value for each placeholder', () => {
		expect(() => get.request({ name: 'a' })).toThrow('needs a value for :part');
	});

	it('carries the rules of its endpoint', () => {
		const send = endpoint('POST /mails', {
			articles: ['Send', 'Send Again'],
			answer: 'bytes',
			accept: 'plainJson',
			canSendMail: true,
			neverRepeated: true,
			advice: { 404: 'Look again.' },
		});
		expect(send.articles).toEqual(['Send', 'Send Again']);
		expect(send.request()).toEqual({
			method: 'POST',
			path: ['mails'],
			query: [],
			accept: MEDIA_TYPE.plainJson,
			content: 'bytes',
			canSendMail: true,
			neverRepeated: true,
			advice: { 404: 'Look again.' },
		});
	});

	it('says what a repeated removal meets', () => {
		const remove = endpoint('DELETE /things', {
			articles: 'Delete Thing',
			answer: 'confirmation',
			removes: true,
		});
		expect(remove.request().doneBefore).toEqual({ statuses: [404] });
	});

	it.each([
		['xml', 'application/vnd.maileon.api+xml'],
		['json', 'application/vnd.maileon.api+json'],
		['plainJson', 'application/json'],
		['html', 'text/html'],
		['text', 'text/plain'],
	] as const)('has a body of the type of its endpoint: %s', (body, type) => {
		const write = endpoint('POST /things', { articles: 'Write', answer: 'confirmation', body });
		expect(write.request({}, [], 'content').body).toEqual({ type, content: 'content' });
	});

	it('has a body of any type that it names itself', () => {
		const write = endpoint('POST /files', { articles: 'Write', answer: 'confirmation' });
		const file = { type: 'image/png', content: Buffer.from([0x89, 0x50]) };
		expect(write.request({}, [], file).body).toBe(file);
		expect(write.request({}, [], Buffer.from('<a/>')).body?.type).toBe(MEDIA_TYPE.xml);
	});
});

describe('the endpoints of Maileon', () => {
	it('are written down once each', () => {
		const requests = all.map(({ method, path }) => `${method} ${path}`);
		expect(new Set(requests).size).toBe(requests.length);
		expect(requests.length).toBeGreaterThan(50);
	});

	it('can be asked with a value for each placeholder', () => {
		for (const one of all) {
			const names = one.path.split('/').filter((part) => part.startsWith(':'));
			const values = Object.fromEntries(names.map((name) => [name.slice(1), 'x']));
			expect(requestUrl('', one.request(values))).toBe(one.path.replace(/:\w+/g, 'x'));
		}
	});

	it('may end with a slash, as some of the documentation do', () => {
		const domain = mailingFacts.domain.get.request({ id: '501' });
		expect(requestUrl('https://example.com', domain)).toBe(
			'https://example.com/mailings/501/domain/',
		);
	});
});
