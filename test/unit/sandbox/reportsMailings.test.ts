import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { Client } from '../../support/sandboxClient';
import { clientOf, valueOf } from '../../support/sandboxClient';
import { all } from '../../support/reportsAccount';

let sandbox: Sandbox;
let call: Client;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.reset();
	sandbox.account.addMailing(
		{
			name: 'autumn <sale>',
			subject: 'Autumn is here',
			state: 'scheduled',
			scheduleTime: new Date(Date.UTC(2026, 8, 1, 8)),
			tags: ['sale', 'autumn'],
			creator: 'API-0a1b2c3d',
			inTrash: true,
		},
		[],
		40,
	);
});

const get = async (path: string) => await call('GET', `/mailings/${path}`);

describe('lists of mailings', () => {
	it.each([
		['types?types=doi', [11, 12, 13]],
		['types?types=regular&types=trigger', [21, 22, 31, 32, 40]],
		['types?types=trigger_template', []],
		['states?states=draft&states=archived', [13, 22]],
		['keywords?keywords=sale', [21, 22, 40]],
		['keywords?keywords=sale&keywords=autumn&keywordsOp=and', [40]],
		['keywords?keywords=spring&keywords=autumn&keywordsOp=or', [21, 40]],
		['creatorname?creatorName=API-0a1b2c3d&creatorNameOp=equals', [40]],
		['creatorname?creatorName=admin&creatorNameOp=starts_with', [11, 12, 13, 21, 22, 31, 32]],
		['subject?subject=is+here&subjectOp=ends_with', [21, 40]],
		['subject?subject=tumn&subjectOp=contains', [40]],
		['scheduletime?scheduleTime=2026-09-01%2008%3A00%3A00&beforeSchedulingTime=true', [21]],
		['scheduletime?scheduleTime=2026-09-01%2008%3A00%3A00&beforeSchedulingTime=false', [40]],
		['types?types=regular&trash=true', [40]],
		['types?types=regular&trash=false', [21, 22]],
		['types?types=regular&order=DESC', [40, 22, 21]],
		['types?types=regular&orderBy=name', [21, 22, 40]],
		['types?types=regular&orderBy=state', [21, 22, 40]],
		['types?types=regular&orderBy=schedule_time&order=DESC', [40, 21, 22]],
		['types?types=regular&page_size=2&page_index=2', [40]],
	])('%s', async (query, ids) => {
		const reply = await get(`filter/${query}`);
		expect(reply.status).toBe(200);
		expect(all(reply.text, 'id').map(Number)).toEqual(ids);
	});

	it('show the fields that are asked for, and the headers of pages', async () => {
		const fields = 'fields=name&fields=state&fields=type&fields=scheduleTime';
		const reply = await get(`filter/types?types=regular&page_size=1&page_index=3&${fields}`);
		expect(reply.text).toContain(
			'<mailings><mailing><id>40</id><fields><field><name>name</name><value>autumn &lt;sale&gt;</value></field>' +
				'<field><name>state</name><value>scheduled</value></field><field><name>type</name><value>regular</value></field>' +
				'<field><name>scheduleTime</name><value>2026-09-01 08:00:00</value></field></fields></mailing></mailings>',
		);
		expect(reply.headers.get('x-pages')).toBe('3');
		expect(reply.headers.get('x-items')).toBe('3');
		sandbox.variants.mailingFields = 'reversed';
		const other = await get('filter/states?states=draft&fields=name&fields=scheduleTime');
		expect(all(other.text, 'name')).toEqual(['scheduleTime', 'name']);
		expect(other.text).toContain('<value nil="true"/>');
		expect((await get('filter/states?states=draft')).text).toContain(
			'<mailing><id>22</id><fields/></mailing>',
		);
	});

	it.each([
		['types', 'query parameter types is missing'],
		[
			'types?types=newsletter',
			'types must be one of doi, regular, trigger, trigger_template but was newsletter',
		],
		['types?types=doi&page_size=1001', 'page_size must not exceed 1000 but was 1001'],
		[
			'types?types=doi&fields=subject',
			'fields must be one of state, type, name, scheduleTime but was subject',
		],
		[
			'types?types=doi&orderBy=scheduleTime',
			'orderBy must be one of id, state, name, schedule_time but was scheduleTime',
		],
		['states?states=sent', /^states must be one of draft, /],
		['keywords?keywords=a&keywordsOp=xor', 'keywordsOp must be one of and, or but was xor'],
		['subject?subject=a', 'query parameter subjectOp is missing'],
		['creatorname?creatorName=a&creatorNameOp=is', /^creatorNameOp must be one of contains, /],
		[
			'scheduletime?scheduleTime=2026-09-01&beforeSchedulingTime=true',
			/^scheduleTime must be yyyy/,
		],
		[
			'scheduletime?scheduleTime=2026-09-01%2008%3A00%3A00',
			'query parameter beforeSchedulingTime is missing',
		],
	])('refuse %s', async (query, message) => {
		const reply = await get(`filter/${query}`);
		expect(reply.status).toBe(400);
		expect(reply.message).toMatch(message instanceof RegExp ? message : new RegExp(`^${message}$`));
	});
});

describe('single values of a mailing', () => {
	it.each([
		['40/name', 'name', 'autumn &lt;sale&gt;'],
		['40/state', 'state', 'scheduled'],
		['40/type', 'type', 'regular'],
		['40/sealed', 'sealed', 'true'],
		['22/sealed', 'sealed', 'false'],
		['40/author', 'author', 'API-0a1b2c3d'],
		['40/contents/subject', 'subject', 'Autumn is here'],
		['40/settings/tags', 'tags', 'sale#autumn'],
		['12/settings/doi_key', 'doi_key', 'doi-key-2'],
		['name/autumn%20%3Csale%3E', 'id', '40'],
	])('%s', async (path, element, value) => {
		const reply = await get(path);
		expect(reply.status).toBe(200);
		expect(valueOf(reply.text, element)).toBe(value);
	});

	it('answer 404 for a mailing that does not exist', async () => {
		for (const path of ['99/name', 'x/state', 'name/nothing', '1e1/type']) {
			expect((await get(path)).status).toBe(404);
		}
		expect((await get('21/settings/doi_key')).status).toBe(400);
	});
});

it('the key of a DOI mailing that is no longer released cannot be used', async () => {
	const create = async () =>
		(
			await call('POST', '/contacts/email/a%40example.com?doi=true&doimailing=doi-key-2', {
				body: '<contact/>',
			})
		).status;
	expect(await create()).toBe(201);
	sandbox.recipients.mailing(12).state = 'archived';
	expect(await create()).toBe(400);
});
