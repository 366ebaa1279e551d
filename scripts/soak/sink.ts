import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an execution of the trigger's workflow tells of itself. */
export interface Told {
	/** The event that it got. */
	event: string;
	execution: string;
}

/** What a synchronization tells at its end. */
export interface Synchronized {
	contacts: number;
	execution: string;
}

/** What the workflows call at their end: it knows what was really executed, whatever n8n keeps of it. */
export interface Sink {
	url: string;
	told: Told[];
	synchronized: Synchronized[];
	close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startSink(): Promise<Sink> {
	const told: Told[] = [];
	const synchronized: Synchronized[] = [];
	const server = createServer((request, response) => {
		void read(request).then((body) => {
			if (request.url === '/told') told.push(body as Told);
			if (request.url === '/synchronized') synchronized.push(body as Synchronized);
			response.end();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		told,
		synchronized,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

async function read(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
