/**
 * The JSON body of a create call.
 * Rests on "Create Contact By External ID (JSON)": fields are objects of name → value, and null is
 * not allowed.
 */
import type { Contact, FieldEntry } from './contact';

/** At least `{}`. Empty parts are left out, and so are nulls. */
export function contactJsonBody(contact: Contact): string {
	const body: Record<string, unknown> = {};
	const customFields = withoutNulls(contact.customFields);
	const standardFields = withoutNulls(contact.standardFields);
	if (customFields.length > 0) body.custom_fields = Object.fromEntries(customFields);
	if (contact.email) body.email = contact.email;
	if (contact.externalId) body.external_id = contact.externalId;
	if (standardFields.length > 0) body.standard_fields = Object.fromEntries(standardFields);
	return JSON.stringify(body);
}

function withoutNulls(fields: readonly FieldEntry[]): FieldEntry[] {
	return fields.filter(([, value]) => value !== null);
}
