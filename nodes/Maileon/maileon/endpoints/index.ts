/**
 * Every endpoint that this package uses, by the areas of Maileon's documentation.
 */
import { contactFilters } from './contactFilters';
import { contacts } from './contacts';
import type { Endpoint } from './endpoint';
import { customFields, standardFields } from './fields';
import {
	mailingAttachments,
	mailingAudience,
	mailingChecks,
	mailingContents,
	mailings,
	mailingSendout,
	mailingSettings,
	mailingTemplates,
	mailingValueEndpoints,
} from './mailings';
import { ping } from './ping';
import { preferenceCategories, preferences } from './preferences';
import { reports } from './reports';
import { transactions, transactionTypes } from './transactions';
import { webhooks } from './webhooks';

export interface Area {
	title: string;
	endpoints: readonly Endpoint[];
}

function area(title: string, ...tables: ReadonlyArray<Readonly<Record<string, Endpoint>>>): Area {
	return { title, endpoints: tables.flatMap((table) => Object.values(table)) };
}

export const areas: readonly Area[] = [
	area('Contacts', contacts),
	area('Contact Fields', customFields, standardFields),
	area('Contact Preferences', preferenceCategories, preferences),
	area('Contact Filters', contactFilters),
	area('Transactions', transactions, transactionTypes),
	area('Reports', reports),
	area(
		'Mailings',
		mailings,
		mailingValueEndpoints,
		mailingContents,
		mailingSettings,
		mailingAttachments,
		mailingSendout,
		mailingChecks,
	),
	area('Target Groups, Blacklists and Media', mailingAudience, mailingTemplates),
	area('Webhooks', webhooks),
	area('Ping', ping),
];
