import type { Route } from '../server/routing';
import { contactCreateRoutes } from './contactCreate';
import { contactReadRoutes } from './contactRead';
import { contactSynchronizeRoutes } from './contactSynchronize';
import { contactUpdateRoutes } from './contactUpdate';
import { fieldRoutes } from './customFields';
import { pingRoutes } from './ping';

/** Every endpoint; of two that fit a path the earlier one answers. */
export const routes: Route[] = [
	...pingRoutes,
	...contactCreateRoutes,
	...contactUpdateRoutes,
	...contactSynchronizeRoutes,
	...contactReadRoutes,
	...fieldRoutes,
];
