import { monitorEventLoopDelay } from 'node:perf_hooks';

import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { readAnswer } from '../nodes/Maileon/maileon/answer';
import { cutIntoBatches } from '../nodes/Maileon/maileon/batches';
import type { Contact } from '../nodes/Maileon/maileon/contact/contact';
import { matchRefused } from '../nodes/Maileon/maileon/contact/matching';
import { readSynchronizationReport } from '../nodes/Maileon/maileon/contact/report';
import { Utf8Text } from '../nodes/Maileon/maileon/utf8Text';
import { readXml } from '../nodes/Maileon/maileon/xml/read';
import { CONTACTS_FRAME, contactElement } from '../nodes/Maileon/maileon/xml/write';
import {
	FIELD_KEYS,
	flatContact,
	itemsOf,
	mappedBy,
	MAPPED_AUTOMATICALLY,
	nestedContact,
} from './contacts';
import type { Bench, MeasuredNode } from './engine';
import { median, medianOf, rounds, timeOf } from './measure';
import { pageOfClicks, pageOfContacts } from './pages';
import { buffering, concatenating, creating, posting } from './rawLimit';
import { rawPages } from './rawPages';
import { startSink, type Sink } from './sinkProcess';

export interface Row {
	name: string;
	/** The measured ratio, in words. */
	measured: string;
	goal: string;
	met: boolean;
}

export interface Surroundings {
	bench: Bench;
	sink: Sink;
	slowSink: Sink;
	/** How many rounds the medians are taken of. */
	pairs: number;
}

type Scenario = (surroundings: Surroundings) => Promise<Row | Row[]>;

const factor = (ratio: number) => `${ratio.toFixed(2)} ×`;

function atMost(name: string, ratio: number, limit: number, detail: string): Row {
	return {
		name,
		measured: `${factor(ratio)} (${detail})`,
		goal: `at most ${limit} ×`,
		met: ratio <= limit,
	};
}

function atLeast(name: string, ratio: number, limit: number, detail: string): Row {
	return {
		name,
		measured: `${factor(ratio)} (${detail})`,
		goal: `at least ${limit} ×`,
		met: ratio >= limit,
	};
}

const perContact = (milliseconds: number, contacts: number) =>
	`${((milliseconds * 1000) / contacts).toFixed(1)} µs`;

function synchronizeNode(bench: Bench, contactFields: IDataObject, further: IDataObject = {}) {
	const parameters = { resource: 'contact', operation: 'synchronize', contactFields, ...further };
	return { type: bench.maileon, parameters };
}

/** The node against the faster of two raw loops that send the same bytes. */
async function againstRawLimit(
	{ bench, sink, pairs }: Surroundings,
	node: MeasuredNode,
	contact: (index: number) => IDataObject,
) {
	const count = 10_000;
	const items = itemsOf(count, contact);
	const flat = itemsOf(count);
	const raw = { type: bench.typeOfOwn('raw') };
	const runOurs = () => bench.run(node, () => items, sink.baseUrl);
	const runRaw = (loop: typeof concatenating) => () =>
		bench.run(raw, () => flat, sink.baseUrl, loop);
	const sent = await sink.record(runOurs);
	for (const loop of [concatenating, buffering])
		if ((await sink.record(runRaw(loop))) !== sent)
			throw new Error('The node and the raw limit do not send the same bytes');
	const bodies = sent.split(/(?=<\?xml)/).map((body) => Buffer.from(body));
	const all = await rounds(pairs, {
		ours: async () => (await runOurs()).milliseconds,
		concatenating: async () => (await runRaw(concatenating)()).milliseconds,
		buffering: async () => (await runRaw(buffering)()).milliseconds,
		floor: async () => (await runRaw(posting(bodies))()).milliseconds,
	});
	const medians = {
		ours: medianOf(all, ({ ours }) => ours),
		concatenating: medianOf(all, (times) => times.concatenating),
		buffering: medianOf(all, (times) => times.buffering),
		floor: medianOf(all, ({ floor }) => floor),
	};
	const faster = medians.buffering < medians.concatenating ? 'buffering' : 'concatenating';
	const ratios = all.map((times) => times.ours / times[faster]);
	const each = (name: keyof typeof medians) => perContact(medians[name], count);
	const detail =
		`${factor(Math.min(...ratios))} to ${factor(Math.max(...ratios))}; ` +
		`${each('ours')} a contact against ${each('concatenating')} concatenating, ` +
		`${each('buffering')} into a buffer, ${each('floor')} for posting alone`;
	return { ratio: median(ratios), detail };
}

const automatic: Scenario = async (surroundings) => {
	const node = synchronizeNode(surroundings.bench, MAPPED_AUTOMATICALLY);
	const { ratio, detail } = await againstRawLimit(surroundings, node, flatContact);
	return atMost('10,000 contacts, automatic mapping, against the raw limit', ratio, 1.3, detail);
};

const PLAIN = mappedBy({
	email: '={{ $json.email }}',
	FIRSTNAME: '={{ $json["First Name"] }}',
	LASTNAME: '={{ $json["Last Name"] }}',
	CITY: '={{ $json.address.city }}',
	ZIP: '={{ $json.address.zip }}',
	ORGANIZATION: '={{ $json.Organization }}',
	COUNTRY: '={{ $json.address.country }}',
});

const manual: Scenario = async (surroundings) => {
	const node = synchronizeNode(surroundings.bench, PLAIN);
	const { ratio, detail } = await againstRawLimit(surroundings, node, nestedContact);
	return atMost('10,000 contacts, plain references, against the raw limit', ratio, 1.5, detail);
};

const COMPUTING = {
	email: '={{ $json.email.toLowerCase() }}',
	FIRSTNAME: '={{ $json["First Name"].trim() }}',
	LASTNAME: '={{ $json["Last Name"].toUpperCase() }}',
	CITY: '={{ $json.City + "" }}',
	ZIP: '={{ String($json.ZIP) }}',
	ORGANIZATION: '={{ $json.Organization || "none" }}',
};

const computing: Scenario = async ({ bench, sink, pairs }) => {
	const count = 500;
	const items = itemsOf(count);
	const assignments = Object.entries(COMPUTING).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: 'string',
	}));
	const set = {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'manual', assignments: { assignments }, options: {} },
	};
	const node = synchronizeNode(bench, mappedBy(COMPUTING));
	const raw = { type: bench.typeOfOwn('raw') };
	const time = async (measured: MeasuredNode, own?: typeof concatenating) =>
		(await bench.run(measured, () => items, sink.baseUrl, own)).milliseconds;
	const all = await rounds(
		pairs,
		{
			ours: () => time(node),
			set: () => time(set),
			raw: () => time(raw, buffering),
		},
		1,
	);
	const ratio = medianOf(all, (times) => times.ours / (times.set + times.raw));
	const detail = `${perContact(
		medianOf(all, ({ ours }) => ours),
		count,
	)} against ${perContact(
		medianOf(all, (times) => times.set + times.raw),
		count,
	)} a contact`;
	return atMost(
		'Six computing expressions, against Edit Fields and the raw limit',
		ratio,
		1.2,
		detail,
	);
};

function contactsToWrite(count: number): Contact[] {
	return itemsOf(count).map(({ json }) => ({
		email: String(json.email),
		standardFields: FIELD_KEYS.map(([column, key]) => [column, String(json[key])] as const),
		customFields: [],
		preferences: [],
	}));
}

/** The same contact as an object that the builder writes as the same XML. */
function builderContact({ email, standardFields }: Contact) {
	const field = standardFields.map(([name, value]) => ({ name, value }));
	return { email, standard_fields: { field } };
}

const serializing: Scenario = async ({ pairs }) => {
	const contacts = contactsToWrite(10_000);
	const batches = Array.from({ length: 10 }, (_, batch) =>
		contacts.slice(batch * 1_000, (batch + 1) * 1_000),
	);
	const builder = new XMLBuilder({ processEntities: true });
	const objects = batches.map((batch) => ({ contacts: { contact: batch.map(builderContact) } }));
	const xml = new Utf8Text();
	const ours = (batch: number) => {
		xml.append(CONTACTS_FRAME.start);
		for (const contact of batches[batch] ?? []) xml.append(contactElement(contact));
		xml.append(CONTACTS_FRAME.end);
		return xml.take();
	};
	const built = (batch: number) =>
		Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${String(builder.build(objects[batch]))}`);
	if (!ours(0).equals(built(0))) throw new Error('The builder writes something else');
	const read: unknown[] = [];
	// Each contender ends with the bytes that are sent, so that no work is left undone.
	const written = (write: (batch: number) => Buffer) => () =>
		timeOf(() => {
			for (let batch = 0; batch < batches.length; batch++) read[batch] = write(batch);
		});
	const all = await rounds(pairs, {
		ours: written(ours),
		builder: written(built),
		json: written((batch) => Buffer.from(JSON.stringify(objects[batch]))),
	});
	const name = 'Writing the XML of 10 batches of 1,000 contacts';
	return [
		atLeast(
			`${name}: faster than fast-xml-parser's builder`,
			medianOf(all, (times) => times.builder / times.ours),
			5,
			`${perContact(
				medianOf(all, (times) => times.ours),
				contacts.length,
			)} a contact`,
		),
		{
			name: `${name}: against JSON.stringify`,
			measured: factor(medianOf(all, (times) => times.ours / times.json)),
			goal: 'none',
			met: true,
		},
	];
};

const latency: Scenario = async ({ bench, slowSink }) => {
	const items = itemsOf(1_000).map(({ json }, index) => ({ json: { ...json, key: `k${index}` } }));
	const create = (concurrency: number) => ({
		type: bench.maileon,
		parameters: {
			resource: 'contact',
			operation: 'createByExternalId',
			externalId: '={{ $json.key }}',
			email: '={{ $json.email }}',
			contactFields: MAPPED_AUTOMATICALLY,
			options: { concurrency },
		},
	});
	const synchronize = synchronizeNode(bench, MAPPED_AUTOMATICALLY);
	const time = async (node: MeasuredNode, used: INodeExecutionData[]) =>
		(await bench.run(node, () => used, slowSink.baseUrl)).milliseconds / used.length;
	// One contact at a time takes a minute, so a tenth of the contacts stands for all of them there.
	const all = await rounds(
		7,
		{
			synchronize: () => time(synchronize, items),
			sequential: () => time(create(1), items.slice(0, 100)),
			five: () => time(create(5), items.slice(0, 200)),
		},
		1,
	);
	return [
		atLeast(
			'50 ms latency: Synchronize against one create after the other',
			medianOf(all, (times) => times.sequential / times.synchronize),
			200,
			'contacts a second',
		),
		atLeast(
			'50 ms latency: five creates at a time against one',
			medianOf(all, (times) => times.sequential / times.five),
			4.5,
			'contacts a second',
		),
	];
};

function reportOf(contacts: readonly Contact[]): string {
	const entries = contacts.map(
		({ email }) =>
			`<contact><email>${email}</email><error code="10"><error_field>email</error_field></error></contact>`,
	);
	return `<?xml version="1.0" encoding="UTF-8"?><report><success>true</success><count_contacts>${contacts.length}</count_contacts><invalid_contacts>${entries.join('')}</invalid_contacts></report>`;
}

const invalid: Scenario = async ({ pairs }) => {
	const contacts = contactsToWrite(5_000);
	const text = reportOf(contacts);
	const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
	const read = () => {
		const answer = readAnswer(text);
		if (answer.kind !== 'xml') throw new Error('The report cannot be read');
		const { invalid_contacts } = readSynchronizationReport(answer.root);
		const found = matchRefused(invalid_contacts, contacts, 'email');
		if (found.some((index, entry) => index !== entry)) throw new Error('Matched wrongly');
	};
	const all = await rounds(pairs, {
		ours: () => timeOf(read),
		parser: () => timeOf(() => parser.parse(text) as unknown),
	});
	const ratio = medianOf(all, (times) => times.ours / times.parser);
	const detail = `${medianOf(all, ({ ours }) => ours).toFixed(0)} ms`;
	return atMost(
		'Report with 5,000 invalid contacts, checked, read and matched, against the parser alone',
		ratio,
		1.5,
		detail,
	);
};

/** Lists never share a request, so all that were read ahead wait for one of their own. */
const lists: Scenario = async ({ pairs }) => {
	const counts = { few: 2_000, many: 20_000 };
	const cut = (count: number) => () => {
		const entries = Array.from({ length: count }, (_one, index) => ({
			payload: index,
			keys: [`person${index}@example.com`],
			group: `list ${index}`,
			bytes: 100,
		}));
		const cutting = timeOf(() => {
			let sent = 0;
			const limits = { size: 10_000, bytes: 8_000_000 };
			for (const { payloads } of cutIntoBatches(entries, limits)) sent += payloads.length;
			if (sent !== count) throw new Error('Entries were lost');
		});
		return cutting / count;
	};
	const all = await rounds(pairs, { few: cut(counts.few), many: cut(counts.many) });
	const ratio = medianOf(all, ({ few, many }) => many / few);
	const detail = `${(medianOf(all, ({ many }) => many) * 1000).toFixed(1)} µs a list`;
	return atMost('Cutting 20,000 lists of one contact, time a list against 2,000', ratio, 2, detail);
};

/** A hundred pages of a thousand entries, as the nodes read them. */
function readers(bench: Bench, concurrency: number): Record<'clicks' | 'contacts', MeasuredNode> {
	const all = { returnAll: true, simplify: false, options: { concurrency } };
	return {
		clicks: {
			type: bench.report,
			parameters: { resource: 'report', operation: 'getClicks', ...all },
		},
		contacts: {
			type: bench.maileon,
			parameters: {
				resource: 'contact',
				operation: 'getMany',
				standardFields: [],
				customFields: [],
				...all,
			},
		},
	};
}

const PAGES = 100;
const ONE_ITEM: INodeExecutionData[] = [{ json: {} }];

/** Reading lists: pages ahead at a latency, and the node's own work against the parser alone. */
const reading: Scenario = async ({ bench, sink, slowSink }) => {
	const time = async (node: MeasuredNode, { baseUrl }: Sink) =>
		(await bench.run(node, () => ONE_ITEM, baseUrl)).milliseconds;
	const ahead = await rounds(
		3,
		{
			one: () => time(readers(bench, 1).clicks, slowSink),
			three: () => time(readers(bench, 3).clicks, slowSink),
			contactsOne: () => time(readers(bench, 1).contacts, slowSink),
			contactsThree: () => time(readers(bench, 3).contacts, slowSink),
		},
		1,
	);
	const texts = { clicks: pageOfClicks(), contacts: pageOfContacts() };
	const parsed = (text: string) => () =>
		timeOf(() => {
			for (let page = 0; page < PAGES; page++) readXml(text);
		});
	const raw = { type: bench.typeOfOwn('rawPages') };
	const fetched = (path: string) => async () =>
		await busyTime(() => bench.run(raw, () => ONE_ITEM, sink.baseUrl, rawPages(path, PAGES, 3)));
	const work = await rounds(
		5,
		{
			clicks: async () => await busyTime(() => time(readers(bench, 3).clicks, sink)),
			fetchedClicks: fetched('reports/clicks'),
			parsedClicks: async () => await busyTime(parsed(texts.clicks)),
			contacts: async () => await busyTime(() => time(readers(bench, 3).contacts, sink)),
			fetchedContacts: fetched('contacts'),
			parsedContacts: async () => await busyTime(parsed(texts.contacts)),
		},
		1,
	);
	const reading = {
		clicks: medianOf(work, (times) => (times.clicks - times.fetchedClicks) / times.parsedClicks),
		contacts: medianOf(
			work,
			(times) => (times.contacts - times.fetchedContacts) / times.parsedContacts,
		),
	};
	const holds = {
		clicks: await longestHold(() => time(readers(bench, 3).clicks, sink)),
		contacts: await longestHold(() => time(readers(bench, 3).contacts, sink)),
	};
	const pages = {
		clicks: medianOf(work, ({ clicks }) => clicks) / PAGES,
		contacts: medianOf(work, ({ contacts }) => contacts) / PAGES,
	};
	const held = (list: keyof typeof holds): Row => ({
		name: `Reading 100,000 ${list}: longest hold of the event loop, in pages of 1,000`,
		measured: `${(holds[list] / pages[list]).toFixed(1)} (${holds[list].toFixed(0)} ms; a page takes ${pages[list].toFixed(0)} ms)`,
		goal: 'none',
		met: true,
	});
	const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
	const parts = (all: number, fetching: number, parsing: number) =>
		`${seconds(all)} in all, ${seconds(fetching)} for fetching the bytes alone, ${seconds(parsing)} for the parser alone`;
	return [
		atLeast(
			'50 ms latency: 100,000 clicks, three pages at a time against one',
			medianOf(ahead, ({ one, three }) => one / three),
			2.5,
			seconds(medianOf(ahead, ({ three }) => three)),
		),
		{
			...atLeast(
				'50 ms latency: 100,000 contacts with ten fields, three pages at a time against one',
				medianOf(ahead, ({ contactsOne, contactsThree }) => contactsOne / contactsThree),
				1,
				seconds(medianOf(ahead, ({ contactsThree }) => contactsThree)),
			),
			goal: 'none',
		},
		atMost(
			'Reading 100,000 clicks: processor time without that of fetching, against the parser alone',
			reading.clicks,
			1.3,
			parts(
				medianOf(work, ({ clicks }) => clicks),
				medianOf(work, ({ fetchedClicks }) => fetchedClicks),
				medianOf(work, ({ parsedClicks }) => parsedClicks),
			),
		),
		atMost(
			'Reading 100,000 contacts with ten fields: the same',
			reading.contacts,
			1.3,
			parts(
				medianOf(work, ({ contacts }) => contacts),
				medianOf(work, ({ fetchedContacts }) => fetchedContacts),
				medianOf(work, ({ parsedContacts }) => parsedContacts),
			),
		),
		held('clicks'),
		held('contacts'),
	];
};

/** The longest time in milliseconds for which nothing else could run while something runs. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
	const delays = monitorEventLoopDelay({ resolution: 1 });
	delays.enable();
	await work();
	delays.disable();
	return delays.max / 1e6;
}

/** The processor time of this process in milliseconds while something runs. */
async function busyTime(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

/** Requests of Synchronize side by side, where Maileon takes a second for each. */
const parallel: Scenario = async ({ bench }) => {
	const batches = 100;
	const batchSize = 10;
	const items = itemsOf(batches * batchSize);
	const slowest = await startSink(1_000);
	const time = async (parallelRequests: number) => {
		const options = { batchSize, parallelRequests };
		const node = synchronizeNode(bench, MAPPED_AUTOMATICALLY, { options });
		return (await bench.run(node, () => items, slowest.baseUrl)).milliseconds;
	};
	// A round takes more than two minutes, of which all but a trace is waiting.
	const [times] = await rounds(1, { one: () => time(1), four: () => time(4) }, 0);
	slowest.stop();
	if (!times) throw new Error('Nothing was measured');
	return atLeast(
		'1 s a request, 100 requests: Synchronize with four at a time against one',
		times.one / times.four,
		3.8,
		`${(times.four / 1_000).toFixed(1)} s`,
	);
};

/** Many creates at a latency; those that wait hold next to nothing. */
const manyCreates: Scenario = async ({ bench }) => {
	const remote = await startSink(20);
	const create = (concurrency: number) => ({
		type: bench.maileon,
		parameters: {
			resource: 'contact',
			operation: 'createByExternalId',
			externalId: '={{ $json.email }}',
			contactFields: MAPPED_AUTOMATICALLY,
			options: { concurrency },
		},
	});
	const time = async (concurrency: number, count: number) => {
		const items = itemsOf(count);
		return (await bench.run(create(concurrency), () => items, remote.baseUrl)).milliseconds / count;
	};
	const raw = { type: bench.typeOfOwn('raw') };
	const rawTime = async (atATime: number, count: number) => {
		const items = itemsOf(count);
		const run = await bench.run(raw, () => items, remote.baseUrl, creating(atATime));
		return run.milliseconds / count;
	};
	// One at a time takes half an hour, so a few of them stand for all there.
	const [times] = await rounds(
		1,
		{
			one: () => time(1, 1_000),
			twenty: () => time(20, 100_000),
			rawOne: () => rawTime(1, 1_000),
			rawTwenty: () => rawTime(20, 20_000),
		},
		0,
	);
	remote.stop();
	if (!times) throw new Error('Nothing was measured');
	return atLeast(
		'20 ms latency: 100,000 creates, twenty at a time against one',
		times.one / times.twenty,
		18,
		`${times.twenty.toFixed(2)} ms a contact; requests of n8n alone, without a node: ${factor(times.rawOne / times.rawTwenty)}, ${times.rawTwenty.toFixed(2)} ms`,
	);
};

/** All scenarios that run in this process. */
export const scenarios: Record<string, Scenario> = {
	automatic,
	manual,
	computing,
	serializing,
	latency,
	invalid,
	lists,
	reading,
	parallel,
	manyCreates,
};
