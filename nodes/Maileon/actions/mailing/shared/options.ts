import { optionsCollection } from '../../../input/optionsCollection';
import { retries, timeout } from '../../shared/requests';

/** For what is started once: mailings are worked on one after the other, and what starts is never repeated. */
export const startOptions = optionsCollection([
	{
		...retries,
		description:
			'How often to repeat a request that reads or sets something when Maileon is busy or the connection breaks. The request that starts something is never repeated.',
	},
	timeout,
]);

/** For what is done to one mailing after the other, and can be repeated. */
export const inOrderOptions = optionsCollection([retries, timeout]);
