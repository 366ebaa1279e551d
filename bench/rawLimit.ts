import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { FIELD_KEYS } from './contacts';

const BATCH = 1_000;

/**
 * What cannot be beaten: a loop that concatenates the same XML, without looking for anything that
 * needs escaping, and posts the same bytes through the same HTTP client.
 */
export async function executeRawLimit(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const { baseUrl } = await this.getCredentials('maileonRestApi');
	const output: INodeExecutionData[] = [];
	for (let start = 0; start < items.length; start += BATCH) {
		let body = '<?xml version="1.0" encoding="UTF-8"?><contacts>';
		const end = Math.min(start + BATCH, items.length);
		for (let index = start; index < end; index++) {
			const { json } = items[index] as INodeExecutionData;
			body += `<contact><email>${String(json.email)}</email><standard_fields>`;
			for (const [column, key] of FIELD_KEYS)
				body += `<field><name>${column}</name><value>${String(json[key])}</value></field>`;
			body += '</standard_fields></contact>';
		}
		body += '</contacts>';
		const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
			this,
			'maileonRestApi',
			{
				method: 'POST',
				url: `${String(baseUrl)}/contacts`,
				headers: { 'Content-Type': 'application/vnd.maileon.api+xml; charset=utf-8' },
				body,
			},
		);
		output.push({ json: { answer: String(answer) } });
	}
	return [output];
}
