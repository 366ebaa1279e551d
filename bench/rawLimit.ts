import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { FIELD_KEYS } from './contacts';

const BATCH = 1_000;
const START = '<?xml version="1.0" encoding="UTF-8"?><contacts>';
const END = '</contacts>';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

async function post(execution: IExecuteFunctions, body: string | Buffer) {
	const { baseUrl } = await execution.getCredentials('maileonRestApi');
	const answer: unknown = await execution.helpers.httpRequestWithAuthentication.call(
		execution,
		'maileonRestApi',
		{
			method: 'POST',
			url: `${String(baseUrl)}/contacts`,
			headers: { 'Content-Type': 'application/vnd.maileon.api+xml; charset=utf-8' },
			body,
		},
	);
	return { json: { answer: String(answer) } };
}

/** Posts what is written of each thousand items, one request after the other. */
function rawLoop(
	write: (items: readonly INodeExecutionData[], start: number, end: number) => string | Buffer,
): Execute {
	return async function () {
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		for (let start = 0; start < items.length; start += BATCH)
			output.push(await post(this, write(items, start, Math.min(start + BATCH, items.length))));
		return [output];
	};
}

const jsonOf = (items: readonly INodeExecutionData[], index: number) =>
	(items[index] as INodeExecutionData).json;

/** Concatenates the XML as text, without looking for anything that needs escaping. */
export const concatenating = rawLoop((items, start, end) => {
	let body = START;
	for (let index = start; index < end; index++) {
		const json = jsonOf(items, index);
		body += `<contact><email>${String(json.email)}</email><standard_fields>`;
		for (const [column, key] of FIELD_KEYS)
			body += `<field><name>${column}</name><value>${String(json[key])}</value></field>`;
		body += '</standard_fields></contact>';
	}
	return body + END;
});

/** Concatenates one contact at a time, and writes it as UTF-8 into a buffer. */
export const buffering = rawLoop((items, start, end) => {
	const buffer = Buffer.allocUnsafe(1_000 * BATCH);
	let length = buffer.write(START, 'utf8');
	for (let index = start; index < end; index++)
		length += buffer.write(contact(jsonOf(items, index)), length, 'utf8');
	length += buffer.write(END, length, 'utf8');
	return buffer.subarray(0, length);
});

function contact(json: IDataObject): string {
	let text = `<contact><email>${String(json.email)}</email><standard_fields>`;
	for (const [column, key] of FIELD_KEYS)
		text += `<field><name>${column}</name><value>${String(json[key])}</value></field>`;
	return `${text}</standard_fields></contact>`;
}

/** Creates a contact for each item, several at a time, without reading or checking anything. */
export function creating(atATime: number): Execute {
	return async function () {
		const items = this.getInputData();
		const { baseUrl } = await this.getCredentials('maileonRestApi');
		const output: INodeExecutionData[] = [];
		let next = 0;
		const create = async () => {
			for (let index = next++; index < items.length; index = next++) {
				const { email, ...json } = jsonOf(items, index);
				const fields = FIELD_KEYS.map(([column, key]) => [column, String(json[key])]);
				await this.helpers.httpRequestWithAuthentication.call(this, 'maileonRestApi', {
					method: 'POST',
					url: `${String(baseUrl)}/contacts/externalid/${encodeURIComponent(String(email))}?permission=1&sync_mode=2`,
					headers: { 'Content-Type': 'application/vnd.maileon.api+json' },
					body: JSON.stringify({ email, standard_fields: Object.fromEntries(fields) }),
				});
				output.push({ json: { email } });
			}
		};
		await Promise.all(Array.from({ length: atATime }, create));
		return [output];
	};
}

/** Posts bodies that are there already: what nobody can be faster than. */
export function posting(bodies: readonly Buffer[]): Execute {
	return async function () {
		const output: INodeExecutionData[] = [];
		for (const body of bodies) output.push(await post(this, body));
		return [output];
	};
}
