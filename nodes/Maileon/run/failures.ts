/**
 * Turns whatever went wrong into the two forms that n8n knows: a thrown error, and an error row.
 */
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import type { Identifiers } from '../maileon/contact/contact';
import { sentence } from '../maileon/phrases';
import { InputRefusal } from '../input/refusal';
import { BaseUrlRefusal } from '../transport/baseUrl';
import { MaileonFailure } from '../transport/failure';
import { PathRefusal } from '../maileon/request';
import { ExplainedFailure, ExplainedRefusal } from '../transport/refusal';
import { explain, type Explanation, type Subject } from '../transport/words';

/** The facts of an error row: only the parts that exist. */
export interface ErrorFacts extends Explanation {
	contact?: Identifiers;
}

/** What happened, in words, with the identifiers of the contact that it happened to. */
export function factsOf(error: unknown, subject: Subject = {}, contact?: Identifiers): ErrorFacts {
	const { message, description, ...others } = explanationOf(error, subject);
	const facts: ErrorFacts = {
		message: sentence(message),
		description: description && sentence(description),
		...others,
	};
	if (contact && Object.keys(contact).length > 0) facts.contact = contact;
	return withoutMissing(facts);
}

function withoutMissing(facts: ErrorFacts): ErrorFacts {
	const parts = Object.entries(facts).filter(([, part]) => part !== undefined && part !== '');
	return { message: facts.message, ...Object.fromEntries(parts) };
}

function explanationOf(error: unknown, subject: Subject): Explanation {
	if (error instanceof ExplainedRefusal || error instanceof ExplainedFailure)
		return error.explanation;
	if (error instanceof MaileonFailure) return explain(error.facts, subject);
	if (error instanceof InputRefusal) return { message: error.message, ...error.details };
	if (error instanceof PathRefusal) return { message: error.message };
	if (error instanceof BaseUrlRefusal)
		return { message: error.message, description: 'Change the Base URL in the credential.' };
	if (error instanceof Error)
		return {
			message: error.message,
			...('description' in error &&
				typeof error.description === 'string' && { description: error.description }),
		};
	return { message: String(error) };
}

/**
 * The only error row that leaves by the error branch on every version of n8n: `error` and nothing
 * beside it, linked to its input item.
 */
export function errorRow(facts: ErrorFacts, item: number): INodeExecutionData {
	return { json: { error: { ...facts } as unknown as IDataObject }, pairedItem: { item } };
}

/** Which of the input items an error is about. */
export interface FailedItem {
	/** Index of the input item; undefined where it is about none in particular. */
	index: number | undefined;
	/** How many items came in. */
	of: number;
}

/** What people call an input item, who count from 1: `item 2 of 5`. */
export function itemName(index: number, count: number): string {
	return `item ${index + 1} of ${count}`;
}

const MOST_LISTED = 10;

/** Names the items that failed although Maileon may have acted on them; undefined where there are none. */
export function doubtSentence(items: readonly number[]): string | undefined {
	const others = [...new Set(items)].sort((a, b) => a - b);
	if (others.length === 0) return undefined;
	const named = others.slice(0, MOST_LISTED).map((index) => `item ${index + 1}`);
	const more = others.length - named.length;
	return `Maileon may have acted on ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} too, but did not confirm it.`;
}

/**
 * A fresh error for n8n to show, made of facts: it carries no request, no header and no key. Where several
 * items came in, it names the one that failed.
 */
export function nodeError(node: INode, facts: ErrorFacts, item?: FailedItem): Error {
	const { message, description, http_status: status, contact } = facts;
	const said = [message, description].join(' ');
	const details = [
		description,
		...stepSentences(facts),
		contactSentence(contact, said),
		itemSentence(item, said),
	]
		.filter(Boolean)
		.join(' ');
	const itemIndex = item?.index;
	const options = { message, description: details || undefined, itemIndex };
	if (status === undefined && facts.code === undefined)
		return new NodeOperationError(node, message, options);
	return new NodeApiError(node, { message } as JsonObject, {
		...options,
		httpCode: status === undefined ? undefined : String(status),
	});
}

/** How far something came that takes several steps. */
function stepSentences({ done, not_done: notDone }: ErrorFacts): string[] {
	const sentences = [
		['Done', done],
		['Not done', notDone],
	] as const;
	return sentences.flatMap(([title, steps]) =>
		steps && steps.length > 0 ? [`${title}: ${steps.join(', ')}.`] : [],
	);
}

/** Names the contact, without what was said of it before. */
function contactSentence(contact: Identifiers | undefined, said: string): string | undefined {
	const news = Object.entries(contact ?? {}).filter(([, value]) => !said.includes(String(value)));
	return news.length > 0 ? `Contact: ${describeContact(Object.fromEntries(news))}.` : undefined;
}

function itemSentence(item: FailedItem | undefined, said: string): string | undefined {
	if (item?.index === undefined || item.of < 2) return undefined;
	const name = itemName(item.index, item.of);
	return said.toLowerCase().includes(name) ? undefined : `This is ${name}.`;
}

/** The identifiers of a contact in one line. */
export function describeContact(contact: Identifiers): string {
	const parts = [
		contact.email && `email ${contact.email}`,
		contact.external_id && `external ID ${contact.external_id}`,
		contact.id !== undefined && `Maileon ID ${contact.id}`,
	];
	return parts.filter(Boolean).join(', ');
}
