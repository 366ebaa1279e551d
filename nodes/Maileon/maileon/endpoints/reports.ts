import { endpoint } from './endpoint';

const CONVERSIONS = '/reports/analytics/conversions' as const;
const NO_REPORT_404 = 'This account may not have the report. Ask the support of Maileon.';

const list = (root: string | undefined, articles: string | readonly string[]) =>
	({ articles, answer: 'list', ...(root && { root }), advice: { 404: NO_REPORT_404 } }) as const;
const count = (articles: string | readonly string[]) =>
	({ articles, answer: 'document', advice: { 404: NO_REPORT_404 } }) as const;

/**
 * Reports: what happened to mailings and contacts. Each list has a sister that counts its entries; of
 * lists without a root, the documentation does not name one.
 */
export const reports = {
	blocks: endpoint('GET /reports/blocks', list('blocks', 'Get Blocks')),
	blocksCount: endpoint('GET /reports/blocks/count', count('Get Blocks')),
	bounces: endpoint('GET /reports/bounces', list('bounces', 'Get Bounces')),
	bouncesCount: endpoint('GET /reports/bounces/count', count('Get Bounces')),
	uniqueBounces: endpoint('GET /reports/bounces/unique', {
		...list('unique_bounces', 'Get Unique Bounces'),
		note: 'the official client says that Maileon has removed this endpoint; group the bounces by contact instead',
	}),
	clicks: endpoint('GET /reports/clicks', list('clicks', 'Get Clicks')),
	clicksCount: endpoint('GET /reports/clicks/count', count('Get Clicks')),
	uniqueClicks: endpoint('GET /reports/clicks/unique', list('clicks', 'Get Unique Clicks')),
	uniqueClicksCount: endpoint('GET /reports/clicks/unique/count', count('Get Unique Clicks')),
	conversions: endpoint(`GET ${CONVERSIONS}`, list('conversions', 'Get Conversions')),
	conversionsCount: endpoint(`GET ${CONVERSIONS}/count`, count('Get Conversions')),
	uniqueConversions: endpoint(
		`GET ${CONVERSIONS}/unique`,
		list('unique_conversions', 'Get Unique Conversions'),
	),
	uniqueConversionsCount: endpoint(
		`GET ${CONVERSIONS}/unique/count`,
		count('Get Unique Conversions'),
	),
	revenue: endpoint(`GET ${CONVERSIONS}/revenue`, count('Get Revenue')),
	filteredContacts: endpoint(
		'GET /reports/filtered_contacts',
		list(undefined, 'Get Filtered Contacts'),
	),
	filteredContactsCount: endpoint(
		'GET /reports/filtered_contacts/count',
		count('Get Filtered Contacts'),
	),
	mailingSummaries: endpoint(
		'GET /reports/mailing_summaries',
		list('mailing_summaries', 'Get Mailing Summaries'),
	),
	opens: endpoint('GET /reports/opens', list('opens', ['Get Opens', 'Social Networks List'])),
	opensCount: endpoint('GET /reports/opens/count', count('Get Opens')),
	uniqueOpens: endpoint('GET /reports/opens/unique', list('opens', 'Get Unique Opens')),
	uniqueOpensCount: endpoint('GET /reports/opens/unique/count', count('Get Unique Opens')),
	recipients: endpoint('GET /reports/recipients', list('recipients', 'Get Recipients')),
	recipientsCount: endpoint('GET /reports/recipients/count', count('Get Recipients')),
	replies: endpoint('GET /reports/replies', list(undefined, 'Get Replies')),
	repliesCount: endpoint('GET /reports/replies/count', count('Get Replies')),
	subscribers: endpoint('GET /reports/subscribers', list('subscribers', 'Get Subscribers')),
	subscribersCount: endpoint('GET /reports/subscribers/count', count('Get Subscribers')),
	unsubscriptions: endpoint(
		'GET /reports/unsubscriptions',
		list('unsubscriptions', 'Get Unsubscriptions'),
	),
	unsubscriptionsCount: endpoint(
		'GET /reports/unsubscriptions/count',
		count('Get Unsubscriptions'),
	),
	unsubscriptionReasons: endpoint(
		'GET /reports/unsubscriptions/reasons',
		list('unsubscription_reasons', 'Get Unsubscription Reasons'),
	),
};
