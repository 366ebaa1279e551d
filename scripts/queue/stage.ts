import type { Sandbox } from '../../sandbox';
import { waitFor, type Credential } from '../n8n';
import type { Fleet } from './fleet';
import { serve, type Person, type Served, type Work } from './workflows';

/** How long Maileon takes for an answer, in milliseconds: as long as a real one may. */
const LATENCY = 500;
const CALLS_AT_A_TIME = 20;
const QUIET_TIMEOUT = 900_000;

/** What all scenarios play on. */
export class Stage {
	/** What was not as it should be. */
	readonly failures: string[] = [];
	/** What is worth knowing, as Markdown. */
	readonly told: string[] = [];
	private readonly served = new Map<string, Promise<Served>>();

	constructor(
		readonly version: string,
		readonly fleet: Fleet,
		readonly sandbox: Sandbox,
		private readonly credential: Credential,
		readonly say: (line: string) => void,
	) {}

	/** An empty account of a Maileon that takes its time. */
	newAccount(): void {
		this.sandbox.reset();
		this.sandbox.fail({ method: 'POST', times: Number.MAX_SAFE_INTEGER, delayMs: LATENCY });
	}

	/** The workflow that does this work, in service. */
	async workflow(work: Work): Promise<Served> {
		const known = this.served.get(work) ?? this.putInService(work);
		this.served.set(work, known);
		return await known;
	}

	private async putInService(work: Work): Promise<Served> {
		const served = await serve(this.fleet.client, this.credential, work);
		await waitFor(`the webhook of ${work}`, async () =>
			(await this.fleet.serves(served.path)) ? true : undefined,
		);
		return served;
	}

	get access(): Credential {
		return this.credential;
	}

	/** Calls the workflow once for each group of people, many calls at a time. */
	async call(work: Work, groups: Person[][], url = this.fleet.webhookUrl): Promise<void> {
		const { path } = await this.workflow(work);
		const waiting = [...groups];
		const callAll = async (): Promise<void> => {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				await post(`${url}/webhook/${path}`, JSON.stringify({ people: next }), {
					'content-type': 'application/json',
				});
			}
		};
		await Promise.all(Array.from({ length: CALLS_AT_A_TIME }, callAll));
	}

	/** Waits until no execution waits or is under way. */
	async quiet(): Promise<void> {
		const isQuiet = async (): Promise<true | undefined> => {
			if ((await this.fleet.jobs()) > 0) return undefined;
			const found = await this.fleet.executions();
			return found.has('new') || found.has('running') ? undefined : true;
		};
		await waitFor('the last execution', isQuiet, QUIET_TIMEOUT);
	}

	expect(words: string, holds: boolean): void {
		this.say(`${holds ? '✔' : '✖'} ${words}`);
		if (!holds) this.failures.push(words);
	}

	/** Keeps a sentence for the Markdown. */
	tell(words: string): void {
		this.say(words);
		this.told.push(words);
	}
}

/** Gives n8n access to the sandbox. */
export async function saveCredential(
	{ client }: Fleet,
	{ apiKey, baseUrl }: Sandbox,
): Promise<Credential> {
	return await client.saveCredential('maileonRestApi', 'Maileon account', { apiKey, baseUrl });
}

/** @throws when the answer is no success */
export async function post(
	url: string,
	body: string | FormData,
	headers: Record<string, string> = {},
): Promise<void> {
	const response = await fetch(url, { method: 'POST', body, headers });
	const answer = await response.text();
	if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${answer}`);
}

/** How often each of the texts occurs. */
export function timesOf(texts: Iterable<string>): Map<string, number> {
	const times = new Map<string, number>();
	for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
	return times;
}

/** How many of the texts occur more than once. */
export function repeated(texts: Iterable<string>): number {
	return [...timesOf(texts).values()].filter((times) => times > 1).length;
}

/** A number as people write it. */
export function number(value: number): string {
	return value.toLocaleString('en');
}

/** A table in Markdown, of rows of cells. */
export function table(rows: ReadonlyArray<readonly string[]>): string {
	return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
