import { endpoint } from './endpoint';

const CUSTOM_FIELDS = '/contacts/fields/custom' as const;

const FIELD_404 = 'Check the name of the field; it is case sensitive.';

/** The custom fields of the account. */
export const customFields = {
	create: endpoint(`POST ${CUSTOM_FIELDS}/:name`, {
		articles: 'Create Custom Field',
		answer: 'confirmation',
		advice: {
			400: 'The account may have a field of this name already, or Maileon uses the name itself.',
			409: 'The account has a field of this name already.',
		},
	}),
	getMany: endpoint(`GET ${CUSTOM_FIELDS}`, {
		articles: 'Get Custom Fields',
		answer: 'list',
		root: 'custom_fields',
	}),
	rename: endpoint(`PUT ${CUSTOM_FIELDS}/:old_name/:new_name`, {
		articles: 'Rename Custom Field',
		answer: 'confirmation',
		removes: true,
		advice: {
			400: 'The account may have a field of the new name already, or Maileon uses the name itself.',
			404: FIELD_404,
			409: 'The account has a field of the new name already.',
		},
	}),
	delete: endpoint(`DELETE ${CUSTOM_FIELDS}/:name`, {
		articles: 'Delete Custom Field',
		answer: 'confirmation',
		removes: true,
		advice: { 404: FIELD_404 },
	}),
	clearValues: endpoint(`DELETE ${CUSTOM_FIELDS}/:name/values`, {
		articles: 'Delete Custom Field Values',
		answer: 'confirmation',
		advice: { 404: FIELD_404 },
	}),
};

/** The standard fields, which every account has. */
export const standardFields = {
	clearValues: endpoint('DELETE /contacts/fields/standard/:name/values', {
		articles: 'Delete Standard Field Values',
		answer: 'confirmation',
	}),
};
