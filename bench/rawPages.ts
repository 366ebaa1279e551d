import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Asks for all pages of a list, several at a time, and throws the bytes away. */
export function rawPages(path: string, pages: number, atATime: number) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { baseUrl } = await this.getCredentials('maileonRestApi');
		let next = 1;
		const read = async () => {
			for (let page = next++; page <= pages; page = next++) {
				const body = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'maileonRestApi',
					{
						url: `${String(baseUrl)}/${path}?page_index=${page}&page_size=1000`,
						encoding: 'stream',
					},
				)) as AsyncIterable<Buffer>;
				const chunks: Buffer[] = [];
				for await (const chunk of body) chunks.push(chunk);
				Buffer.concat(chunks);
			}
		};
		await Promise.all(Array.from({ length: atATime }, read));
		return [[{ json: {} }]];
	};
}
