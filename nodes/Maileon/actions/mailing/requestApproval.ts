import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator } from '../../input/mailing';
import { mailingChecks } from '../../maileon/endpoints/mailings';
import type { Operation } from '../../run/operation';
import { startOptions } from './shared/options';
import { perMailing } from './shared/perMailing';
import {
	readTestTargetGroup,
	readWait,
	sendAndWait,
	testTargetGroup,
	waitForResult,
} from './shared/sendout';

const properties: INodeProperties[] = [
	mailingLocator('Mailing that is to be approved; it must be a draft'),
	{
		...testTargetGroup,
		description:
			'Target group of those who are asked. It must be a test target group; whether Maileon takes one of the type approval is not documented.',
	},
	...waitForResult(
		'Whether to wait for the result. People can take long: to look later, use Run Checks with Approval.',
	),
	startOptions,
];

/** Asks a group of people to approve a mailing ("Mailing – Send Approval Mail to Targetgroup"). */
export const requestApproval: Operation = {
	resource: 'mailing',
	value: 'requestApproval',
	name: 'Request Approval',
	action: 'Request approval of mailing',
	description: 'Send a mailing to a test target group for approval. The mail is sent once.',
	notForAgents: true,
	properties,
	endpoints: [mailingChecks.requestApproval, mailingChecks.getApprovalResult],
	run: perMailing((parameters) => {
		const group = readTestTargetGroup(parameters);
		const wait = readWait(parameters);
		return {
			oneByOne: true,
			rows: async (mailing) => {
				const { id } = mailing;
				const query = [['test_targetgroup_id', group]] as const;
				const request = mailingChecks.requestApproval.request({ id }, query);
				const outcome = await sendAndWait(mailing, request, mailingChecks.getApprovalResult, wait);
				return [
					{
						id: Number(id),
						approval_requested: true,
						target_group_id: Number(group),
						...outcome,
					},
				];
			},
		};
	}),
};
