import { endpoint } from './endpoint';

/** Mailings of the account. Maileon lists them by a property only; every mailing has a type. */
export const mailings = {
	getManyByTypes: endpoint('GET /mailings/filter/types', {
		articles: 'Get Mailings By Types',
		answer: 'list',
		root: 'mailings',
	}),
};
