import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeExecutionData } from 'n8n-workflow';

import type { TriggerSession } from './engine';

/** Stands for the web server of an n8n: hands the calls that come in to the trigger of a session. */
export class WebhookServer {
	/** The items that calls started the workflow with. */
	received: INodeExecutionData[] = [];
	/** Who is called. */
	session?: TriggerSession;
	private readonly server = createServer(
		(request, response) => void this.answer(request, response),
	);

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
		const rawBody = Buffer.concat(chunks);
		const type = request.headers['content-type'];
		const answer = await this.session?.runWebhook({
			method: request.method,
			query: Object.fromEntries(new URL(request.url ?? '', this.url).searchParams),
			headers: type === undefined ? {} : { 'content-type': type },
			rawBody,
			...(type?.startsWith('application/json') && { body: JSON.parse(rawBody.toString('utf8')) }),
		});
		this.received.push(...(answer?.workflowData?.[0] ?? []));
		response.writeHead(answer?.response.status ?? 404).end();
	}
}
