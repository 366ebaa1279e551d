/**
 * What n8n calls at every poll, and when a person fetches a test event.
 */
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { FieldSelections } from '../../input/fieldSelection';
import { InputRefusal } from '../../input/refusal';
import { selectionQuery } from '../../maileon/contact/readableFields';
import { simplifyEntry } from '../../maileon/report/entries';
import type { ReportEvent } from '../../maileon/report/event';
import type { Query } from '../../maileon/request';
import { sentence } from '../../maileon/phrases';
import { translatingRejections } from '../../maileon/translate';
import { factsOf, nodeError } from '../../run/failures';
import { createClient } from '../../transport/client';
import { readBaseUrl } from '../../transport/credential';
import { MaileonFailure } from '../../transport/failure';
import { EVENTS } from './events';
import { httpSources } from './httpSource';
import { parametersOf, readSettings } from './parameters';
import type { Note } from './poll';
import type { ReportSources } from './source';
import { testEvents } from './testEvents';
import { pollInTurn } from './turn';
import { words } from './words';

/** How long a poll may take where n8n does not say, in milliseconds. */
const BUDGET = 30_000;
/** The part of what n8n grants that is planned with; the rest is for the last requests. */
const PLANNED = 0.8;

/** Newer versions of n8n tell how long a poll may take. */
type PollContext = IPollFunctions & { getPollBudgetMs?: () => number };

/**
 * The new events, an item each; null where there are none.
 * @throws NodeApiError or NodeOperationError on the first poll, later for lasting faults, and in manual
 * mode also where there is nothing to show
 */
export async function poll(context: PollContext): Promise<INodeExecutionData[][] | null> {
	return await translatingRejections(
		async () => await pollOrTest(context),
		(error) => nodeError(context.getNode(), { ...factsOf(error), ...onlyMessage(error) }),
	);
}

async function pollOrTest(context: PollContext): Promise<INodeExecutionData[][] | null> {
	const parameters = parametersOf(context);
	const settings = readSettings(parameters, context.getTimezone());
	const client = await createClient(context);
	const selections = new FieldSelections(client);
	let fields: Promise<Query> | undefined;
	const sources = httpSources(client, {
		queries: settings.queries,
		fields: async () => await (fields ??= selections.read(parameters).then(selectionQuery)),
	});
	const isManual = context.getMode() === 'manual';
	const found = isManual
		? await foundByHand(settings.kinds, sources)
		: await pollInTurn({
				node: `${context.getWorkflow().id} ${context.getNode().id}`,
				staticData: context.getWorkflowStaticData('node'),
				selection: {
					kinds: settings.kinds,
					filters: Object.fromEntries(settings.queries),
					baseUrl: await readBaseUrl(context),
				},
				settings: settings.poll,
				sources,
				now: () => Date.now(),
				...timeOf(context),
				isPassing,
				textOf: (error) => onlyMessage(error).message,
				log: (note) => log(context, note),
			});
	return found.length > 0 ? [itemsOf(found, settings.isSimple)] : null;
}

async function foundByHand(
	kinds: Parameters<typeof testEvents>[0],
	sources: ReportSources,
): Promise<ReportEvent[]> {
	const events = await testEvents(kinds, sources, Date.now());
	if (events.length === 0) throw new InputRefusal(words.noTestEvent());
	return events;
}

/** How long the poll may take, and after how long n8n no longer waits for it. */
function timeOf(context: PollContext): { budget: number; patience?: number } {
	const granted = context.getPollBudgetMs?.();
	return granted === undefined
		? { budget: BUDGET }
		: { budget: granted * PLANNED, patience: granted };
}

function itemsOf(events: readonly ReportEvent[], isSimple: boolean): INodeExecutionData[] {
	const receivedAt = new Date(Date.now()).toISOString();
	return events.map(({ kind, data }) => {
		const facts = { event: EVENTS[kind].value, received_at: receivedAt };
		return { json: { ...facts, ...(isSimple ? simplifyEntry(data) : data) } as IDataObject };
	});
}

function isPassing(error: unknown): boolean {
	if (!(error instanceof MaileonFailure)) return false;
	const { kind, status = 0 } = error.facts;
	return kind === 'status'
		? status === 429 || status >= 500
		: ['unreachable', 'broken', 'timeout'].includes(kind);
}

/**
 * All that there is to say in one message: when a workflow cannot be activated, n8n 1.x shows either the
 * message or the description, and its log never has the latter.
 */
function onlyMessage(error: unknown): { message: string; description: undefined } {
	const { message, description } = factsOf(error, { what: 'report' });
	return {
		message: [sentence(message), description].filter(Boolean).join(' '),
		description: undefined,
	};
}

function log(context: PollContext, { level, message }: Note): void {
	const text = `${context.getNode().name}: ${message}`;
	context.logger[level](text, { workflowId: context.getWorkflow().id });
}
