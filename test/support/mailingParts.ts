import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';

/** A resource locator whose value was typed in. */
const located = (mode: string, value: string) => ({ __rl: true, mode, value });

export const mailingById = (id: number | string) => located('id', String(id));

const COLLECTIONS = ['content', 'sender', 'audience', 'settings'];

const PARTS: ReadonlyArray<[name: string, parameters: IDataObject]> = [
	['template', { content: { template: located('path', 'default folder/Invitation') } }],
	[
		'html',
		{
			html: '<p>Ä & <a href="https://shop.example.com/">\u{1f680}</a></p>\r\n',
			content: { grabImages: false, trackLinks: false },
		},
	],
	['text', { content: { text: ' Ä & \u{1f680}\n' } }],
	['preview_text', { content: { previewText: '20% off & more' } }],
	['sender', { sender: { senderAddress: 'news@mail.example.org' } }],
	['sender_alias', { sender: { senderAlias: 'Shop & Co' } }],
	['recipient_alias', { sender: { recipientAlias: 'Reader' } }],
	['reply_to', { sender: { replyTo: 'service@example.com' } }],
	['locale', { settings: { locale: 'de_DE' } }],
	['tags', { settings: { tags: 'news, spring' } }],
	['speed_level', { settings: { speedLevel: 'high' } }],
	['tracking_strategy', { settings: { trackingStrategy: 'anonymous' } }],
	['ignore_permission', { settings: { ignorePermission: true } }],
	['post_sendout_cleanup', { settings: { cleanUp: true } }],
	['target_group_id', { targetGroup: located('id', '2') }],
	['target_group_update', { audience: { updateTargetGroup: false } }],
	['contacts_limit', { audience: { contactLimit: 100 } }],
	[
		'blacklist 1',
		{
			audience: {
				blacklists: { blacklist: [{ change: 'add', blacklist: located('id', '1') }] },
			},
		},
	],
	['quality_checks_disabled', { settings: { disableChecks: true } }],
];

const PROPERTIES = {
	customProperties: {
		property: [
			{ name: 'campaign', value: 'spring' },
			{ name: 'cost', value: '5 & more' },
		],
	},
};

/** The parameters that set those parts of a mailing that have these names; all that a trigger mailing can have. */
export function partsNamed(isWanted: (name: string) => boolean): IDataObject {
	const wanted = PARTS.filter(([name]) => isWanted(name)).map(([, parameters]) => parameters);
	const inCollections = COLLECTIONS.map((collection): [string, IDataObject] => [
		collection,
		Object.assign({}, ...wanted.map((parameters) => parameters[collection])) as IDataObject,
	]);
	const hasProperties = ['properties', 'property campaign', 'property cost'].some(isWanted);
	return {
		...(Object.assign({}, ...wanted) as IDataObject),
		...Object.fromEntries(inCollections),
		...(hasProperties && PROPERTIES),
	};
}

/** The names of all parts, as they come out when they are set. */
export const PART_NAMES: readonly string[] = [
	...PARTS.map(([name]) => name).slice(0, -1),
	'property campaign',
	'property cost',
	'attachment one.pdf',
	'attachment two.txt',
	'quality_checks_disabled',
];

const FILES = {
	one: { data: 'JVBERi0A/w0K', mimeType: 'application/pdf', fileName: 'one.pdf' },
	two: { data: 'QUJD', mimeType: 'text/plain', fileName: 'two.txt' },
};

/** An item with two files. */
export const ITEM_WITH_FILES = { json: {}, binary: FILES };

/** A new mailing with all of its parts. */
export const EVERYTHING: IDataObject = {
	name: 'Order: thanks_Ü',
	subject: 'Thank you \u{1f680} <now>',
	type: 'trigger',
	attachments: 'one, two',
	...partsNamed(() => true),
};

/** The mailings of that name, without what differs between two that were made alike. */
export function mailingsNamed(sandbox: Sandbox, name: string): unknown[] {
	return [...sandbox.account.mailings.values()]
		.filter((mailing) => mailing.name === name)
		.map((mailing) => ({
			...mailing,
			id: 0,
			attachments: mailing.attachments.map(({ filename, mimeType, bytes }) => ({
				filename,
				mimeType,
				bytes: bytes.toString('base64'),
			})),
		}));
}
