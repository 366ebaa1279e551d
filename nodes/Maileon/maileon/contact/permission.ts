/**
 * Permissions of a contact.
 * Rests on "Create Contact By External ID", "Synchronize Contacts" and "Get Contacts By Filter ID".
 */

export interface Permission {
	code: number;
	name: string;
	/** The type string that the filter endpoint answers with. */
	type: string;
	description: string;
}

export const PERMISSIONS: readonly Permission[] = [
	{
		code: 1,
		name: 'None',
		type: 'none',
		description: 'The person has not agreed to anything, so no marketing mails are sent',
	},
	{
		code: 2,
		name: 'Single Opt-In',
		type: 'soi',
		description: 'The person signed up, but nobody checked that the address is theirs',
	},
	{
		code: 3,
		name: 'Confirmed Opt-In',
		type: 'coi',
		description: 'The person signed up and received a confirmation mail without a link to click',
	},
	{
		code: 4,
		name: 'Double Opt-In',
		type: 'doi',
		description: 'The person confirmed the sign-up by clicking a link in a mail',
	},
	{
		code: 5,
		name: 'Double Opt-In Plus',
		type: 'doi+',
		description: 'Double opt-in, and the person agreed to tracking of their own opens and clicks',
	},
	{
		code: 6,
		name: 'Other',
		type: 'other',
		description: 'Consent was given in another way, for example on paper',
	},
];

const BY_CODE = new Map(PERMISSIONS.map((permission) => [permission.code, permission]));
const BY_TYPE = new Map(PERMISSIONS.map((permission) => [permission.type, permission]));

/**
 * The permission that an answer names, by its code or by its type string such as `doi+`: which of the
 * two stands in which element differs between the pages of the documentation. Undefined where it is neither.
 */
export function readPermission(text: string): Permission | undefined {
	const name = text.trim().toLowerCase();
	return /^\d+$/.test(name) ? BY_CODE.get(Number(name)) : BY_TYPE.get(name);
}
