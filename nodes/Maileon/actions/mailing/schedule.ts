import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readClockTime, readTimeZone, type ChosenMinute } from '../../input/clockTime';
import { mailingLocator } from '../../input/mailing';
import type { ItemParameters } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import { mailingFacts } from '../../maileon/endpoints/mailingValues';
import { mailingSendout } from '../../maileon/endpoints/mailings';
import {
	clockText,
	DISPATCH_NAMES,
	DISPATCH_OPTIONS,
	isSet,
	refusalOfDispatch,
	scheduleQuery,
	UNIFORM_INTERVALS,
	type Dispatch,
} from '../../maileon/mailing/schedule';
import { refusalToSchedule } from '../../maileon/mailing/states';
import type { Query } from '../../maileon/request';
import type { Operation } from '../../run/operation';
import { fetchSchedule } from '../../transport/mailings';
import { expectAllowed } from './shared/judge';
import { inOrderOptions } from './shared/options';
import { perMailing } from './shared/perMailing';
import { setSchedule } from './shared/scheduling';

const TIME = 'scheduleTime';
const ZONE = 'timeZone';
const DISPATCH = 'dispatch';

const dispatch: INodeProperties = {
	displayName: 'Dispatch',
	name: DISPATCH,
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	description:
		'How sending is spread over a longer time. Without a setting, all mails go out at the scheduled time.',
	options: [
		{
			displayName: 'Allowed Hours',
			name: 'allowedHours',
			type: 'string',
			default: '',
			placeholder: 'e.g. 8-12,17-21',
			description: 'Hours of the day in which mails go out, from 0 to 23; all of them by default',
		},
		{
			displayName: 'Count Clicks as Responses',
			name: 'clicksAsResponseReference',
			type: 'boolean',
			default: true,
			description:
				'Whether clicks count as responses. For sending that is spread by the hour of response.',
		},
		{
			displayName: 'End After Days',
			name: 'dispatchEndInDays',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 7 },
			default: 7,
			description:
				'When the last mail goes out, 1 to 7 days after the start. For sending that is spread by weekday and hour of response.',
		},
		{
			displayName: 'End After Hours',
			name: 'dispatchEndInHours',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 96 },
			default: 24,
			description:
				'When the last mail goes out: 2 to 96 hours after the start where sending is spread evenly, 2 to 24 where it is spread by hour of response',
		},
		{
			displayName: 'End At',
			name: 'dispatchEndExactDatetime',
			type: 'dateTime',
			default: '',
			placeholder: 'e.g. 2026-12-31 18:30',
			description: 'When the last mail goes out, instead of a number of hours or days',
		},
		{
			displayName: 'Interval',
			name: 'dispatchUniformInterval',
			type: 'options',
			options: [
				{ name: '10 Minutes', value: '10m' },
				{ name: '15 Minutes', value: '15m' },
				{ name: '20 Minutes', value: '20m' },
				{ name: '30 Minutes', value: '30m' },
				{ name: 'Hour', value: 'hour' },
			],
			default: 'hour',
			description: 'How often a part of the mails goes out. For sending that is spread evenly.',
		},
		{
			displayName: 'Spread',
			name: 'dispatchOption',
			type: 'options',
			options: [
				{
					name: DISPATCH_NAMES.uniform,
					value: 'uniform',
					description: 'The same number of mails at each interval',
				},
				{
					name: DISPATCH_NAMES.hour,
					value: 'hour',
					description: 'Mails go out by the hour at which contacts respond',
				},
				{
					name: DISPATCH_NAMES.weekdayhour,
					value: 'weekdayhour',
					description: 'Mails go out by the weekday and the hour at which contacts respond',
				},
			],
			default: 'uniform',
			description:
				'How sending is spread. It needs an end: End After Hours, End After Days or End At.',
		},
		{
			displayName: 'Waves',
			name: 'dispatchWavesGroup',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3 },
			default: 3,
			description: 'Number of waves, 1 to 3. For sending that is spread by the hour of response.',
		},
	],
};

const properties: INodeProperties[] = [
	mailingLocator('Mailing to send later; it must be a draft of a regular mailing'),
	{
		displayName:
			'At this time, the mailing goes out to its whole target group. To try it out, use Send Test.',
		name: 'scheduleNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Date and Time',
		name: TIME,
		type: 'dateTime',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-12-31 18:30',
		description:
			'When the mailing goes out, to the minute. Changing its content afterwards keeps Maileon from sending it.',
	},
	{
		displayName: 'Time Zone',
		name: ZONE,
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description:
			'Time zone of your Maileon account; that of the workflow if empty. Maileon gets date and time as clocks of this zone show them: which zone it reads them in is not documented, so look at the schedule in Maileon the first time.',
	},
	dispatch,
	inOrderOptions,
];

/** Sets when a draft goes out, or changes it ("Mailing – Create Schedule", "Mailing – Update Schedule"). */
export const scheduleMailing: Operation = {
	resource: 'mailing',
	value: 'schedule',
	name: 'Schedule',
	action: 'Schedule mailing',
	description:
		'Let a mailing go out at a date and time, or change when it goes out. Make it the last step, after all changes of the content.',
	notForAgents: true,
	properties,
	endpoints: [
		mailingFacts.state.get,
		mailingFacts.type.get,
		mailingSendout.getSchedule,
		mailingSendout.createSchedule,
		mailingSendout.updateSchedule,
	],
	run: perMailing((parameters, { node }) => {
		const { query, zone } = readSchedule(parameters, node);
		return {
			oneByOne: true,
			rows: async (mailing) => {
				await expectAllowed(mailing, ['state', 'type'], refusalToSchedule);
				const before = await fetchSchedule(mailing.send, mailing.id);
				const exists = before !== undefined && isSet(before);
				const schedule = await setSchedule(mailing, query, exists);
				return [
					{
						id: Number(mailing.id),
						scheduled: true,
						schedule,
						previous_schedule: exists ? before : null,
						time_zone: zone,
					},
				];
			},
		};
	}),
};

/**
 * The schedule that an item asks for.
 * @throws InputRefusal for a time that is past, and for a dispatch outside of Maileon's limits
 */
function readSchedule(
	parameters: ItemParameters,
	node: IExecuteFunctions,
): { query: Query; zone: string } {
	const zone = readTimeZone(parameters, ZONE, node.getTimezone());
	const start = readClockTime(parameters, TIME, zone);
	if (!start)
		throw new InputRefusal(`${parameters.label(TIME)} is empty.`, {
			description: 'Fill in when the mailing goes out.',
			field: TIME,
		});
	const chosen = readDispatch(parameters.within(DISPATCH), zone);
	expectFuture(parameters, start, zone);
	const refusal = refusalOfDispatch(start, chosen);
	if (refusal) {
		const { field, message } = refusal;
		const label = parameters.within(DISPATCH).label(field);
		throw new InputRefusal(`Dispatch, ${label}: ${message}`, { field });
	}
	return { query: scheduleQuery(start, chosen), zone };
}

function expectFuture(parameters: ItemParameters, start: ChosenMinute, zone: string): void {
	if (start.moment >= Date.now()) return;
	throw new InputRefusal(
		`${parameters.label(TIME)} is in the past: ${clockText(start)} in ${zone}.`,
		{
			description: 'Choose a later time, or use Send Now.',
			field: TIME,
		},
	);
}

/** @throws InputRefusal for what is none of the choices, no number, or no time */
function readDispatch(settings: ItemParameters, zone: string): Dispatch {
	const given = <T>(name: keyof Dispatch, read: (name: string) => T) =>
		settings.has(name) ? { [name]: read(name) } : {};
	return {
		...given('dispatchOption', (name) => settings.choice(name, DISPATCH_OPTIONS)),
		...given('dispatchEndInHours', (name) => settings.wholeNumber(name, { min: 0, max: 96 })),
		...given('dispatchEndInDays', (name) => settings.wholeNumber(name, { min: 0, max: 7 })),
		...given('dispatchEndExactDatetime', (name) => readClockTime(settings, name, zone)),
		...given('clicksAsResponseReference', (name) => settings.flag(name)),
		...given('dispatchWavesGroup', (name) => settings.wholeNumber(name, { min: 1, max: 3 })),
		...given('dispatchUniformInterval', (name) => settings.choice(name, UNIFORM_INTERVALS)),
		...given('allowedHours', (name) => settings.text(name) || undefined),
	};
}
