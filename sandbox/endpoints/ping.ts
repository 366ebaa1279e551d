import { empty } from '../server/answer';
import type { Route } from '../server/routing';

/** Tests a key's right to each method. Neither body nor Accept matter. */
export const pingRoutes: Route[] = (['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => ({
	method,
	path: '/ping',
	body: [],
	accept: [],
	run: () => empty(200),
}));
