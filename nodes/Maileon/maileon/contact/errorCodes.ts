/**
 * Why Maileon refused a contact of a synchronization.
 * Rests on the page "Synchronize Contacts Error Codes".
 */

export interface CodeText {
	message: string;
	description: string;
}

const LENGTH = 'The value may have at most 255 characters.';
const DAY = 'Allowed are yyyy-MM-dd and yyyy-MM-dd HH:mm:ss.';

const standard = (field: string, description: string): CodeText => ({
	message: `Standard field ${field} has a value that is not allowed.`,
	description,
});
const custom = (type: string, description: string): CodeText => ({
	message: `A custom field of type ${type} has a value that is not allowed.`,
	description,
});

const CODES: ReadonlyMap<number, CodeText> = new Map<number, CodeText>([
	[
		1,
		{
			message: 'External ID is missing.',
			description:
				'Contacts are identified by external ID in this run. Fill it in, or choose another "Identify Contacts By".',
		},
	],
	[
		2,
		{
			message: 'Email is missing.',
			description:
				'It is needed where contacts are identified by email, and for every new contact.',
		},
	],
	[3, { message: 'Email is invalid.', description: 'Check the address for typing errors.' }],
	[
		4,
		{
			message: 'Another contact already has this external ID.',
			description:
				'The other contact is in the same list or in the account. Look for duplicates in the list first.',
		},
	],
	[
		5,
		{
			message: 'Another contact already has this email.',
			description:
				'The other contact is in the same list or in the account. Look for duplicates in the list first.',
		},
	],
	[6, standard('ADDRESS', LENGTH)],
	[7, standard('CITY', LENGTH)],
	[8, standard('FIRSTNAME', LENGTH)],
	[9, standard('FULLNAME', LENGTH)],
	[10, standard('HNR', LENGTH)],
	[11, standard('LASTNAME', LENGTH)],
	[12, standard('ORGANIZATION', LENGTH)],
	[13, standard('REGION', LENGTH)],
	[14, standard('STATE', LENGTH)],
	[15, standard('TITLE', LENGTH)],
	[16, standard('ZIP', LENGTH)],
	[17, standard('BIRTHDAY', DAY)],
	[18, standard('NAMEDAY', DAY)],
	[19, standard('GENDER', 'Allowed are m, f and, in newer accounts, d.')],
	[20, standard('LOCALE', 'Allowed is xx_XX, for example de_DE.')],
	[
		21,
		{
			message: 'Custom field does not exist.',
			description: 'Names are case sensitive. Create the field in Maileon first.',
		},
	],
	[22, custom('boolean', 'Allowed are true, false, 1 and 0.')],
	[23, custom('float', 'A decimal number is needed, for example 3.14.')],
	[24, custom('double', 'A decimal number is needed, for example 3.14.')],
	[25, custom('integer', 'A whole number is needed.')],
	[26, custom('string', LENGTH)],
	[27, custom('date', DAY)],
]);

/** What an error code of a synchronization report means; a code that is not in the table says so. */
export function codeText(code: number | string): CodeText {
	return (
		CODES.get(Number(code)) ?? {
			message: `Unknown error code ${code}.`,
			description: 'The documentation of Maileon does not list this code.',
		}
	);
}
