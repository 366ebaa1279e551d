import type { Route } from '../../server/routing';
import { conversionRoutes } from './conversions';
import { eventRoutes } from './events';
import { sumRoutes } from './sums';

/** All reports (documentation: reports). */
export const reportRoutes: Route[] = [...eventRoutes, ...conversionRoutes, ...sumRoutes];
