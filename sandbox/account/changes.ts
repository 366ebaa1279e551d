import type { Lenient } from '../server/leniency';
import type { Account } from './account';
import type { SandboxContact } from './contact';
import { formatTime, setValue } from './contact';
import type { InvalidValue, RawValue } from './fields';
import {
	checkCustomValue,
	checkStandardValue,
	UNKNOWN_CUSTOM_FIELD,
	UNKNOWN_PREFERENCE,
} from './fields';

/** A preference value as a request gives it. */
export interface PreferenceInput {
	category: string;
	name: string;
	/** Null: clear the stored answer. */
	value: boolean | null;
	/** Absent: keep the stored source. Null: delete it. */
	source?: string | null;
}

/** A contact as a request gives it: absent parts are kept, null clears. */
export interface ContactInput {
	id?: string | null;
	email?: string | null;
	externalId?: string | null;
	permission?: number;
	standardFields: Array<[string, RawValue]>;
	customFields: Array<[string, RawValue]>;
	preferences: PreferenceInput[];
}

/** The checked values of a request, as they are stored. */
export interface ContactChange {
	standardFields: Array<[string, string | null]>;
	customFields: Array<[string, string | null]>;
	preferences: PreferenceInput[];
}

/** Checks all field values and preferences against the account; gives the first that is invalid. */
export function checkContact(
	account: Account,
	input: ContactInput,
	lenient: Lenient,
): { change: ContactChange } | { invalid: InvalidValue } {
	const change: ContactChange = {
		standardFields: [],
		customFields: [],
		preferences: input.preferences,
	};
	for (const [name, raw] of input.standardFields) {
		const checked = checkStandardValue(name, raw);
		if ('invalid' in checked) return checked;
		change.standardFields.push([name, checked.value]);
	}
	for (const [name, raw] of input.customFields) {
		const type = account.customFields.get(name);
		if (!type) return unknown(UNKNOWN_CUSTOM_FIELD, name, 'no such custom field');
		const checked = checkCustomValue(name, type, raw, lenient);
		if ('invalid' in checked) return checked;
		change.customFields.push([name, checked.value]);
	}
	for (const { category, name } of input.preferences) {
		if (!account.preferenceCategories.get(category)?.preferences.has(name)) {
			return unknown(UNKNOWN_PREFERENCE, name, `no such preference in category ${category}`);
		}
	}
	return { change };
}

function unknown(code: number, field: string, reason: string): { invalid: InvalidValue } {
	return { invalid: { code, field, reason } };
}

/** Stores checked values in a contact. */
export function applyChange(
	account: Account,
	contact: SandboxContact,
	change: ContactChange,
): void {
	const now = account.now();
	for (const [name, value] of change.standardFields) setValue(contact.standardFields, name, value);
	for (const [name, value] of change.customFields) setValue(contact.customFields, name, value);
	for (const preference of change.preferences) {
		applyPreference(contact, preference, formatTime(now));
	}
	contact.updated = now;
}

/**
 * Value and source of a preference, by the rules of the synchronization page. Null clears an answer and does
 * not make one.
 */
function applyPreference(contact: SandboxContact, input: PreferenceInput, now: string): void {
	const stored = contact.preferences.find(
		(each) => each.category === input.category && each.name === input.name,
	);
	if (!stored) {
		if (input.value === null) return;
		contact.preferences.push({
			category: input.category,
			name: input.name,
			value: input.value,
			source: input.source ?? null,
			lastModified: now,
		});
		return;
	}
	const source = input.source === undefined ? stored.source : input.source;
	if (stored.value !== input.value || stored.source !== source) stored.lastModified = now;
	stored.value = input.value;
	stored.source = source;
}
