import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

import type { HeldClock } from './engine/clock';
import { ordinary, type Fault, type Wire } from './faults';

export interface ReceivedRequest {
	method: string;
	url: string;
	headers: http.IncomingHttpHeaders;
	body: string;
}

/** What the server does in one run. */
export interface Plan {
	fault?: Fault;
	/** Whether a request is hit by the fault; all others get the ordinary answer. */
	hits(request: ReceivedRequest): boolean;
	answerTo(request: ReceivedRequest): string;
	/** The key of the item that a request is about. */
	keyOf(request: ReceivedRequest): string;
	clock: HeldClock;
}

/** A server on 127.0.0.1 that misbehaves as planned. */
export interface FaultServer {
	baseUrl: string;
	requests: ReceivedRequest[];
	/** Connections that were broken as soon as they were there. */
	resetConnections: number;
	plan(next: Plan): void;
	close(): Promise<void>;
}

const FLOOD_PART = Buffer.alloc(1024 * 1024, ' ');

function flood(socket: Socket, head: string, total: number): void {
	let left = total;
	socket.write(head);
	const more = () => {
		while (left > 0 && !socket.destroyed) {
			left -= FLOOD_PART.length;
			if (!socket.write(FLOOD_PART)) {
				socket.once('drain', more);
				return;
			}
		}
		socket.end();
	};
	more();
}

function wireOf(socket: Socket, clock: HeldClock): Wire {
	return {
		send: (bytes) => socket.end(bytes),
		reset: () => socket.resetAndDestroy(),
		flood: (head, total) => flood(socket, head, total),
		begin: (bytes) => socket.write(bytes),
		expire: () => clock.expire(),
		expireNextBody: () => clock.expireNextBody(),
	};
}

/**
 * Starts the server.
 * @param elsewhere where redirects lead
 */
export async function startFaultServer(elsewhere: string): Promise<FaultServer> {
	let plan: Plan | undefined;
	const requests: ReceivedRequest[] = [];
	const server = http.createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const request: ReceivedRequest = {
				method: incoming.method ?? '',
				url: incoming.url ?? '',
				headers: incoming.headers,
				body: Buffer.concat(chunks).toString(),
			};
			requests.push(request);
			const { socket } = response;
			if (!plan || !socket) return;
			const answer = plan.answerTo(request);
			if (plan.fault?.serve && plan.hits(request))
				plan.fault.serve(wireOf(socket, plan.clock), {
					answer,
					elsewhere,
					key: plan.keyOf(request),
				});
			else socket.end(ordinary(answer));
		});
	});
	const handed = server.listeners('connection') as Array<(socket: Socket) => void>;
	server.removeAllListeners('connection');
	const running: FaultServer = {
		baseUrl: '',
		requests,
		resetConnections: 0,
		plan: (next) => {
			plan = next;
			requests.length = 0;
			running.resetConnections = 0;
		},
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
	server.on('connection', (socket: Socket) => {
		socket.on('error', () => undefined);
		if (plan?.fault?.everywhere !== 'reset') {
			for (const hand of handed) hand.call(server, socket);
			return;
		}
		running.resetConnections += 1;
		socket.resetAndDestroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	running.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/1.0`;
	return running;
}

/** An address on 127.0.0.1 that nothing listens on. */
export async function closedAddress(): Promise<string> {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return `http://127.0.0.1:${port}/1.0`;
}
