/**
 * A mailing as one contact would get it.
 * Rests on "Get Preview" (`GET /mailings/{id}/preview`), which is in the documentation, but not in its menu.
 */
import type { Answer } from '../answer';
import { isRecord } from '../records';
import { snakeCase } from './parts';

export const PREVIEW_FORMATS = ['html', 'text'] as const;
export type PreviewFormat = (typeof PREVIEW_FORMATS)[number];

/** A preview by Maileon's names, written with underscores. */
export type Preview = Record<string, unknown>;

/** The preview of an answer; undefined where it holds none. */
export function readPreview(answer: Answer): Preview | undefined {
	if (answer.kind !== 'json' || !isRecord(answer.value)) return undefined;
	return Object.fromEntries(
		Object.entries(answer.value).map(([name, value]) => [snakeCase(name), value]),
	);
}

/** The content of a preview, and the rest; where the text of a mailing stands is not documented. */
export function contentOfPreview(
	preview: Preview,
	format: PreviewFormat,
): { content?: string; rest: Preview } {
	const name = ['text', 'html'].find(
		(key) => (key === 'html' || format === 'text') && typeof preview[key] === 'string',
	);
	if (name === undefined) return { rest: preview };
	const { [name]: content, ...rest } = preview;
	return { content: String(content), rest };
}
