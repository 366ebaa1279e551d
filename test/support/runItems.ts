import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { MaileonRequest } from '../../nodes/Maileon/maileon/request';
import { fakeClient, fakeNode, runOnce, type Answering } from './fakeRun';
import { operationNamed } from './operationNamed';

export interface ItemsRun {
	rows: INodeExecutionData[];
	output: IDataObject[];
	/** The error of each row that is one. */
	errors: IDataObject[];
	sent: readonly MaileonRequest[];
	hints: string[];
}

/** Runs an operation, named `resource.operation`, against answers that are made up. */
export async function runItems(
	name: string,
	parameters: Record<string, unknown>,
	answering?: Answering,
	items: Array<Partial<INodeExecutionData>> = [{}],
): Promise<ItemsRun> {
	const hints: string[] = [];
	const client = fakeClient(answering);
	const node = fakeNode({
		items: items.map(({ json = {}, ...rest }) => ({ json, ...rest })),
		parameters,
		continues: true,
	});
	const helpers = {
		getBinaryDataBuffer: async (item: number, property: string) =>
			Buffer.from(items[item]?.binary?.[property]?.data ?? '', 'base64'),
		prepareBinaryData: async (data: Buffer, fileName: string, mimeType: string) => ({
			data: data.toString('base64'),
			fileName,
			mimeType,
		}),
	};
	const addExecutionHints = ({ message }: { message: string }) => hints.push(message);
	const rows = await runOnce(
		operationNamed(name),
		Object.assign(node, { helpers, addExecutionHints }),
		client,
	);
	const output = rows.map(({ json }) => json);
	const errors = output.flatMap(({ error }) => (error === undefined ? [] : [error as IDataObject]));
	return { rows, output, errors, sent: client.requests, hints };
}
