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
		description: 'The person has not agreed to anything: no marketing mails are sent',
	},
	{
		code: 2,
		name: 'Single Opt-In',
		type: 'soi',
		description: 'The person signed up; nobody checked that the address is theirs',
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
		description: 'The person confirmed the sign-up by a link in a mail',
	},
	{
		code: 5,
		name: 'Double Opt-In Plus',
		type: 'doi+',
		description: 'Double opt-in, and the person agreed that their own opens and clicks are tracked',
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

/** The permission of a code from 1 to 6, or undefined. */
export function permissionByCode(code: number): Permission | undefined {
	return BY_CODE.get(code);
}

/** The permission of a type string such as `doi+`, or undefined. */
export function permissionByType(type: string): Permission | undefined {
	return BY_TYPE.get(type.toLowerCase());
}
