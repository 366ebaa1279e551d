import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** The keys of an input item, by the standard field that each fills. */
export const FIELD_KEYS = [
	['FIRSTNAME', 'First Name'],
	['LASTNAME', 'Last Name'],
	['CITY', 'City'],
	['ZIP', 'ZIP'],
	['ORGANIZATION', 'Organization'],
	['COUNTRY', 'Country'],
] as const;

const FIRST_NAMES = ['Ada', 'Änne', 'Grace', 'Jürgen', 'Chloé', 'Mehmet', 'Zoë'];
const CITIES = ['Dresden', 'Köln', 'Paris', 'Zürich', 'Łódź'];

function pick(list: readonly string[], index: number): string {
	return list[index % list.length] ?? '';
}

/** One contact of 6 fields and an email, flat, as a table or a database gives it. */
export function flatContact(index: number): IDataObject {
	return {
		email: `contact.${index}@example.com`,
		'First Name': pick(FIRST_NAMES, index),
		'Last Name': `Lovelace ${index}`,
		City: pick(CITIES, index),
		ZIP: String(10_000 + (index % 89_999)),
		Organization: `Example Company ${index % 977}`,
		Country: 'Germany',
	};
}

/** The same contact with some of its fields nested, as a web shop gives it. */
export function nestedContact(index: number): IDataObject {
	const { City, ZIP, Country, ...flat } = flatContact(index);
	return { ...flat, address: { city: City, zip: ZIP, country: Country } };
}

/** Input items as n8n hands them from node to node. */
export function itemsOf(
	count: number,
	contact: (index: number) => IDataObject = flatContact,
): INodeExecutionData[] {
	return Array.from({ length: count }, (_, item) => ({
		json: contact(item),
		pairedItem: { item },
	}));
}

/** The value of a mapper that maps each column by hand. */
export function mappedBy(value: Record<string, string>): IDataObject {
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
}

/** The value of a mapper that maps by the names of the input keys, saved with its columns. */
export const MAPPED_AUTOMATICALLY: IDataObject = {
	mappingMode: 'autoMapInputData',
	value: null,
	matchingColumns: [],
	schema: ['email', ...FIELD_KEYS.map(([column]) => column)].map((id) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
	})),
};

/** What runs before a measured run of a process of its own. */
export const WARM_UP = { runs: 3, contacts: 2_000 };
