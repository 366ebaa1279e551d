/**
 * Which operation serves which article of Maileon's API documentation: the endpoints, and what asks them.
 * `test/shape` compares it with the requests that the operations make.
 */
import { allResources } from '../../nodes/Maileon/actions';
import { areas } from '../../nodes/Maileon/maileon/endpoints';
import { contactFilters } from '../../nodes/Maileon/maileon/endpoints/contactFilters';
import type { Endpoint } from '../../nodes/Maileon/maileon/endpoints/endpoint';
import {
	mailingAudience,
	mailings,
	mailingTemplates,
} from '../../nodes/Maileon/maileon/endpoints/mailings';
import { mailingValues } from '../../nodes/Maileon/maileon/endpoints/mailingValues';
import { ping } from '../../nodes/Maileon/maileon/endpoints/ping';
import { webhooks } from '../../nodes/Maileon/maileon/endpoints/webhooks';
import { EVENT_LISTS } from '../../nodes/Maileon/maileon/report/lists';

export interface CoveredEndpoint extends Endpoint {
	/** Operations as `resource.operation`, and what else asks it, in words. */
	servedBy: readonly string[];
}

export interface CoveredArea {
	title: string;
	endpoints: readonly CoveredEndpoint[];
	/** Titles of articles whose request no source describes. */
	undocumented: readonly string[];
}

/**
 * Articles of an area that could not be read, and whose request no client shows: they are not guessed.
 */
export const UNDOCUMENTED: Readonly<Record<string, readonly string[]>> = {
	Mailings: [
		'Get Mailing Thumbnail URL',
		'Mailing – Get result for Message Size Quality Check',
		'Mailing – Get result for Personalization Quality Check',
		'Mailing – Get result for Spam Quality Check',
		'Mailing – Get results for Attention Quality Check',
		'Mailing – Get results for Display Quality Check',
		'Mailing – Start Bounce Quality Check',
		'Mailing – Start Image Quality Check',
		'Mailing – Start Link Quality Check',
		'Mailing – Start Message Size Quality Check',
		'Mailing – Start Personalization Quality Check',
		'Mailing – Start Quality Check',
	],
};

/** What is asked by something that is no operation. */
const BESIDE_OPERATIONS: ReadonlyArray<readonly [string, readonly Endpoint[]]> = [
	['Maileon API Trigger', Object.values(webhooks)],
	[
		'Maileon API Report Trigger',
		Object.values(EVENT_LISTS).flatMap(({ list, count }) => [list, count]),
	],
	['the list of contact filters', [contactFilters.getMany]],
	['the list of mailings', [mailings.getManyByTypes]],
	['every operation on a mailing that is given by its name', [mailings.getIdByName]],
	['the list of DOI mailing keys', [mailings.getManyByTypes, mailingValues.doiKey.get]],
	['the list of target groups', [mailingAudience.getTargetGroups]],
	['the list of mailing blacklists', [mailingAudience.getBlacklists]],
	['the lists of templates', Object.values(mailingTemplates)],
	['the test of the credential', [ping.get]],
];

const operations = allResources.flatMap((resource) => resource.operations);

function servedBy(endpoint: Endpoint): string[] {
	return [
		...operations
			.filter(({ endpoints }) => endpoints.includes(endpoint))
			.map(({ resource, value }) => `${resource}.${value}`),
		...BESIDE_OPERATIONS.filter(([, endpoints]) => endpoints.includes(endpoint)).map(
			([name]) => name,
		),
	];
}

export const coverage: readonly CoveredArea[] = areas.map(({ title, endpoints }) => ({
	title,
	endpoints: endpoints.map((endpoint) => ({ ...endpoint, servedBy: servedBy(endpoint) })),
	undocumented: UNDOCUMENTED[title] ?? [],
}));

/** Articles that describe data instead of a request. */
export const DESCRIPTIONS =
	'The articles “Contacts”, “Standard Contact Fields”, “Custom Contact Fields” and “Synchronize Contacts Error Codes” describe data: the node offers the fields as columns, checks and converts values by their rules, and puts the numeric codes into words.';
