import type { IDataObject } from 'n8n-workflow';

import { holdClock, links, tellingPart } from '../../support/engine';
import type { HeldClock } from '../../support/engine/clock';
import { XML } from '../../support/maileon';
import {
	EVERYTHING,
	ITEM_WITH_FILES,
	mailingById,
	mailingsNamed,
	PART_NAMES,
	partsNamed,
} from '../../support/mailingParts';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

let clock: HeldClock;
beforeAll(async () => {
	clock = await holdClock();
});
afterAll(() => clock.release());

const NAME = String(EVERYTHING.name);
const FEW = { name: 'Spring sale 2026', subject: 'Spring is here' };
const CREATE = '/1.0/mailings?name=Spring%20sale%202026&subject=Spring%20is%20here&type=regular';

async function create(parameters: IDataObject, options: IDataObject = {}) {
	return await run(
		'mailing.create',
		{ ...parameters, options },
		{ items: [ITEM_WITH_FILES], onError: 'continueErrorOutput' },
	);
}

const named = (name: string) =>
	[...sandbox().account.mailings.values()].filter((mailing) => mailing.name === name);
const changes = () => wire().filter(([method]) => method !== 'GET');

describe('a new mailing', () => {
	it('takes one request, and no editor that was not chosen', async () => {
		const result = await create(FEW);
		const [made] = named(FEW.name);
		expect(wire()).toEqual([['POST', CREATE]]);
		expect(rows(result.main)).toEqual([
			{ created: true, id: made?.id, name: FEW.name, updated: [] },
		]);
		expect(links(result.main)).toEqual([[0]]);
	});

	it.each([
		['trigger', '1', 'cms1'],
		['doi', '2', 'cms2'],
	])('can be of the type %s and the editor %s', async (type, editor, known) => {
		await create({ ...FEW, type }, { editor });
		expect(wire()).toEqual([
			['POST', `${CREATE.replace('regular', type)}&editorVersion=${editor}`],
		]);
		expect(named(FEW.name)).toMatchObject([{ type, editor: known }]);
	});

	it('gets everything in one go, in an order that no side effect undoes', async () => {
		const result = await create(EVERYTHING);
		expect(result.errors).toEqual([]);
		const [made] = named(NAME);
		const id = String(made?.id);
		expect(rows(result.main)).toEqual([
			{ created: true, id: made?.id, name: NAME, updated: PART_NAMES },
		]);
		const xml = (element: string) => [XML, `<?xml version="1.0" encoding="UTF-8"?>${element}`];
		const sent = sandbox().requests.map(({ method, rawUrl, headers, body }) => {
			const type = headers['content-type'];
			const line = `${method} ${rawUrl.replace('/1.0/mailings', '').replace(`/${id}/`, '')}`;
			return type === undefined ? [line] : [line, type, body];
		});
		const pdf = Buffer.from(ITEM_WITH_FILES.binary.one.data, 'base64').toString('utf8');
		expect(sent).toEqual([
			[
				'POST ?name=Order%3A%20thanks_%C3%9C&subject=Thank%20you%20%F0%9F%9A%80%20%3Cnow%3E&type=trigger',
			],
			['PUT template', ...xml('<templateId>default folder/Invitation</templateId>')],
			[
				'POST contents/html?doImageGrabbing=false&doLinkTracking=false',
				'text/html',
				'<p>Ä & <a href="https://shop.example.com/">\u{1f680}</a></p>\r\n',
			],
			['POST contents/text', 'text/plain', ' Ä & \u{1f680}\n'],
			['POST contents/previewtext', ...xml('<previewtext>20% off &amp; more</previewtext>')],
			['POST contents/sender', ...xml('<sender>news@mail.example.org</sender>')],
			['POST contents/senderalias', ...xml('<senderalias>Shop &amp; Co</senderalias>')],
			['POST contents/recipientalias', ...xml('<recipientalias>Reader</recipientalias>')],
			['POST settings/replyto?active=true&auto=false&customEmail=service%40example.com'],
			['POST settings/locale', ...xml('<locale>de_DE</locale>')],
			['POST settings/tags', ...xml('<tags>news#spring</tags>')],
			['POST settings/speedlevel', ...xml('<speed_level>high</speed_level>')],
			[
				'POST settings/trackingstrategy',
				...xml('<tracking_strategy>anonymous</tracking_strategy>'),
			],
			['POST settings/ignorepermission', ...xml('<ignore_permission>true</ignore_permission>')],
			['POST settings/post_sendout_cleanup', ...xml('<cleanup>true</cleanup>')],
			['POST targetgroupid', ...xml('<targetgroupid>2</targetgroupid>')],
			[
				'POST settings/targetgroup_update',
				...xml('<targetgroup_update>false</targetgroup_update>'),
			],
			['POST settings/contacts_limit', ...xml('<contacts_limit>100</contacts_limit>')],
			['POST mailingblacklists/1'],
			['GET settings/properties'],
			[
				'POST settings/properties',
				...xml(
					'<properties><property><key>campaign</key><value>spring</value></property><property><key>cost</key><value>5 &amp; more</value></property></properties>',
				),
			],
			['GET settings/properties'],
			['GET attachments'],
			['POST attachments?filename=one.pdf', 'application/pdf', pdf],
			['GET attachments'],
			['POST attachments?filename=two.txt', 'text/plain', 'ABC'],
			['GET attachments'],
			['PUT settings/disableQosChecks'],
		]);
		expect(made).toMatchObject({
			state: 'draft',
			html: '<p>Ä & <a href="https://shop.example.com/">\u{1f680}</a></p>\r\n',
			text: ' Ä & \u{1f680}\n',
			isChecked: false,
			replyTo: { active: true, auto: false, customEmail: 'service@example.com' },
		});
		expect(made?.attachments.map(({ bytes }) => bytes.toString('base64'))).toEqual([
			ITEM_WITH_FILES.binary.one.data,
			ITEM_WITH_FILES.binary.two.data,
		]);
	});

	it('keeps the order of items of the same name: the second is refused', async () => {
		const result = await run('mailing.create', FEW, {
			items: [{}, {}],
			onError: 'continueErrorOutput',
		});
		expect(links(result.main)).toEqual([[0]]);
		expect(links(result.errors)).toEqual([[1]]);
		expect(rows(result.errors)).toEqual([
			{
				error: {
					message: `Maileon refused the request: mailing with name ${FEW.name} exists already.`,
					http_status: 400,
				},
			},
		]);
		expect(named(FEW.name)).toHaveLength(1);
	});

	it.each<[IDataObject, string]>([
		[{ name: 'ab' }, 'Name must have 3 to 64 characters, but "ab" has 2.'],
		[{ subject: ' ' }, 'Subject must not be empty.'],
		[{ type: 'other' }, 'Type must be one of regular, trigger, doi, but is "other".'],
		[
			{ content: { previewText: 'x'.repeat(256) } },
			'Preview Text must have at most 255 characters, but has 256.',
		],
		[{ attachments: 'one, three' }, 'The item has no file "three" to attach.'],
		[
			{ attachments: 'a,b,c,d,e,f,g,h,i,j,k' },
			'A mailing can have at most 10 attachments, but 11 are given.',
		],
	])('with %j is refused before anything is sent', async (parameters, message) => {
		const result = await create({ ...FEW, ...parameters });
		expect(rows(result.errors)).toMatchObject([{ error: { message } }]);
		expect(wire()).toEqual([]);
	});
});

/** The error row of a run, whose item must not have worked. */
function errorOf({ main, errors }: Awaited<ReturnType<typeof create>>) {
	expect(main).toEqual([]);
	expect(errors).toHaveLength(1);
	return errors[0]?.json.error as {
		message: string;
		description: string;
		mailing?: { id?: number; name?: string };
		done: string[];
		not_done: string[];
	};
}

/** Breaks the connection at one request of several that look the same, for as often as it is sent. */
function cut(
	[method, url]: readonly [string, string],
	earlier: number,
	breakConnection: 'before' | 'after',
	times: number,
): void {
	const path = new RegExp(
		`^${url
			.replace('/1.0', '')
			.replace(/\?.*/, '')
			.replace(/\/\d+\//, '/\\d+/')}$`,
	);
	if (earlier > 0) sandbox().fail({ method, path, delayMs: 0, times: earlier });
	sandbox().fail({ method, path, breakConnection, times });
}

const REQUESTS = 28;
const CUTS = tellingPart(
	Array.from({ length: REQUESTS }, (_, index) => index).flatMap((index) =>
		(['before', 'after'] as const).map((moment) => [index, moment] as const),
	),
	6,
);

describe('a connection that is cut', () => {
	let requests: Array<readonly [string, string]>;
	let whole: unknown[];

	beforeAll(async () => {
		sandbox().reset();
		await create(EVERYTHING);
		requests = wire().map(([method, url]) => [method, url]);
		whole = mailingsNamed(sandbox(), NAME);
		expect(requests).toHaveLength(REQUESTS);
	});

	function cutAt(index: number, moment: 'before' | 'after', times: number): void {
		const request = requests[index] ?? ['', ''];
		const path = (url: string) => url.replace(/\?.*/, '');
		const earlier = requests
			.slice(0, index)
			.filter(([method, url]) => method === request[0] && path(url) === path(request[1]));
		cut(request, earlier.length, moment, times);
	}

	it.each(CUTS)('once, at request %i %s Maileon acts, does no harm', async (index, moment) => {
		cutAt(index, moment, 1);
		const result = await create(EVERYTHING);
		const [method, url] = requests[index] ?? ['', ''];
		if (method === 'POST' && url.includes('/attachments') && moment === 'before') {
			expect(errorOf(result).not_done[0]).toMatch(/^attachment /);
		} else {
			expect(result.errors).toEqual([]);
			expect(rows(result.main)).toMatchObject([{ created: true, updated: PART_NAMES }]);
			expect(mailingsNamed(sandbox(), NAME)).toEqual(whole);
		}
		expect(sandbox().mails).toEqual([]);
	});

	it.each(CUTS)(
		'for good, at request %i %s Maileon acts, is told with what was done, and Update does the rest',
		async (index, moment) => {
			cutAt(index, moment, 9);
			const result = await create(EVERYTHING, { retries: 1 });
			sandbox().clearFaults();
			expect(named(NAME).length).toBeLessThanOrEqual(1);
			if (result.errors.length === 0) {
				expect(requests[index]?.[1]).toContain('/attachments');
			} else {
				const { done, not_done: notDone } = errorOf(result);
				const all = [...done, ...notDone.filter((name) => name !== 'created')];
				const known = all.flatMap((name) =>
					name === 'properties' ? ['property campaign', 'property cost'] : [name],
				);
				expect(known).toEqual(PART_NAMES);
				expect(notDone.length).toBeGreaterThan(0);
				await doRest(notDone);
			}
			expect(mailingsNamed(sandbox(), NAME)).toEqual(whole);
			expect(sandbox().mails).toEqual([]);
		},
	);

	/** What a person does who reads what was not done. */
	async function doRest(notDone: readonly string[]): Promise<void> {
		if (named(NAME).length === 0) {
			expect(notDone[0]).toBe('created');
			await create(EVERYTHING);
			return;
		}
		const mailing = byName(NAME);
		const rest = partsNamed((name) => notDone.includes(name));
		if (Object.keys(rest).length > 0) {
			const updated = await run('mailing.update', { mailing, ...rest });
			expect(updated.error).toBeUndefined();
		}
		const files = [
			['attachment one.pdf', 'one'],
			['attachment two.txt', 'two'],
		] as const;
		for (const [name, binaryPropertyName] of files)
			if (notDone.includes(name))
				await run(
					'mailingAttachment.add',
					{ mailing, binaryPropertyName },
					{ items: [ITEM_WITH_FILES] },
				);
	}

	it('while it is made: the error says what to look for', async () => {
		sandbox().fail({ method: 'POST', path: '/mailings', breakConnection: 'after', times: 9 });
		const error = errorOf(await create({ ...FEW, content: { text: 'x' } }));
		expect(error).toEqual({
			message: 'The connection to Maileon was lost before the response was complete.',
			description:
				'Maileon may have accepted the request; check before sending it again. Tried 4 times. Look in Maileon whether it has the mailing "Spring sale 2026". If so, run Update for the rest.',
			code: 'ECONNRESET',
			mailing: { name: FEW.name },
			done: [],
			not_done: ['created', 'text'],
		});
		expect(named(FEW.name)).toHaveLength(1);
	});

	it('while it is made: a draft of that name counts as made only with its subject and type', async () => {
		sandbox().account.addMailing({ name: FEW.name, subject: 'Another', state: 'draft' });
		sandbox().fail({ method: 'POST', path: '/mailings', breakConnection: 'before' });
		const error = errorOf(await create({ ...FEW, content: { text: 'x' } }));
		expect(error.message).toContain('exists already');
		expect(error.not_done).toEqual(['created', 'text']);
		expect(named(FEW.name)).toMatchObject([{ subject: 'Another', text: '' }]);
		expect(wire().filter(([method]) => method === 'GET')).toEqual([
			[
				'GET',
				'/1.0/mailings/filter/subject?subject=Spring%20is%20here&subjectOp=equals&fields=name&fields=state&fields=type&orderBy=id&order=DESC&page_size=1000',
			],
		]);
	});
});

describe('a step that fails', () => {
	const PARAMETERS = {
		...FEW,
		html: '<p/>',
		content: { text: 'x' },
		targetGroup: mailingById(99),
		attachments: 'one',
	};

	it('leaves the draft, and says so in the thrown error', async () => {
		const result = await run('mailing.create', PARAMETERS, { items: [ITEM_WITH_FILES] });
		const [made] = named(FEW.name);
		expect(result.error).toMatchObject({
			message: `The mailing ${made?.id} was created, but its target group could not be set: Maileon did not find the mailing or its target group.`,
			httpCode: '404',
		});
		expect(result.error?.description).toMatch(
			/Maileon says: target group 99 isn't found\. Run Update for the rest\. Files are added by the operation Add of Mailing Attachment\. Done: html, text\. Not done: target_group_id, attachment one\.pdf\.$/,
		);
	});

	it('leaves no other draft half-made: none is begun after an item that stops the workflow', async () => {
		const items = ['Spring sale 2026', 'Spring sale 2027'].map((name) => ({
			...ITEM_WITH_FILES,
			json: { name },
		}));
		const result = await run(
			'mailing.create',
			{ ...PARAMETERS, name: '={{ $json.name }}' },
			{ items },
		);
		expect(result.error?.description).toContain('This is item 1 of 2; 0 items were completed.');
		expect(named('Spring sale 2027')).toEqual([]);
	});

	it('leaves the draft, and says so in the row of the error branch', async () => {
		const result = await create(PARAMETERS);
		expect(links(result.errors)).toEqual([[0]]);
		const [made] = named(FEW.name);
		expect(errorOf(result)).toMatchObject({
			http_status: 404,
			mailing: { id: made?.id, name: FEW.name },
			done: ['html', 'text'],
			not_done: ['target_group_id', 'attachment one.pdf'],
		});
		expect(made).toMatchObject({ state: 'draft', text: 'x' });
	});

	it('deletes the draft where that was chosen', async () => {
		const result = await create(PARAMETERS, { ifStepFails: 'delete' });
		expect(errorOf(result)).toMatchObject({
			message: expect.stringMatching(
				/^The mailing \d+ was created and deleted again, since its target group could not be set: Maileon did not find/,
			) as string,
			description: expect.stringContaining('Nothing of it is left') as string,
			done: [],
			not_done: ['created', 'html', 'text', 'target_group_id', 'attachment one.pdf'],
		});
		expect(named(FEW.name)).toEqual([]);
		expect(changes().at(-1)?.[0]).toBe('DELETE');
	});

	it('says when the draft could not be deleted', async () => {
		sandbox().addKey('no deleting', ['GET', 'POST', 'PUT']);
		const result = await run(
			'mailing.create',
			{ ...PARAMETERS, options: { ifStepFails: 'delete' } },
			{ items: [ITEM_WITH_FILES], onError: 'continueErrorOutput', apiKey: 'no deleting' },
		);
		expect(errorOf(result)).toMatchObject({
			message: expect.stringContaining('was created, but its target group') as string,
			description: expect.stringContaining(
				'The draft could not be deleted either: The API key lacks the right for deleting (DELETE).',
			) as string,
			done: ['html', 'text'],
		});
		expect(named(FEW.name)).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)(
		'claims nothing where the answer to the deletion gets lost (%s Maileon acts)',
		async (breakConnection) => {
			sandbox().fail({ method: 'DELETE', breakConnection, times: 1 });
			const result = await create(PARAMETERS, { ifStepFails: 'delete', retries: 0 });
			const error = errorOf(result);
			expect(error.message).toContain('was created, but its target group');
			expect(error.description).toContain('Whether the draft was deleted is not known: ');
		},
	);

	it('takes a draft that is found gone for deleted', async () => {
		sandbox().fail({ method: 'DELETE', breakConnection: 'after', times: 1 });
		const result = await create(PARAMETERS, { ifStepFails: 'delete' });
		expect(errorOf(result).message).toContain('deleted again');
	});

	it('never deletes a draft that may be older', async () => {
		sandbox().account.addMailing({ ...FEW, state: 'draft' });
		sandbox().fail({ method: 'POST', path: '/mailings', breakConnection: 'before' });
		const error = errorOf(await create(PARAMETERS, { ifStepFails: 'delete' }));
		expect(error.description).toContain('The draft was not deleted');
		expect(named(FEW.name)).toHaveLength(1);
		expect(changes().some(([method]) => method === 'DELETE')).toBe(false);
	});
});
