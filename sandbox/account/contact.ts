import { createHash } from 'node:crypto';

/** The documented permission codes and their type strings. */
export const PERMISSION_TYPES = ['none', 'soi', 'coi', 'doi', 'doi+', 'other'] as const;

export const PERMISSION_NONE = 1;
export const PERMISSION_DOI = 4;
export const PERMISSION_DOI_PLUS = 5;

/** A contact's value for one preference. */
export interface ContactPreference {
	category: string;
	name: string;
	/** Null once the answer is cleared. */
	value: boolean | null;
	source: string | null;
	/** `yyyy-MM-dd HH:mm:ss` */
	lastModified: string;
}

/** A double opt-in process that was started and is not confirmed yet. */
export interface DoiProcess {
	plus: boolean;
	mailing: string;
	source?: string;
	subscriptionPage?: string;
}

/** Why a contact is shut out of sendouts. */
export interface Block {
	reason: 'blacklist' | 'bounce_policy';
	since: Date;
}

/** A contact as the sandbox keeps it. */
export interface SandboxContact {
	readonly id: number;
	/** Null once the contact is anonymized. */
	email: string | null;
	externalId: string | null;
	/** Code 1 to 6. */
	permission: number;
	/** Unsubscribed; nothing but the IDs is left. */
	anonymous: boolean;
	standardFields: Record<string, string>;
	customFields: Record<string, string>;
	preferences: ContactPreference[];
	source: string | null;
	subscriptionPage: string | null;
	pendingDoi: DoiProcess | null;
	/** How often a DOI mailing was confirmed. */
	confirmations: number;
	block: Block | null;
	unsubscriptionReasons: string[];
	created: Date;
	updated: Date;
}

/** The checksum that Maileon would put into links for this contact. */
export function checksumOf(id: number): string {
	return createHash('sha256').update(`checksum of ${id}`).digest('hex').slice(0, 16);
}

/** Sets or, with null, clears a value; any name is a name, `__proto__` too. */
export function setValue(values: Record<string, string>, name: string, value: string | null): void {
	if (value === null) {
		delete values[name];
	} else if (name === '__proto__') {
		Object.defineProperty(values, name, {
			value,
			configurable: true,
			enumerable: true,
			writable: true,
		});
	} else {
		values[name] = value;
	}
}

/** The value of a field, or null. */
export function getValue(values: Record<string, string>, name: string): string | null {
	return Object.prototype.hasOwnProperty.call(values, name) ? (values[name] ?? null) : null;
}

/** A standard field as it is read, the read-only ones included. */
export function standardValue(contact: SandboxContact, name: string): string | null {
	switch (name) {
		case 'PERMISSION_STATUS':
			return permissionStatus(contact);
		case 'SENDOUT_STATUS':
			return contact.block ? 'blocked' : 'allowed';
		case 'CUSTOM_SOURCE':
			return contact.source;
		case 'CHECKSUM':
			return checksumOf(contact.id);
		default:
			return getValue(contact.standardFields, name);
	}
}

/** `available`, `none` or `unsubscribed`. */
export function permissionStatus(contact: SandboxContact): string {
	if (contact.anonymous) return 'unsubscribed';
	return contact.permission === PERMISSION_NONE ? 'none' : 'available';
}

/** Whether the contact may get mails: it has a permission and is not shut out. */
export function isActive(contact: SandboxContact): boolean {
	return permissionStatus(contact) === 'available' && contact.block === null;
}

/** Whether the permission is double opt-in, which a create call never lowers. */
export function hasDoi(contact: SandboxContact): boolean {
	return contact.permission === PERMISSION_DOI || contact.permission === PERMISSION_DOI_PLUS;
}

/** `yyyy-MM-dd HH:mm:ss`, in UTC. */
export function formatTime(time: Date): string {
	return time.toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-dd HH:mm:ss.S`, the form of `created` and `updated`. */
export function formatTimestamp(time: Date): string {
	return time.toISOString().slice(0, 21).replace('T', ' ');
}
