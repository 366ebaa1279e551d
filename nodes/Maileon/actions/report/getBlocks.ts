import { includeAnonymous } from '../../input/report/filters';
import { EVENT_LISTS } from '../../maileon/report/lists';
import { eventReport } from './shared/events';

/** Lists blocks ("Get Blocks"). */
export const getBlocks = eventReport({
	value: 'getBlocks',
	name: 'Get Blocks',
	action: 'Get blocks',
	description: 'Get who was blocked from mailings, or allowed again, and why',
	lists: EVENT_LISTS.block,
	bringsIn: includeAnonymous,
});
