/**
 * What an operation gives where Maileon does not have what it was asked for.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Row } from './files';
import { MaileonFailure } from '../transport/failure';
import type { MaileonRequest } from '../maileon/request';

export const IF_NOT_FOUND = ['fail', 'nothing', 'emptyItem'] as const;
export type IfNotFound = (typeof IF_NOT_FOUND)[number];

/**
 * The rows of an action; where Maileon answers that there is no such thing, what was chosen for that,
 * or the rows that say so.
 * @throws what the action throws, unless it is "not found" and there are other rows for it
 */
export async function unlessNotFound(
	choice: IfNotFound | readonly IDataObject[],
	action: () => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
	if (choice === 'fail') return await action();
	const missing = typeof choice === 'string' ? rowsIfNotFound(choice) : [...choice];
	return await action().catch((error: unknown) => {
		if (isNotFound(error)) return missing;
		throw error;
	});
}

/** The rows that stand for something that does not exist. */
export function rowsIfNotFound(choice: Exclude<IfNotFound, 'fail'>): IDataObject[] {
	return choice === 'emptyItem' ? [{}] : [];
}

/**
 * What an answer without any match stands for: the documentation leaves open whether Maileon answers
 * with 404 or with an empty list, so both come out in the same way.
 */
export function noMatch({ method, advice }: MaileonRequest): MaileonFailure {
	return new MaileonFailure({ kind: 'status', outcome: 'refused', method, status: 404, advice });
}

/** Whether Maileon itself says 404, not a gateway in between or the server behind a wrong address. */
export function isNotFound(error: unknown): boolean {
	return (
		error instanceof MaileonFailure && error.facts.status === 404 && !error.facts.fromElsewhere
	);
}

/**
 * What a read gives; undefined where Maileon says that there is no such thing.
 * @throws what the read throws otherwise
 */
export async function ifFound<T>(read: () => Promise<T>): Promise<T | undefined> {
	return await read().catch((error: unknown) => {
		if (isNotFound(error)) return undefined;
		throw error;
	});
}
