import type { Route } from '../server/routing';
import { contactCreateRoutes } from './contactCreate';
import { contactDeleteRoutes } from './contactDelete';
import { contactReadRoutes } from './contactRead';
import { contactSynchronizeRoutes } from './contactSynchronize';
import { contactUnsubscribeRoutes } from './contactUnsubscribe';
import { contactUpdateRoutes } from './contactUpdate';
import { fieldRoutes } from './customFields';
import { listRoutes } from './lists';
import { mailingRoutes } from './mailing';
import { mediaTemplateRoutes } from './mediaTemplates';
import { pingRoutes } from './ping';
import { preferenceRoutes } from './preferences';
import { reportRoutes } from './report';
import { targetGroupRoutes } from './targetGroups';
import { transactionRoutes } from './transactions';
import { transactionTypeRoutes } from './transactionTypes';
import { webhookRoutes } from './webhooks';

/** Every endpoint; of two that fit a path the earlier one answers. */
export const routes: Route[] = [
	...pingRoutes,
	...contactCreateRoutes,
	...contactUpdateRoutes,
	...contactSynchronizeRoutes,
	...contactReadRoutes,
	...contactDeleteRoutes,
	...contactUnsubscribeRoutes,
	...fieldRoutes,
	...preferenceRoutes,
	...listRoutes,
	...mailingRoutes,
	...targetGroupRoutes,
	...mediaTemplateRoutes,
	...reportRoutes,
	...transactionTypeRoutes,
	...transactionRoutes,
	...webhookRoutes,
];
