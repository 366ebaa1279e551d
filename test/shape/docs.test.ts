import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { allResources } from '../../nodes/Maileon/actions';
import { coverage } from '../../scripts/docs/coverage';
import { faultsPage } from '../../scripts/docs/faults';
import {
	anchorsOf,
	blocksOf,
	linksOf,
	sectionNames,
	sectionOf,
	unformatted,
} from '../../scripts/docs/markdown';
import { operationsOf, type Nodes } from '../../scripts/docs/nodes';
import { sectionsOf } from '../../scripts/docs/pages';
import { parameterSets, readsOf, WORLDS } from '../support/declaredParameters';
import { loadPackage } from '../support/engine';

const ROOT = path.resolve(__dirname, '../..');
const PAGES = [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'sandbox/README.md',
	...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => path.posix.join('docs', ...name.split(path.sep)))
		.sort(),
];
const endpoints = coverage.flatMap((area) => area.endpoints);
const operations = allResources.flatMap((resource) => resource.operations);

const textOf = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');
const scripts = Object.keys(
	(JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts,
);

let nodes: Nodes;

beforeAll(async () => {
	const { maileon, maileonReport, maileonMailing, maileonTrigger, maileonReportTrigger } = (
		await loadPackage()
	).nodeTypes;
	if (!maileon || !maileonReport || !maileonMailing || !maileonTrigger || !maileonReportTrigger)
		throw new Error('The package lacks a node');
	nodes = {
		actions: [maileon.description, maileonReport.description, maileonMailing.description],
		trigger: maileonTrigger.description,
		reportTrigger: maileonReportTrigger.description,
	};
});

describe('the README', () => {
	it('has at most 200 lines', () => {
		expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
	});
});

describe('the pages in docs/ (npm run docs writes what is made from the nodes)', () => {
	it('say what the nodes say', () => {
		for (const { page, name, content } of sectionsOf(nodes))
			expect({ page, name, text: unformatted(sectionOf(textOf(`docs/${page}`), name)) }).toEqual({
				page,
				name,
				text: unformatted(content),
			});
	});

	it('say nothing of what the nodes no longer have', () => {
		const made = sectionsOf(nodes).map(({ page, name }) => `docs/${page}: ${name}`);
		const written = PAGES.flatMap((page) =>
			sectionNames(textOf(page)).map((name) => `${page}: ${name}`),
		);
		expect(written.filter((section) => !made.includes(section))).toEqual([]);
	});

	it('say about faults what the fault matrix runs', () => {
		expect(unformatted(textOf('docs/faults.md'))).toBe(unformatted(faultsPage()));
	});
});

describe('links and commands', () => {
	it.each(PAGES)('%s leads to files, pictures and headings that exist', (page) => {
		const relative = linksOf(textOf(page)).filter((link) => !/^[a-z]+:/.test(link));
		const dead = relative.filter((link) => {
			const [file = '', anchor] = link.split('#');
			const target = file === '' ? page : path.join(path.dirname(page), file);
			if (!existsSync(path.join(ROOT, target))) return true;
			return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
		});
		expect(dead).toEqual([]);
	});

	it.each(PAGES)('%s names only commands that exist', (page) => {
		const named = [...textOf(page).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
		expect(named.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
	});

	it.each(PAGES)('%s shows JSON that parses', (page) => {
		const broken = blocksOf(textOf(page), 'json').filter((block) => !isJson(block));
		expect(broken).toEqual([]);
	});

	it('every command is explained in CONTRIBUTING.md', () => {
		const text = textOf('CONTRIBUTING.md');
		const commands = scripts.map((name) => (name === 'test' ? 'npm test' : `npm run ${name}`));
		expect(commands.filter((command) => !text.includes(`\`${command}\``))).toEqual([]);
	});
});

describe('messages', () => {
	const words = wordsOfTheCode();

	it.each(PAGES)('%s quotes only what the nodes say', (page) => {
		const invented = quotedMessages(textOf(page)).filter(
			(message) => !runsOfWords(longestPart(message)).some((run) => words.includes(run)),
		);
		expect(invented).toEqual([]);
	});
});

describe('the page about AI agents', () => {
	it('names what they do not get', () => {
		const [, table = ''] = textOf('docs/use-cases/ai-agents.md').split('\n## What agents get');
		const named = table
			.split('\n## ')[0]
			?.split('\n')
			.flatMap((line) => {
				const [, resourceNames = '', operationNames = ''] = line.split('|');
				const bold = [...operationNames.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name);
				return resourceNames
					.split(', ')
					.flatMap((resource) => bold.map((name) => `${resource.trim()}: ${name}`));
			});
		const kept = allResources.flatMap(({ name: resource, operations: all }) =>
			all.filter(({ notForAgents }) => notForAgents).map(({ name }) => `${resource}: ${name}`),
		);
		expect(named?.sort()).toEqual(kept.sort());
	});
});

describe('the list of articles', () => {
	it('holds all 43 endpoints of the contacts part', () => {
		const ofContacts = endpoints.filter((one) => one.path.startsWith('/contacts'));
		const requests = ofContacts.map((one) => `${one.method} ${one.path}`);
		expect(new Set(requests).size).toBe(43);
		expect(requests).toHaveLength(43);
	});

	it('names every operation of the node', () => {
		const named = new Set(endpoints.flatMap(({ servedBy }) => servedBy));
		const missing = [...operationsOf(nodes).keys()].filter((name) => !named.has(name));
		expect(missing).toEqual([]);
	});

	it('agrees with the requests that the operations make', async () => {
		const claimed = endpoints
			.filter(({ note }) => note === undefined)
			.flatMap(({ method, path: template, servedBy }) =>
				servedBy
					.filter((name) => /^\w+\.\w+$/.test(name))
					.map((name) => `${name}: ${method} ${template}`),
			);
		const made = new Set<string>();
		for (const operation of operations)
			for (const values of parameterSets(operation))
				for (const world of operation.resource.startsWith('mailing') ? WORLDS : WORLDS.slice(0, 1))
					for (const request of (await readsOf(operation, values, world)).requests) {
						const template = templateOf(request.method, request.path);
						made.add(`${operation.resource}.${operation.value}: ${request.method} ${template}`);
					}
		expect(claimed.filter((claim) => !made.has(claim))).toEqual([]);
		expect([...made].filter((request) => request.endsWith('undocumented'))).toEqual([]);
	});
});

/** The documented path that a request goes to; fixed segments count before those with a value. */
function templateOf(method: string, segments: readonly string[]): string {
	const fitting = endpoints.filter((one) => {
		const parts = one.path.split('/').filter((part) => part !== '');
		return (
			one.method === method &&
			parts.length === segments.length &&
			parts.every((part, index) => part.startsWith(':') || part === segments[index])
		);
	});
	const values = (template: string) => template.split(':').length;
	const [best] = fitting.sort((one, other) => values(one.path) - values(other.path));
	return best?.path ?? `/${segments.join('/')} is undocumented`;
}

/** Quoted messages in the first column of tables; an ellipsis stands for what differs from time to time. */
function quotedMessages(markdown: string): string[] {
	return markdown
		.split('\n')
		.flatMap(
			(line) => /^\|((?:\\.|[^|\\])*)\|/.exec(line)?.[1]?.match(/["„].*?[”"“](?!\w)/g) ?? [],
		);
}

/** The longest text between two ellipses. */
function longestPart(message: string): string {
	const parts = message
		.slice(1, -1)
		.split('…')
		.map((part) => part.trim().replace(/[.:]$/, ''));
	return parts.sort((one, other) => other.length - one.length)[0] ?? '';
}

const WORDS_IN_A_RUN = 4;

/** Words that follow each other: messages are put together in the code, so only a part is there as it is. */
function runsOfWords(text: string): string[] {
	const all = text.split(' ');
	const last = Math.max(0, all.length - WORDS_IN_A_RUN);
	return Array.from({ length: last + 1 }, (_, start) =>
		all.slice(start, start + WORDS_IN_A_RUN).join(' '),
	);
}

/** All texts of the nodes. */
function wordsOfTheCode(): string {
	const nodesFolder = path.join(ROOT, 'nodes');
	return readdirSync(nodesFolder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => readFileSync(path.join(nodesFolder, name), 'utf8'))
		.join('\n');
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
