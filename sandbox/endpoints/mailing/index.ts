import { Refusal } from '../../server/refusal';
import { plain } from '../../server/answer';
import { TEXT_TYPE } from '../../server/media';
import type { Route } from '../../server/routing';
import { attachmentRoutes } from './attachments';
import { blacklistRoutes } from './blacklists';
import { checkRoutes } from './checks';
import { cms2Routes } from './cms2';
import { contentRoutes } from './content';
import { dispatchingRoutes } from './dispatching';
import { lifeRoutes } from './life';
import { listRoutes } from './lists';
import { scheduleRoutes } from './schedule';
import { settingRoutes } from './settings';
import { valueRoutes } from './values';

/** Everything about mailings (documentation: mailings). */
export const mailingRoutes: Route[] = [
	...listRoutes,
	...lifeRoutes,
	...valueRoutes,
	...contentRoutes,
	...cms2Routes,
	...settingRoutes,
	...attachmentRoutes,
	...scheduleRoutes,
	...dispatchingRoutes,
	...checkRoutes,
	...blacklistRoutes,
].map(withPlainErrors);

/** Some samples of 404 and 409 are plain text. */
function withPlainErrors(route: Route): Route {
	return {
		...route,
		run: (call) => {
			try {
				return route.run(call);
			} catch (error) {
				const isText = call.variants.mailingErrors === 'text';
				if (!isText || !(error instanceof Refusal) || ![404, 409].includes(error.status)) {
					throw error;
				}
				return plain(error.status, TEXT_TYPE, error.message);
			}
		},
	};
}
