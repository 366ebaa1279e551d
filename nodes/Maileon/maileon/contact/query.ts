/**
 * Query parameters of the writing contact endpoints.
 * Rests on "Create Contact By External ID", "Update Contact By Maileon ID" and "Synchronize Contacts".
 */
import type { IdentifyBy } from './identity';

type Query = ReadonlyArray<readonly [name: string, value: string | number | boolean | undefined]>;

export interface DoubleOptIn {
	plus: boolean;
	/** Key of an active DOI mailing; '' for the account's default. */
	mailing: string;
}

export interface CreateSettings {
	permission: number;
	syncMode: number;
	/** Undefined starts no DOI process. */
	doi?: DoubleOptIn;
	source: string;
	subscriptionPage: string;
}

/** Query of a create call; nothing of DOI is in it unless a DOI process is asked for. */
export function createQuery(settings: CreateSettings): Query {
	const { doi } = settings;
	return [
		['permission', settings.permission],
		['sync_mode', settings.syncMode],
		['doi', doi ? true : undefined],
		['doiplus', doi?.plus ? true : undefined],
		['doimailing', doi?.mailing],
		['src', settings.source],
		['subscription_page', settings.subscriptionPage],
	];
}

export interface UpdateSettings {
	id: string;
	/** Undefined ignores the checksum, as a server may. */
	checksum?: string;
	/** Undefined leaves the permission alone. */
	permission?: number;
	/** Key of the DOI mailing, '' for the default; undefined starts no DOI process. */
	doiMailing?: string;
	source: string;
	pageKey: string;
}

/** The permissions that a DOI process can lead to. */
export const DOI_PERMISSIONS: readonly number[] = [4, 5];

/** Query of an update by Maileon ID; a DOI process is started for permission 4 and 5 only. */
export function updateByIdQuery(settings: UpdateSettings): Query {
	const triggersDoi =
		settings.doiMailing !== undefined && DOI_PERMISSIONS.includes(settings.permission ?? 0);
	return [
		['id', settings.id],
		['ignore_checksum', settings.checksum === undefined ? true : undefined],
		['checksum', settings.checksum],
		['permission', settings.permission],
		['triggerdoi', triggersDoi ? true : undefined],
		['doimailing', triggersDoi ? settings.doiMailing : undefined],
		['src', settings.source],
		['page_key', settings.pageKey],
	];
}

/** Query of an update by email or by external ID; undefined leaves the permission alone. */
export function updateByKeyQuery(permission: number | undefined): Query {
	return [['permission', permission]];
}

export interface SynchronizeSettings {
	identifyBy: IdentifyBy;
	/** Undefined sends no permission: existing contacts keep theirs. */
	permission?: number;
	syncMode: number;
	ignoreInvalidContacts: boolean;
	overridePermission: boolean;
	reimportUnsubscribedContacts: boolean;
	updateOnly: boolean;
}

/** Query of a synchronization. */
export function synchronizeQuery(settings: SynchronizeSettings): Query {
	return [
		['permission', settings.permission],
		['sync_mode', settings.syncMode],
		['use_external_id', settings.identifyBy === 'externalId' ? true : undefined],
		['prefer_maileon_id', settings.identifyBy === 'maileonId' ? true : undefined],
		['ignore_invalid_contacts', settings.ignoreInvalidContacts],
		[
			'override_permission',
			settings.permission === undefined ? undefined : settings.overridePermission,
		],
		['reimport_unsubscribed_contacts', settings.reimportUnsubscribedContacts],
		['update_only', settings.updateOnly],
	];
}
