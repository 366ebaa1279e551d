import type { INodeProperties } from 'n8n-workflow';

import { toMoment } from '../moment';
import type { ItemParameters } from '../parameters';
import { InputRefusal } from '../refusal';
import { translatingErrors } from '../../maileon/translate';
import { ValueRefusal } from '../../maileon/values';

/** From when and until when. */
export const period: readonly INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		placeholder: 'e.g. 2026-12-01',
		description:
			"When the period begins, in an expression for example {{ $now.minus(1, 'day') }}. Leave empty for everything since the beginning. A time without an offset is one of the time zone of the workflow.",
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		placeholder: 'e.g. 2026-12-31',
		description:
			'When the period ends; what happens at this very moment no longer belongs to it. Leave empty for everything until now.',
	},
];

/**
 * The period as Maileon takes it: `from_date` is part of it, `to_date` is not. Milliseconds since 1970.
 * @throws InputRefusal for what is no date, and for a period that ends before it begins
 */
export function periodQuery(
	parameters: ItemParameters,
	timeZone: string,
): Array<readonly [string, number | undefined]> {
	const from = readMoment(parameters, 'from', timeZone);
	const to = readMoment(parameters, 'to', timeZone);
	if (from !== undefined && to !== undefined && from > to)
		throw new InputRefusal('The period ends before it begins.', {
			description: `Fill in a time under "${parameters.label('to')}" that comes after "${parameters.label('from')}".`,
			field: 'to',
		});
	return [
		['from_date', from],
		['to_date', to],
	];
}

/**
 * A moment in milliseconds since 1970; undefined where nothing is filled in.
 * @throws InputRefusal for what is no date
 */
export function readMoment(
	parameters: ItemParameters,
	name: string,
	timeZone: string,
): number | undefined {
	const value = parameters.raw(name);
	if (value === undefined || value === null || value === '') return undefined;
	return translatingErrors(
		() => toMoment(value, timeZone),
		(error) =>
			error instanceof ValueRefusal
				? new InputRefusal(`${parameters.label(name)}: ${error.message}`, { field: name })
				: error,
	);
}
