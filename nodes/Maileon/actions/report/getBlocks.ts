import { reports } from '../../maileon/endpoints/reports';
import { eventReport, includeAnonymous } from './shared/events';

/** Lists blocks ("Get Blocks"). */
export const getBlocks = eventReport({
	value: 'getBlocks',
	name: 'Get Blocks',
	action: 'Get blocks',
	description: 'Get who was blocked from mailings, or allowed again, and why',
	list: reports.blocks,
	count: reports.blocksCount,
	filters: ['contactIds', 'emails', 'externalIds', 'blockReasons', 'oldStatus', 'newStatus'],
	extras: [],
	withFields: true,
	leavesOut: { flag: 'exclude_anonymous_blocks', property: includeAnonymous },
});
