import { endpoint } from './endpoint';

/** Tells whether Maileon accepts the API key. */
export const ping = {
	get: endpoint('GET /ping', { articles: 'Ping', answer: 'confirmation' }),
};
