import { endpoint, type Endpoint } from './endpoint';
import { mailingFacts, mailingValues, MAILING_ADVICE } from './mailingValues';

const { 404: NO_MAILING } = MAILING_ADVICE;
const MAILING = '/mailings/:id' as const;

const list = (articles: string) => ({ articles, answer: 'list', root: 'mailings' }) as const;
const change = (articles: string | readonly string[]) =>
	({ articles, answer: 'confirmation', advice: MAILING_ADVICE }) as const;
const read = (articles: string | readonly string[]) =>
	({ articles, answer: 'document', advice: { 404: NO_MAILING } }) as const;
/** What is started once and never again by itself, since it sends mails or costs money. */
const once = { neverRepeated: true } as const;
const sends = { ...once, canSendMail: true } as const;

const NO_RESULT =
	'There is no such mailing, or no result yet: a check can take a minute. Start it first, and wait for the result.';
const result = (articles: string) =>
	({
		articles,
		answer: 'document',
		advice: { 404: NO_RESULT, 409: 'The results of a sealed mailing cannot be read.' },
	}) as const;

/** Mailings of the account: made, listed, sent. Maileon lists them by a property only. */
export const mailings = {
	create: endpoint('POST /mailings', {
		articles: 'Create Mailing',
		answer: 'document',
		advice: { 409: 'A name can be used once. Choose another name for the mailing.' },
	}),
	copy: endpoint(`POST ${MAILING}/copy`, {
		articles: 'Copy Mailing',
		answer: 'document',
		makesAnother: true,
		advice: { 404: NO_MAILING },
	}),
	delete: endpoint(`DELETE ${MAILING}`, { ...change('Delete Mailing'), removes: true }),
	getIdByName: endpoint('GET /mailings/name/:name', read('Get Mailing ID By Name')),
	getManyByTypes: endpoint('GET /mailings/filter/types', list('Get Mailings By Types')),
	getManyByStates: endpoint('GET /mailings/filter/states', list('Get Mailings By States')),
	getManyByKeywords: endpoint('GET /mailings/filter/keywords', list('Get Mailings By Keywords')),
	getManyByCreator: endpoint(
		'GET /mailings/filter/creatorname',
		list('Get Mailings By Creator Name'),
	),
	getManyBySubject: endpoint('GET /mailings/filter/subject', list('Get Mailings By Subject')),
	getManyByScheduleTime: endpoint(
		'GET /mailings/filter/scheduletime',
		list('Get Mailings By Schedule Time'),
	),
	sendNow: endpoint(`POST ${MAILING}/sendnow`, { ...change('Mailing – Send Now'), ...sends }),
};

const NO_THUMBNAIL = 'Check the ID or the name of the mailing; it may have no thumbnail yet.';

/** What a mailing contains beside its single values. */
export const mailingContents = {
	getHtml: endpoint(`GET ${MAILING}/contents/html`, {
		articles: 'Mailing – Get HTML',
		answer: 'html',
		accept: 'html',
		advice: { 404: NO_MAILING },
	}),
	setHtml: endpoint(`POST ${MAILING}/contents/html`, {
		...change('Mailing – Set Html'),
		body: 'html',
	}),
	getText: endpoint(`GET ${MAILING}/contents/text`, {
		articles: 'Mailing – Get Text',
		answer: 'text',
		accept: 'text',
		advice: { 404: NO_MAILING },
	}),
	setText: endpoint(`POST ${MAILING}/contents/text`, {
		...change('Mailing – Set Text'),
		body: 'text',
	}),
	reset: endpoint(`PUT ${MAILING}/contents/reset`, change('Reset Contents to Template')),
	fillRss: endpoint(
		`POST ${MAILING}/contents/smartmailing/rss`,
		change('Mailing – Fill RSS SmartMailing Tags'),
	),
	preview: endpoint(`GET ${MAILING}/preview`, {
		answer: 'json',
		accept: 'plainJson',
		advice: { 404: NO_MAILING },
	}),
	getZip: endpoint(`GET ${MAILING}/cms2/contents`, {
		articles: 'Get CMS2 Mailing As Zip',
		answer: 'bytes',
		accept: 'plainJson',
		advice: { 404: NO_MAILING },
	}),
	saveAsTemplate: endpoint(`POST ${MAILING}/cms2/contents`, {
		...change('Save CMS2 Mailing to Media Library'),
		advice: {
			404: NO_MAILING,
			409: 'There may be a template with this path already. Choose another name for it.',
		},
	}),
	setCms2Template: endpoint(
		`PUT ${MAILING}/cms2/contents`,
		change('Set Template for CMS2 Mailing'),
	),
	getCms2Thumbnail: endpoint(`GET ${MAILING}/cms2/contents/thumbnail`, {
		articles: 'Get Mailing Thumbnail',
		answer: 'bytes',
		accept: 'plainJson',
		advice: { 404: NO_THUMBNAIL },
		note: 'clients name two paths; this one is asked first',
	}),
	getThumbnail: endpoint(`GET ${MAILING}/contents/thumbnail`, {
		articles: 'Get Mailing Thumbnail',
		answer: 'bytes',
		accept: 'any',
		advice: { 404: NO_THUMBNAIL },
		note: 'asked where the other path has none',
	}),
};

/** Templates of the media library; their form in JSON is not documented. */
export const mailingTemplates = {
	getMany: endpoint('GET /media/templates/mailings', { answer: 'jsonList', accept: 'json' }),
	getManyCms2: endpoint('GET /media/templates/mailings/cms2', {
		articles: 'Get Templates for CMS2',
		answer: 'jsonList',
		accept: 'plainJson',
	}),
};

/** Settings of a mailing beside its single values. */
export const mailingSettings = {
	getReplyTo: endpoint(`GET ${MAILING}/settings/replyto`, read('Get The Reply-To Address')),
	setReplyTo: endpoint(`POST ${MAILING}/settings/replyto`, change('Set The Reply-To Address')),
	disableQosChecks: endpoint(
		`PUT ${MAILING}/settings/disableQosChecks`,
		change('Mailing – Disable QoS Checks'),
	),
	getProperties: endpoint(
		`GET ${MAILING}/settings/properties`,
		read('Mailing – Get List of Custom Mailing Properties'),
	),
	addProperties: endpoint(
		`POST ${MAILING}/settings/properties`,
		change('Mailing – Add Custom Mailing Properties'),
	),
	updateProperty: endpoint(
		`PUT ${MAILING}/settings/properties`,
		change('Mailing – Update Custom Mailing Property'),
	),
	removeProperty: endpoint(`DELETE ${MAILING}/settings/properties`, {
		...change('Mailing – Remove Custom Mailing Property'),
		removes: true,
	}),
	getBlacklists: endpoint(
		`GET ${MAILING}/mailingblacklists/`,
		read('Get Mailing Blacklists for Mailing'),
	),
	addBlacklist: endpoint(
		`POST ${MAILING}/mailingblacklists/:blacklist_id`,
		change('Add Mailing Blacklist to Mailing'),
	),
	removeBlacklist: endpoint(`DELETE ${MAILING}/mailingblacklists/:blacklist_id`, {
		...change('Delete Mailing Blacklist from Mailing'),
		removes: true,
	}),
};

/** Files that go out with a mailing. */
export const mailingAttachments = {
	getMany: endpoint(`GET ${MAILING}/attachments`, {
		articles: 'Mailing – Get Attachments',
		answer: 'list',
		root: 'attachments',
		advice: { 404: NO_MAILING },
	}),
	count: endpoint(`GET ${MAILING}/attachments/count`, read('Mailing – Get Count Attachments')),
	add: endpoint(`POST ${MAILING}/attachments`, {
		...change('Mailing – Add Attachment'),
		makesAnother: true,
	}),
	download: endpoint(`GET ${MAILING}/attachments/:attachment_id`, {
		articles: 'Mailing – Get Attachment',
		answer: 'bytes',
		accept: 'any',
		advice: { 404: 'Check the mailing and the ID of the attachment.' },
	}),
	copy: endpoint(`PUT ${MAILING}/attachments`, {
		...change('Mailing – Copy Attachments'),
		makesAnother: true,
	}),
	delete: endpoint(`DELETE ${MAILING}/attachments/:attachment_id`, {
		...change('Mailing – Delete Attachment'),
		advice: { ...MAILING_ADVICE, 404: 'Check the mailing and the ID of the attachment.' },
		removes: true,
	}),
	deleteAll: endpoint(`DELETE ${MAILING}/attachments`, change('Mailing – Delete Attachments')),
};

const NO_SCHEDULE = 'Check the mailing, or schedule it first.';
const scheduleAdvice = {
	400: 'Maileon takes no time in the past: check date and time, and that the time zone is that of your Maileon account.',
	404: NO_MAILING,
	405: 'A mailing that has been sent, or is on its way, cannot be scheduled.',
	409: 'The mailing may have been changed meanwhile. Look at it in Maileon, and try again.',
} as const;

/** When a regular mailing goes out, and on what a trigger mailing does. */
export const mailingSendout = {
	createSchedule: endpoint(`PUT ${MAILING}/schedule`, {
		...change('Mailing – Create Schedule'),
		advice: scheduleAdvice,
	}),
	updateSchedule: endpoint(`POST ${MAILING}/schedule`, {
		...change('Mailing – Update Schedule'),
		advice: scheduleAdvice,
	}),
	getSchedule: endpoint(`GET ${MAILING}/schedule`, {
		articles: 'Mailing – Get Schedule',
		answer: 'document',
		root: 'schedule',
		advice: { 404: NO_SCHEDULE },
	}),
	deleteSchedule: endpoint(`DELETE ${MAILING}/schedule`, {
		...change('Mailing – Delete Schedule'),
		advice: { ...MAILING_ADVICE, 404: NO_SCHEDULE },
		removes: true,
	}),
	createDispatching: endpoint(`PUT ${MAILING}/dispatching`, change('Create Dispatching')),
	getDispatching: endpoint(`GET ${MAILING}/dispatching`, {
		articles: 'Get Dispatching',
		answer: 'document',
		advice: { 404: 'Check the mailing: only trigger mailings have a dispatching.' },
	}),
	deactivate: endpoint(`DELETE ${MAILING}/dispatching`, {
		...change('Delete Trigger'),
		removes: true,
	}),
	activate: endpoint(`POST ${MAILING}/dispatching/activate`, {
		answer: 'confirmation',
		advice: MAILING_ADVICE,
		...sends,
	}),
};

const checkAdvice = {
	...MAILING_ADVICE,
	400: 'The check may be running already.',
	412: 'The check is not enabled for this account: see Settings, Mailings, Quality assurance in Maileon.',
} as const;

/** Test mails, approval, and checks of quality. Maileon does not document the paths of the others. */
export const mailingChecks = {
	sendTestToAddress: endpoint(`POST ${MAILING}/sendtestemail`, {
		articles: 'Mailing – Send Testmail to Single Emailaddress',
		answer: 'confirmation',
		body: 'plainJson',
		advice: MAILING_ADVICE,
		...sends,
	}),
	sendTestToGroup: endpoint(`POST ${MAILING}/checks/testsendout`, {
		...change('Mailing – Send Testmail to Targetgroup'),
		...sends,
	}),
	getTestResult: endpoint(
		`GET ${MAILING}/checks/testsendout`,
		result('Mailing – Get results for Test Mail Sendout'),
	),
	requestApproval: endpoint(`POST ${MAILING}/checks/approvalprocess`, {
		...change('Mailing – Send Approval Mail to Targetgroup'),
		...sends,
	}),
	getApprovalResult: endpoint(
		`GET ${MAILING}/checks/approvalprocess`,
		result('Mailing – Get results for Approval Sendout Quality Check'),
	),
	startAttention: endpoint(`POST ${MAILING}/checks/attention`, {
		articles: 'Mailing – Start Attention Quality Check',
		answer: 'confirmation',
		advice: checkAdvice,
		...once,
	}),
	startDisplay: endpoint(`POST ${MAILING}/checks/display`, {
		answer: 'confirmation',
		advice: checkAdvice,
		...once,
	}),
	getBounceResult: endpoint(
		`GET ${MAILING}/checks/bounce`,
		result('Mailing – Get results for Bounce Quality Check'),
	),
	getImageResult: endpoint(
		`GET ${MAILING}/checks/image`,
		result('Mailing – Get results for Image Quality Check'),
	),
	getLinkResult: endpoint(
		`GET ${MAILING}/checks/link`,
		result('Mailing – Get result for Link Quality Check'),
	),
};

/** What a mailing is chosen for or kept from: lists of the account. */
export const mailingAudience = {
	getTargetGroups: endpoint('GET /targetgroups', {
		answer: 'list',
		root: 'targetgroups',
	}),
	getBlacklists: endpoint('GET /mailingblacklists', {
		answer: 'list',
		root: 'mailing_blacklists',
	}),
};

/** The endpoints of the values that are one element each, in one table. */
export const mailingValueEndpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
	[
		...Object.values(mailingValues).flatMap(({ get, set }) => [get, set]),
		...Object.values(mailingFacts).map(({ get }) => get),
	].map((one): [string, Endpoint] => [`${one.method} ${one.path}`, one]),
);
