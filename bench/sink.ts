/**
 * A server that swallows contacts and answers each request at once with the same report, and lists with
 * the same page, so that its own work does not hide the work that is measured. Runs as a process of its own:
 * `sink.ts [latency in milliseconds]`, and tells its port to its parent.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { pageOfClicks, pageOfContacts } from './pages';

const latency = Number(process.argv[2] ?? 0);
const REPORT = `<?xml version="1.0" encoding="UTF-8"?><report><success>true</success><count_contacts>1000</count_contacts><count_existing_contacts>0</count_existing_contacts><count_new_contacts>1000</count_new_contacts><count_invalid_contacts>0</count_invalid_contacts><count_unsubscribed_contacts>0</count_unsubscribed_contacts><invalid_contacts/></report>`;

/** Pages of lists, each the same hundred times. */
const LISTS: Readonly<Record<string, Buffer>> = {
	'/1.0/reports/clicks': Buffer.from(pageOfClicks()),
	'/1.0/contacts': Buffer.from(pageOfContacts()),
};
const PAGES = 100;

let recorded: Buffer[] | undefined;
let received = 0;

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer) {
	response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
	response.end(body);
}

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => recorded && chunks.push(chunk));
	request.on('end', () => {
		if (request.url === '/record') recorded = [];
		if (request.url === '/recorded') {
			answer(response, 200, 'text/plain', Buffer.concat(recorded ?? []));
			recorded = undefined;
			return;
		}
		if (request.url === '/received') {
			answer(response, 200, 'text/plain', String(received));
			return;
		}
		received += 1;
		recorded?.push(...chunks);
		const list = request.method === 'GET' ? LISTS[request.url?.split('?')[0] ?? ''] : undefined;
		if (list) response.setHeader('X-Pages', String(PAGES));
		const send = () => answer(response, 200, 'application/vnd.maileon.api+xml', list ?? REPORT);
		if (latency > 0) setTimeout(send, latency);
		else send();
	});
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
