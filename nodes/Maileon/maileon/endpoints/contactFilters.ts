import { endpoint } from './endpoint';

/** Contact filters, which choose contacts by rules that live in Maileon. */
export const contactFilters = {
	getMany: endpoint('GET /contactfilters', {
		articles: 'Get Contact Filters',
		answer: 'list',
		root: 'contactfilters',
	}),
};
