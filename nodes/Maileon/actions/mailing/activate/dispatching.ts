/**
 * The dispatching that an item asks for.
 */
import type { ItemParameters } from '../../../input/parameters';
import { InputRefusal } from '../../../input/refusal';
import { readTypeReference } from '../../../input/transactionTypes';
import {
	INTERVALS,
	LIMIT_UNITS,
	RSS_FEATURES,
	RSS_ORDERS,
	SPEED_LEVELS,
	type Dispatching,
	type Feed,
	type Interval,
	type Occasion,
} from '../../../maileon/mailing/dispatching';
import type { TypeReference } from '../../../maileon/transaction/transactionType';
import { readContactFilter } from '../../contact/shared/contactFilter';
import { DISPATCHINGS } from './parameters';

const MANY = 1_000_000;

/** A dispatching whose event may be known by name only. */
export interface ChosenDispatching extends Omit<Dispatching, 'occasion'> {
	/** The transaction type, for those that have one. */
	event?: TypeReference;
	/** What sets the mailing off, once the ID of the transaction type is known. */
	occasionOf(eventId: string): Occasion;
}

/**
 * The dispatching of an item; undefined where the existing one is kept.
 * @throws InputRefusal for what is missing, none of the choices, or out of range
 */
export function readDispatching(parameters: ItemParameters): ChosenDispatching | undefined {
	const kind = parameters.choice('dispatching', DISPATCHINGS);
	if (kind === 'keep') return undefined;
	const settings = parameters.within('dispatchingSettings');
	return { ...readOccasion(parameters, kind), ...readLimit(settings), ...readSpeed(settings) };
}

function readOccasion(
	parameters: ItemParameters,
	kind: Occasion['kind'],
): Pick<ChosenDispatching, 'event' | 'occasionOf'> {
	if (kind === 'event') {
		const event = readTypeReference(parameters);
		return { event, occasionOf: (id) => ({ kind, event: id }) };
	}
	const interval = readInterval(parameters);
	if (kind === 'contactsOfEvent') {
		const event = readTypeReference(parameters);
		return { event, occasionOf: (id) => ({ kind, event: id, interval }) };
	}
	const contactFilterId = readContactFilter(parameters);
	if (kind === 'contactFilter') return { occasionOf: () => ({ kind, contactFilterId, interval }) };
	const feed = readFeed(parameters);
	return { occasionOf: () => ({ kind, contactFilterId, interval, feed }) };
}

function readInterval(parameters: ItemParameters): Interval {
	const interval = parameters.choice('interval', INTERVALS);
	const number = (name: string, min: number, max: number) =>
		parameters.wholeNumber(name, { min, max });
	return {
		interval,
		...(interval === 'MONTH' && { dayOfMonth: number('dayOfMonth', 1, 31) }),
		...(interval === 'WEEK' && { dayOfWeek: number('dayOfWeek', 1, 7) }),
		...(interval !== 'HOUR' && { hours: number('hours', 0, 23) }),
		minutes: number('minutes', 0, 59),
	};
}

function readFeed(parameters: ItemParameters): Feed {
	const url = parameters.requiredText('feedUrl').trim();
	const settings = parameters.within('feedSettings');
	return {
		url,
		...(settings.has('uniqueFeature') && {
			uniqueFeature: settings.choice('uniqueFeature', RSS_FEATURES),
		}),
		...(settings.has('orderBy') && { orderBy: settings.choice('orderBy', RSS_ORDERS) }),
		...(settings.has('ascending') && { ascending: settings.flag('ascending') }),
		...(settings.has('minNewEntries') && {
			minNewEntries: settings.wholeNumber('minNewEntries', { min: 0, max: MANY }),
		}),
	};
}

/** @throws InputRefusal for a limit without a period */
function readLimit(
	settings: ItemParameters,
): Pick<Dispatching, 'deliveryLimit' | 'deliveryLimitUnit'> {
	if (!settings.has('deliveryLimit')) return {};
	const deliveryLimit = settings.wholeNumber('deliveryLimit', { min: 0, max: MANY });
	if (settings.has('deliveryLimitUnit'))
		return {
			deliveryLimit,
			deliveryLimitUnit: settings.choice('deliveryLimitUnit', LIMIT_UNITS),
		};
	if (deliveryLimit === 0) return { deliveryLimit };
	throw new InputRefusal(
		`"${settings.label('deliveryLimit')}" needs a "${settings.label('deliveryLimitUnit')}".`,
		{
			description: 'Add the setting for it, for example Day.',
			field: 'deliveryLimitUnit',
		},
	);
}

function readSpeed(settings: ItemParameters): Pick<Dispatching, 'speedLevel'> {
	return settings.has('speedLevel')
		? { speedLevel: settings.choice('speedLevel', SPEED_LEVELS) }
		: {};
}
