import {
	MAILING_ELEMENTS,
	type MailingChanges,
	type Setting,
} from '../../../../nodes/Maileon/maileon/mailing/elements';
import { requestUrl, type MaileonRequest } from '../../../../nodes/Maileon/maileon/request';

const NOTHING: MailingChanges = {
	values: {},
	addedBlacklists: [],
	removedBlacklists: [],
	properties: [],
	disableChecks: false,
};

function settingsOf(changes: Partial<MailingChanges>): Setting[] {
	return MAILING_ELEMENTS.flatMap((row) =>
		'settings' in row ? row.settings({ ...NOTHING, ...changes }) : [],
	);
}

const line = ({ method, body, ...request }: MaileonRequest) => [
	`${method} ${requestUrl('', { method, ...request })}`,
	...(body ? [body.type, body.content] : []),
];

function written(changes: Partial<MailingChanges>) {
	return settingsOf(changes).map(({ request }) => line(request('501')));
}

const MX = 'application/vnd.maileon.api+xml';
const xml = (element: string) => `<?xml version="1.0" encoding="UTF-8"?>${element}`;

it('sets nothing where nothing is to change', () => {
	expect(settingsOf({})).toEqual([]);
});

it('sets in an order that no side effect undoes: template first, name last', () => {
	const labels = MAILING_ELEMENTS.map(({ label }) => label);
	const groups = [
		['Template', 'CMS2 Template'],
		['HTML', 'Text'],
		['Subject', 'Preview Text', 'Sender Address', 'Sender Alias', 'Recipient Alias'],
		['Reply-To Address'],
		['Target Group'],
		['Mailing Blacklists'],
		['Custom Properties'],
		['Attachments'],
		['Disable Quality Checks'],
		['Name'],
	];
	const places = groups.map((names) => names.map((name) => labels.indexOf(name)));
	for (const [index, group] of places.slice(1).entries())
		expect(Math.min(...group)).toBeGreaterThan(Math.max(...(places[index] ?? [])));
	expect(labels.at(-1)).toBe('Name');
	expect(new Set(labels).size).toBe(labels.length);
});

it.each<[Partial<MailingChanges>, unknown[]]>([
	[
		{ values: { template: 'default folder/Newsletter' } },
		['PUT /mailings/501/template', MX, xml('<templateId>default folder/Newsletter</templateId>')],
	],
	[
		{ cms2Template: 'default folder/My & Wonderful' },
		['PUT /mailings/501/cms2/contents?templatePath=default%20folder%2FMy%20%26%20Wonderful'],
	],
	[
		{ html: { html: '<p>a & b</p>', grabImages: true, trackLinks: false } },
		[
			'POST /mailings/501/contents/html?doImageGrabbing=true&doLinkTracking=false',
			'text/html',
			'<p>a & b</p>',
		],
	],
	[{ text: ' a & b\r\n' }, ['POST /mailings/501/contents/text', 'text/plain', ' a & b\r\n']],
	[{ text: '' }, ['POST /mailings/501/contents/text', 'text/plain', '']],
	[
		{ values: { subject: 'a & b <c>' } },
		['POST /mailings/501/contents/subject', MX, xml('<subject>a &amp; b &lt;c&gt;</subject>')],
	],
	[
		{ values: { previewText: '' } },
		['POST /mailings/501/contents/previewtext', MX, xml('<previewtext></previewtext>')],
	],
	[
		{ values: { sender: 'news' } },
		['POST /mailings/501/contents/sender', MX, xml('<sender>news</sender>')],
	],
	[
		{ values: { senderAlias: 'Shop' } },
		['POST /mailings/501/contents/senderalias', MX, xml('<senderalias>Shop</senderalias>')],
	],
	[
		{ values: { recipientAlias: 'You' } },
		['POST /mailings/501/contents/recipientalias', MX, xml('<recipientalias>You</recipientalias>')],
	],
	[
		{ replyTo: 'a+b@example.com' },
		['POST /mailings/501/settings/replyto?active=true&auto=false&customEmail=a%2Bb%40example.com'],
	],
	[{ replyTo: '' }, ['POST /mailings/501/settings/replyto?active=true&auto=true']],
	[
		{ values: { locale: 'de_DE' } },
		['POST /mailings/501/settings/locale', MX, xml('<locale>de_DE</locale>')],
	],
	[
		{ values: { tags: 'news#spring' } },
		['POST /mailings/501/settings/tags', MX, xml('<tags>news#spring</tags>')],
	],
	[
		{ values: { speedLevel: 'high' } },
		['POST /mailings/501/settings/speedlevel', MX, xml('<speed_level>high</speed_level>')],
	],
	[
		{ values: { trackingStrategy: 'none' } },
		[
			'POST /mailings/501/settings/trackingstrategy',
			MX,
			xml('<tracking_strategy>none</tracking_strategy>'),
		],
	],
	[
		{ values: { ignorePermission: 'true' } },
		[
			'POST /mailings/501/settings/ignorepermission',
			MX,
			xml('<ignore_permission>true</ignore_permission>'),
		],
	],
	[
		{ values: { postSendoutCleanup: 'true' } },
		['POST /mailings/501/settings/post_sendout_cleanup', MX, xml('<cleanup>true</cleanup>')],
	],
	[
		{ values: { doiKey: 'doi-shop' } },
		['POST /mailings/501/settings/doi_key', MX, xml('<doi_key>doi-shop</doi_key>')],
	],
	[
		{ values: { targetGroupId: '7' } },
		['POST /mailings/501/targetgroupid', MX, xml('<targetgroupid>7</targetgroupid>')],
	],
	[
		{ values: { targetGroupUpdate: 'false' } },
		[
			'POST /mailings/501/settings/targetgroup_update',
			MX,
			xml('<targetgroup_update>false</targetgroup_update>'),
		],
	],
	[
		{ values: { contactsLimit: '100' } },
		['POST /mailings/501/settings/contacts_limit', MX, xml('<contacts_limit>100</contacts_limit>')],
	],
	[{ addedBlacklists: ['3'] }, ['POST /mailings/501/mailingblacklists/3']],
	[{ removedBlacklists: ['4'] }, ['DELETE /mailings/501/mailingblacklists/4']],
	[{ disableChecks: true }, ['PUT /mailings/501/settings/disableQosChecks']],
	[{ values: { name: 'Spring' } }, ['POST /mailings/501/name', MX, xml('<name>Spring</name>')]],
])('writes %j as documented', (changes, request) => {
	expect(written(changes)).toEqual([request]);
});

it('takes everything below contents, and templates, for content, and nothing else', () => {
	const settings = MAILING_ELEMENTS.flatMap((row) =>
		'settings' in row
			? row.settings({
					values: new Proxy({}, { get: () => 'x' }),
					cms2Template: 'x',
					html: { html: 'x', grabImages: true, trackLinks: true },
					text: 'x',
					replyTo: 'x',
					addedBlacklists: ['1'],
					removedBlacklists: ['2'],
					properties: [],
					disableChecks: true,
				})
			: [],
	);
	expect(settings).toHaveLength(24);
	for (const { name, isContent, request } of settings) {
		const path = request('1').path.slice(2).join('/');
		expect([name, isContent]).toEqual([name, /contents|^template$/.test(path)]);
	}
	expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
});

it('calls things in messages as the menu does, in the middle of a sentence', () => {
	const what = settingsOf({
		values: { subject: 'x', doiKey: 'x', ignorePermission: 'true' },
		html: { html: '', grabImages: true, trackLinks: true },
		cms2Template: 'x',
		replyTo: '',
		removedBlacklists: ['3'],
		disableChecks: true,
	}).map((setting) => `${setting.what} could not be ${setting.deed}`);
	expect(what).toEqual([
		'CMS2 template could not be set',
		'HTML could not be set',
		'subject could not be set',
		'reply-to address could not be set',
		'permission setting could not be set',
		'DOI mailing key could not be set',
		'mailing blacklist 3 could not be removed',
		'quality checks could not be disabled',
	]);
});
