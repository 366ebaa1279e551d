import type { IDataObject } from 'n8n-workflow';

import { links } from '../../support/engine';
import { XML } from '../../support/maileon';
import { byName, operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const DRAFT = byId('22');

const draft = () => {
	const mailing = sandbox().account.mailings.get(22);
	if (!mailing) throw new Error('The sandbox has no draft');
	return mailing;
};

async function update(parameters: IDataObject, mailing: IDataObject = DRAFT) {
	return await run('mailing.update', { mailing, ...parameters });
}

/** The requests that change something, with what is documented of them. */
const changes = () =>
	sandbox()
		.requests.filter(({ method }) => method !== 'GET')
		.map(({ method, rawUrl, headers, body }) => {
			const type = headers['content-type'];
			return [
				`${method} ${rawUrl.replace('/1.0/mailings/22/', '')}`,
				...(type ? [type, body] : []),
			];
		});

const xml = (element: string) => [XML, `<?xml version="1.0" encoding="UTF-8"?>${element}`];

describe('each element on the wire', () => {
	it.each<[string, IDataObject, string[][], string[]]>([
		[
			'subject',
			{ subject: 'Hot & new <today>' },
			[['POST contents/subject', ...xml('<subject>Hot &amp; new &lt;today&gt;</subject>')]],
			['subject'],
		],
		[
			'preview text',
			{ content: { previewText: '20% off' } },
			[['POST contents/previewtext', ...xml('<previewtext>20% off</previewtext>')]],
			['preview_text'],
		],
		[
			'no preview text',
			{ content: { previewText: '' } },
			[['POST contents/previewtext', ...xml('<previewtext></previewtext>')]],
			['preview_text'],
		],
		[
			'HTML, with both switches on by default',
			{ html: ' <p>é & \u{1f680}</p>\r\n' },
			[
				[
					'POST contents/html?doImageGrabbing=true&doLinkTracking=true',
					'text/html',
					' <p>é & \u{1f680}</p>\r\n',
				],
			],
			['html'],
		],
		[
			'HTML, with both switches off',
			{ html: '<p/>', content: { grabImages: false, trackLinks: false } },
			[['POST contents/html?doImageGrabbing=false&doLinkTracking=false', 'text/html', '<p/>']],
			['html'],
		],
		[
			'text',
			{ content: { text: '\tA < B & C\n' } },
			[['POST contents/text', 'text/plain', '\tA < B & C\n']],
			['text'],
		],
		[
			'template',
			{ content: { template: byPath('default folder/Invitation') } },
			[['PUT template', ...xml('<templateId>default folder/Invitation</templateId>')]],
			['template'],
		],
		[
			'CMS2 template',
			{ content: { cms2Template: byPath('default folder/Product news') } },
			[['PUT cms2/contents?templatePath=default%20folder%2FProduct%20news']],
			['cms2_template'],
		],
		[
			'sender',
			{
				sender: {
					senderAddress: 'news@mail.example.org',
					senderAlias: 'Shop & Co',
					recipientAlias: '',
					replyTo: 'service@example.com',
				},
			},
			[
				['POST contents/sender', ...xml('<sender>news@mail.example.org</sender>')],
				['POST contents/senderalias', ...xml('<senderalias>Shop &amp; Co</senderalias>')],
				['POST contents/recipientalias', ...xml('<recipientalias></recipientalias>')],
				['POST settings/replyto?active=true&auto=false&customEmail=service%40example.com'],
			],
			['sender', 'sender_alias', 'recipient_alias', 'reply_to'],
		],
		[
			'replies that Maileon handles',
			{ sender: { replyTo: ' ' } },
			[['POST settings/replyto?active=true&auto=true']],
			['reply_to'],
		],
		[
			'audience',
			{
				targetGroup: byId('2'),
				audience: {
					updateTargetGroup: false,
					contactLimit: 100,
					blacklists: {
						blacklist: [
							{ change: 'add', blacklist: byId('1') },
							{ change: 'remove', blacklist: byId('2') },
						],
					},
				},
			},
			[
				['POST targetgroupid', ...xml('<targetgroupid>2</targetgroupid>')],
				[
					'POST settings/targetgroup_update',
					...xml('<targetgroup_update>false</targetgroup_update>'),
				],
				['POST settings/contacts_limit', ...xml('<contacts_limit>100</contacts_limit>')],
				['POST mailingblacklists/1'],
				['DELETE mailingblacklists/2'],
			],
			[
				'target_group_id',
				'target_group_update',
				'contacts_limit',
				'blacklist 1',
				'blacklist 2 removed',
			],
		],
		[
			'settings',
			{
				settings: {
					name: 'Summer 2026',
					locale: 'de_DE',
					tags: 'news, #spring#sale',
					speedLevel: 'supersonic',
					trackingStrategy: 'single-recipient',
					cleanUp: true,
					disableChecks: true,
				},
			},
			[
				['POST settings/locale', ...xml('<locale>de_DE</locale>')],
				['POST settings/tags', ...xml('<tags>news#spring#sale</tags>')],
				['POST settings/speedlevel', ...xml('<speed_level>supersonic</speed_level>')],
				[
					'POST settings/trackingstrategy',
					...xml('<tracking_strategy>single-recipient</tracking_strategy>'),
				],
				['POST settings/post_sendout_cleanup', ...xml('<cleanup>true</cleanup>')],
				['PUT settings/disableQosChecks'],
				['POST name', ...xml('<name>Summer 2026</name>')],
			],
			[
				'locale',
				'tags',
				'speed_level',
				'tracking_strategy',
				'post_sendout_cleanup',
				'quality_checks_disabled',
				'name',
			],
		],
		[
			'no tags',
			{ settings: { tags: '' } },
			[['POST settings/tags', ...xml('<tags></tags>')]],
			['tags'],
		],
		[
			'a new property',
			{ customProperties: { property: [{ name: 'campaign', value: 'a & b' }] } },
			[
				[
					'POST settings/properties',
					...xml(
						'<properties><property><key>campaign</key><value>a &amp; b</value></property></properties>',
					),
				],
			],
			['property campaign'],
		],
	])('%s', async (_, parameters, requests, updated) => {
		const result = await update(parameters);
		expect(result.error).toBeUndefined();
		expect(changes()).toEqual(requests);
		const name = updated.includes('name') ? 'Summer 2026' : 'Summer sale, draft';
		expect(rows(result.main)).toEqual([{ id: 22, name, updated }]);
		expect(links(result.main)).toEqual([[0]]);
	});

	it('the settings of trigger and DOI mailings', async () => {
		const { account } = sandbox();
		const trigger = account.addMailing({ name: 'Order', type: 'trigger' });
		const doi = account.addMailing({ name: 'Confirm', type: 'doi' });
		const first = await update({ settings: { ignorePermission: true } }, byName('Order'));
		const second = await update(
			{ settings: { doiKey: { __rl: true, mode: 'key', value: 'doi-shop' } } },
			byId(String(doi.id)),
		);
		expect([...rows(first.main), ...rows(second.main)]).toEqual([
			{ id: trigger.id, name: 'Order', updated: ['ignore_permission'] },
			{ id: doi.id, name: 'Confirm', updated: ['doi_key'] },
		]);
		expect(changes()).toEqual([
			[
				`POST /1.0/mailings/${trigger.id}/settings/ignorepermission`,
				...xml('<ignore_permission>true</ignore_permission>'),
			],
			[`POST /1.0/mailings/${doi.id}/settings/doi_key`, ...xml('<doi_key>doi-shop</doi_key>')],
		]);
		expect(trigger.ignorePermission).toBe(true);
		expect(doi.doiKey).toBe('doi-shop');
	});
});

it('keeps what is left empty, by an expression as well', async () => {
	const { subject, html, targetGroupId } = draft();
	const result = await run(
		'mailing.update',
		{
			mailing: DRAFT,
			subject: '',
			html: '={{ $json.html }}',
			targetGroup: byId('={{ $json.group }}'),
			content: { previewText: '20% off' },
		},
		{ items: [{ html: '', group: '' }] },
	);
	expect(rows(result.main)).toMatchObject([{ id: 22, updated: ['preview_text'] }]);
	expect(draft()).toMatchObject({ subject, html, targetGroupId, previewText: '20% off' });
});

describe('order', () => {
	it('sets HTML and text after the template, which resets them', async () => {
		await update({
			html: '<p>mine</p>',
			content: {
				text: 'mine',
				template: byPath('default folder/Invitation'),
				trackLinks: false,
			},
		});
		expect(changes().map(([request]) => request)).toEqual([
			'PUT template',
			'POST contents/html?doImageGrabbing=true&doLinkTracking=false',
			'POST contents/text',
		]);
		expect(draft()).toMatchObject({ html: '<p>mine</p>', text: 'mine' });
	});

	it('keeps the order of items that name the same mailing', async () => {
		const items = ['one', 'two', 'three', 'four', 'five', 'six'].map((subject) => ({ subject }));
		const result = await run(
			'mailing.update',
			{
				mailing: DRAFT,
				subject: '={{ $json.subject }}',
				options: { concurrency: 5 },
			},
			{ items },
		);
		expect(changes().map(([, , body]) => /<subject>(.*)<\/subject>/.exec(body ?? '')?.[1])).toEqual(
			items.map(({ subject }) => subject),
		);
		expect(links(result.main)).toEqual([[0], [1], [2], [3], [4], [5]]);
	});
});

describe('custom properties', () => {
	beforeEach(() => {
		draft().properties = new Map([
			['campaign', 'spring'],
			['cost', '5'],
		]);
	});

	const CHANGES = {
		customProperties: {
			property: [
				{ name: 'new', value: '1', remove: false },
				{ name: 'campaign', value: 'sum & mer' },
				{ name: 'cost', value: '', remove: true },
				{ name: 'gone', value: '', remove: true },
				{ name: 'other', value: '2' },
			],
		},
	};

	it.each(['kept', 'replaced'] as const)(
		'changes, removes and adds, and loses none, whether adding keeps the others or not (%s)',
		async (propertiesAdded) => {
			sandbox().variants.propertiesAdded = propertiesAdded;
			draft().properties = new Map([...draft().properties, ['untouched', 'yes']]);
			const result = await update(CHANGES);
			expect(result.error).toBeUndefined();
			expect(changes().map(([request]) => request)).toEqual([
				'PUT settings/properties?name=campaign&value=sum%20%26%20mer',
				'DELETE settings/properties?name=cost',
				'POST settings/properties',
			]);
			expect(Object.fromEntries(draft().properties)).toEqual({
				campaign: 'sum & mer',
				untouched: 'yes',
				new: '1',
				other: '2',
			});
			expect(rows(result.main)).toEqual([
				{
					id: 22,
					name: 'Summer sale, draft',
					updated: ['property campaign', 'property cost removed', 'property new', 'property other'],
				},
			]);
		},
	);

	it('says so when Maileon does not show a property that it took', async () => {
		sandbox().fail({ method: 'POST', path: /properties$/, status: 200, body: '', act: false });
		const result = await run(
			'mailing.update',
			{ mailing: DRAFT, ...CHANGES },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toEqual([
			{
				error: {
					message:
						'The mailing 22 was changed only in part: its custom properties could not be added: Maileon took the custom properties, but does not show "new", "other" as sent.',
					description: expect.stringContaining('Look at the custom properties') as string,
					field: 'customProperties',
					mailing: { id: 22 },
					done: ['property campaign', 'property cost removed'],
					not_done: ['property new', 'property other'],
				},
			},
		]);
	});
});

describe('what cannot be sent is refused before anything is', () => {
	const long = (length: number) => 'x'.repeat(length);

	it.each<[IDataObject, string]>([
		[{}, 'There is nothing to update.'],
		[{ subject: ' ' }, 'Subject must not be empty.'],
		[{ subject: 'a\nb' }, 'Subject must not hold line breaks or other control characters.'],
		[{ subject: long(1_024) }, 'Subject must have at most 1023 characters, but has 1024.'],
		[
			{ content: { previewText: long(256) } },
			'Preview Text must have at most 255 characters, but has 256.',
		],
		[
			{ sender: { senderAddress: 'a b@example.com' } },
			'Sender Address must consist of ASCII characters without white space, but is "a b@example.com".',
		],
		[
			{ sender: { replyTo: 'nobody' } },
			'Reply-To Address must be an email address, but is "nobody".',
		],
		[
			{ settings: { locale: 'de-DE' } },
			'Locale must be a language such as de, or a language and a country such as de_DE, but is "de-DE".',
		],
		[{ settings: { name: 'ab' } }, 'Name must have 3 to 64 characters, but "ab" has 2.'],
		[
			{ settings: { speedLevel: 'fast' } },
			'Speed Level must be one of low, medium, high, supersonic, but is "fast".',
		],
		[{ targetGroup: byId('everyone') }, 'Target Group must be a number, but is "everyone".'],
		[
			{ audience: { contactLimit: 0.5 } },
			'Contact Limit must be a whole number from 1 to 2147483647, but is "0.5".',
		],
		[
			{
				audience: {
					blacklists: {
						blacklist: [
							{ change: 'add', blacklist: byId('1') },
							{ change: 'remove', blacklist: byId('1') },
						],
					},
				},
			},
			'Mailing blacklist 1 cannot be both added and removed.',
		],
		[
			{ content: { template: byPath('a'), cms2Template: byPath('b') } },
			'A mailing has one template: of CMS1 or of CMS2.',
		],
		[{ content: { trackLinks: false } }, 'Track Links counts only when HTML is set.'],
		[{ html: '={{ $json.missing }}' }, 'HTML: its expression gives nothing.'],
		[{ subject: '={{ $json.missing }}' }, 'Subject: its expression gives nothing.'],
		[{ targetGroup: byId('={{ $json.missing }}') }, 'Target Group: its expression gives nothing.'],
		[{ targetGroup: '={{ $json.missing }}' }, 'Target Group: its expression gives nothing.'],
		[
			{ customProperties: { property: [{ name: 'a', value: long(256) }] } },
			'Custom property "a" must have at most 255 characters, but has 256.',
		],
		[
			{ customProperties: { property: [{ name: 'a', value: '' }] } },
			'Custom property "a" has no value.',
		],
		[
			{ customProperties: { property: [{ name: 'a', value: 'x', remove: true }] } },
			'Custom property "a" cannot both be removed and have a value.',
		],
		[
			{
				customProperties: {
					property: [
						{ name: 'a', value: 'x' },
						{ name: 'a', value: 'y' },
					],
				},
			},
			'Custom property "a" is listed twice.',
		],
		[
			{ customProperties: { property: [{ name: '', value: 'x' }] } },
			'Custom property 1 has no name.',
		],
	])('%j', async (parameters, message) => {
		const result = await update(parameters);
		expect(result.error?.message).toBe(message);
		expect(wire()).toEqual([]);
	});
});

describe('a mailing that is no draft', () => {
	it.each([
		['21', 'done', 'Copy it, and change the copy.'],
		['31', 'released', 'Deactivate it first, or copy it and change the copy.'],
	])('%s is refused in words, before anything is changed', async (id, state, description) => {
		const result = await run(
			'mailing.update',
			{ mailing: byId(id), subject: 'New' },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toEqual([
			{
				error: {
					message: `The mailing ${id} is no draft any more and cannot be changed: its state is "${state}".`,
					description,
					field: 'mailing',
					mailing: { id: Number(id) },
				},
			},
		]);
		expect(wire()).toEqual([['GET', `/1.0/mailings/${id}/state`]]);
	});

	it('that does not exist is not found', async () => {
		const result = await update({ subject: 'New' }, byName('No such mailing'));
		expect(result.error).toMatchObject({
			message: 'Maileon did not find the mailing "No such mailing".',
			httpCode: '404',
		});
	});
});

describe('a step that Maileon refuses', () => {
	const PARAMETERS = {
		subject: 'New',
		content: { text: 'New' },
		targetGroup: byId('99'),
		settings: { name: 'New name' },
	};

	it('names what was done and what was not, in the thrown error', async () => {
		const result = await update(PARAMETERS);
		expect(result.error).toMatchObject({
			message:
				'The mailing 22 was changed only in part: its target group could not be set: Maileon did not find the mailing or its target group.',
			description: expect.stringMatching(
				/Maileon says: target group 99 isn't found\. Run Update again for the rest; what is done can be set once more\. Done: text, subject\. Not done: target_group_id, name\.$/,
			),
			httpCode: '404',
		});
	});

	it('names them in the row of the error branch', async () => {
		const result = await run(
			'mailing.update',
			{ mailing: DRAFT, ...PARAMETERS },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					http_status: 404,
					mailing: { id: 22 },
					done: ['text', 'subject'],
					not_done: ['target_group_id', 'name'],
				},
			},
		]);
		expect(links(result.errors)).toEqual([[0]]);
		expect(draft()).toMatchObject({ subject: 'New', text: 'New', name: 'Summer sale, draft' });
	});

	it('takes a blacklist that the mailing does not have for removed', async () => {
		sandbox().variants.deleteUnknown = 'notFound';
		const blacklists = { blacklist: [{ change: 'remove', blacklist: byId('2') }] };
		const result = await update({ audience: { blacklists } });
		expect(rows(result.main)).toMatchObject([{ updated: ['blacklist 2 removed'] }]);
	});
});

describe('If Scheduled', () => {
	const SPREAD = {
		dispatchOption: 'hour',
		dispatchEndInHours: '4',
		clicksAsResponseReference: 'false',
		dispatchWavesGroup: '2',
		allowedHours: '8-20',
	};
	const QUERY = new URLSearchParams({
		date: '2099-04-01',
		hours: '09',
		minutes: '30',
		...SPREAD,
	});

	async function schedule() {
		const { baseUrl, apiKey } = sandbox();
		const answer = await fetch(`${baseUrl}/mailings/22/schedule?${String(QUERY)}`, {
			method: 'PUT',
			headers: {
				authorization: `Basic ${Buffer.from(apiKey).toString('base64')}`,
				accept: 'application/vnd.maileon.api+xml',
			},
		});
		expect(answer.status).toBe(200);
		sandbox().requests.length = 0;
	}

	const sendDay = () => sandbox().setClock({ at: Date.UTC(2099, 3, 2) });

	it.each(['draft', 'scheduled'] as const)(
		'fails by default, before anything is changed (state %s)',
		async (scheduledMailing) => {
			sandbox().variants.scheduledMailing = scheduledMailing;
			await schedule();
			const result = await update({ subject: 'New' });
			expect(result.error?.message).toBe(
				'The mailing 22 is scheduled for 2099-04-01 09:30, and Maileon would not send it if its content changed now.',
			);
			expect(result.error?.description).toContain('"Update and Schedule Again"');
			expect(changes()).toEqual([]);
		},
	);

	it('changes what is no content without a question', async () => {
		await schedule();
		const result = await update({ settings: { tags: 'new' } });
		expect(rows(result.main)).toMatchObject([{ updated: ['tags'] }]);
		expect(wire().map(([, url]) => url)).not.toContain('/1.0/mailings/22/schedule');
		sendDay();
		expect(draft().schedule?.state).toBe('fired');
	});

	it.each([
		['hours', 'scheduled'],
		['hour', 'schedules'],
	] as const)(
		'updates and sets the same schedule again as the last step (%s, %s)',
		async (scheduleHour, scheduleWaiting) => {
			Object.assign(sandbox().variants, { scheduleHour, scheduleWaiting });
			await schedule();
			const result = await update({
				subject: 'New',
				settings: { name: 'New name' },
				options: { ifScheduled: 'again' },
			});
			expect(rows(result.main)).toEqual([
				{ id: 22, name: 'New name', updated: ['subject', 'name', 'schedule'] },
			]);
			const [request] = changes().at(-1) ?? [];
			expect(request).toBe(`POST schedule?${String(QUERY).replaceAll('+', '%20')}`);
			expect(result.hints).toEqual([]);
			sendDay();
			expect(draft().schedule?.state).toBe('fired');
		},
	);

	it('says what became of the schedule when it cannot be set again', async () => {
		await schedule();
		sandbox().fail({ method: 'POST', path: /schedule$/, status: 400, body: 'in the past' });
		const result = await run(
			'mailing.update',
			{ mailing: DRAFT, subject: 'New', options: { ifScheduled: 'again' } },
			{ onError: 'continueErrorOutput' },
		);
		expect(rows(result.errors)).toMatchObject([
			{
				error: {
					message:
						'The mailing 22 was changed only in part: its schedule could not be set again: Maileon refused the request: in the past.',
					description: expect.stringContaining(
						'Maileon does not send it until it is scheduled again.',
					) as string,
					done: ['subject'],
					not_done: ['schedule'],
				},
			},
		]);
	});

	it('does not claim a broken schedule where no content was changed', async () => {
		await schedule();
		sandbox().fail({ method: 'POST', path: /subject$/, status: 400, body: 'no' });
		const result = await update({
			subject: 'New',
			options: { ifScheduled: 'again' },
		});
		expect(result.error?.message).toBe(
			'The mailing 22 could not be changed: its subject could not be set: Maileon refused the request: no.',
		);
		expect(result.error?.description).not.toContain('scheduled again');
	});

	it('updates anyway, and says that the schedule is broken', async () => {
		await schedule();
		const result = await update({
			subject: 'New',
			options: { ifScheduled: 'anyway' },
		});
		expect(rows(result.main)).toEqual([
			{ id: 22, name: 'Summer sale, draft', updated: ['subject'], schedule_broken: true },
		]);
		expect(result.hints?.map(({ message }) => message)).toEqual([
			'The content of 1 scheduled mailing was changed. Maileon does not send it until it is scheduled again.',
		]);
		sendDay();
		expect(draft().schedule?.state).toBe('misfired');
	});

	it('lets Maileon decide where a schedule seals the mailing', async () => {
		sandbox().variants.scheduledMailing = 'sealed';
		await schedule();
		const result = await update({
			subject: 'New',
			options: { ifScheduled: 'anyway' },
		});
		expect(result.error).toMatchObject({ httpCode: '409' });
		expect(result.error?.description).toContain('cannot be changed as it is sealed');
	});

	it.each(['400', '405', '409'] as const)(
		'takes a mailing of a type that has no schedule for not scheduled (status %s)',
		async (status) => {
			sandbox().account.addMailing({ name: 'Order', type: 'trigger' });
			sandbox().fail({ method: 'GET', path: /schedule$/, status: Number(status), body: 'no' });
			const result = await update({ subject: 'New' }, byName('Order'));
			expect(rows(result.main)).toMatchObject([{ name: 'Order', updated: ['subject'] }]);
		},
	);

	it('changes nothing when it cannot be seen whether there is a schedule', async () => {
		sandbox().fail({ method: 'GET', path: /schedule$/, status: 500, times: 9 });
		const result = await update({ subject: 'New' });
		expect(result.error).toMatchObject({ httpCode: '500' });
		expect(changes()).toEqual([]);
	});
});
