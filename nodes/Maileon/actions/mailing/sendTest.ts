import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import type { ItemParameters } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import { mailingChecks } from '../../maileon/endpoints/mailings';
import { isRecord } from '../../maileon/records';
import type { Row } from '../../run/files';
import type { Operation } from '../../run/operation';
import { startOptions } from './shared/options';
import { perMailing, type Mailing } from './shared/perMailing';
import {
	readTestTargetGroup,
	readWait,
	sendAndWait,
	testTargetGroup,
	waitForResult,
} from './shared/sendout';
import { startOnce } from './shared/start';

const RECIPIENTS = ['address', 'group'] as const;
const FORMATS = ['auto', 'html', 'text'] as const;
const CONTENTS = ['none', 'json', 'auto'] as const;

const toAddress = { show: { to: ['address'] } };

const properties: INodeProperties[] = [
	mailingLocator('Mailing to try out'),
	{
		displayName: 'To',
		name: 'to',
		type: 'options',
		options: [
			{ name: 'One Address', value: 'address' },
			{
				name: 'Test Target Group',
				value: 'group',
				description: 'All contacts of a test target group in Maileon',
			},
		],
		default: 'address',
		description: 'Who gets the test mail',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com',
		displayOptions: toAddress,
		description:
			'Address that gets the test mail. If a contact has it, the mail is filled with the data of the contact, otherwise with that of the default user for personalization.',
	},
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'HTML', value: 'html' },
			{ name: 'Text', value: 'text' },
		],
		default: 'auto',
		displayOptions: toAddress,
		description: 'Which version of the mailing is sent',
	},
	{
		displayName: 'Transaction Content',
		name: 'content',
		type: 'options',
		options: [
			{ name: 'None', value: 'none' },
			{ name: 'JSON', value: 'json', description: 'Values that you fill in' },
			{
				name: 'Question Marks',
				value: 'auto',
				description:
					'Each transaction field is filled with "?". Some kinds of fields, such as booleans, do not take it.',
			},
		],
		default: 'none',
		displayOptions: toAddress,
		description:
			'What stands for the data of a transaction, where a trigger mailing shows such data',
	},
	{
		displayName: 'Content (JSON)',
		name: 'contentJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"order.number": "A-77"}',
		displayOptions: { show: { to: ['address'], content: ['json'] } },
		description: 'Object of attribute names and values, as a transaction carries them',
	},
	{ ...testTargetGroup, displayOptions: { show: { to: ['group'] } } },
	...waitForResult('Whether to wait until Maileon tells what came of the test').map((field) => ({
		...field,
		displayOptions: { show: { to: ['group'], ...field.displayOptions?.show } },
	})),
	startOptions,
];

/** Sends a test mail ("Mailing – Send Testmail to Single Emailaddress", "Mailing – Send Testmail to Targetgroup"). */
export const sendTest: Operation = {
	resource: 'mailing',
	value: 'sendTest',
	name: 'Send Test',
	action: 'Send test of mailing',
	description:
		'Send a mailing as a test to one address or to a test target group. Each test mail is sent once.',
	properties,
	endpoints: [
		mailingChecks.sendTestToAddress,
		mailingChecks.sendTestToGroup,
		mailingChecks.getTestResult,
	],
	run: perMailing((parameters) => ({
		oneByOne: true,
		rows:
			parameters.choice('to', RECIPIENTS) === 'address'
				? testToAddress(parameters)
				: testToGroup(parameters),
	})),
};

type Rows = (mailing: Mailing) => Promise<readonly Row[]>;

/** @throws InputRefusal for what cannot be sent */
function testToAddress(parameters: ItemParameters): Rows {
	const email = parameters.requiredText('email').trim();
	const format = parameters.choice('format', FORMATS);
	const content = parameters.choice('content', CONTENTS);
	const body = content === 'json' ? transactionContent(parameters) : undefined;
	const query = [
		['email', email],
		['format', format === 'auto' ? undefined : format],
		['txAuto', content === 'auto' || undefined],
	] as const;
	return async (mailing) => {
		const { id } = mailing;
		const doubt = await startOnce(
			mailing,
			mailingChecks.sendTestToAddress.request({ id }, query, body),
		);
		if (doubt) throw doubt;
		return [{ id: Number(id), test_sent: true, email, format }];
	};
}

/** @throws InputRefusal when it is no JSON object */
function transactionContent(parameters: ItemParameters): string {
	const content = parameters.json('contentJson') ?? {};
	if (isRecord(content)) return JSON.stringify(content);
	throw new InputRefusal(`${parameters.label('contentJson')} must be a JSON object.`, {
		description: 'For example {"order.number": "A-77"}.',
		field: 'contentJson',
	});
}

/** @throws InputRefusal for what cannot be sent */
function testToGroup(parameters: ItemParameters): Rows {
	const group = readTestTargetGroup(parameters);
	const wait = readWait(parameters);
	return async (mailing) => {
		const { id } = mailing;
		const query = [['test_targetgroup_id', group]] as const;
		const request = mailingChecks.sendTestToGroup.request({ id }, query);
		const outcome = await sendAndWait(mailing, request, mailingChecks.getTestResult, wait);
		return [{ id: Number(id), test_sent: true, target_group_id: Number(group), ...outcome }];
	};
}
