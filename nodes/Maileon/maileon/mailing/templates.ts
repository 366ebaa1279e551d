/**
 * Templates for mailings in the media library.
 * Rests on "Get Templates for CMS2" and the official client. The form of the entries is not documented, so
 * every plausible one is read: a path, or an object that has one, or a name, or an ID.
 */
import type { Answer } from '../answer';
import { isRecord } from '../records';

export interface MailingTemplate {
	/** Folder and name, as a mailing names its template. */
	path: string;
	name: string;
}

/** The templates of a list; undefined where the answer holds no list. Entries that name nothing are left out. */
export function readTemplates(answer: Answer): MailingTemplate[] | undefined {
	if (answer.kind === 'empty') return [];
	const list = answer.kind === 'json' ? listIn(answer.value) : undefined;
	return list && withFullPaths(list.flatMap(templateOf));
}

/** A list, on its own or as the only one of an object. */
function listIn(value: unknown): unknown[] | undefined {
	if (value === null) return [];
	if (Array.isArray(value)) return value;
	const lists = isRecord(value) ? Object.values(value).filter(Array.isArray) : [];
	return lists.length === 1 ? lists[0] : undefined;
}

const PATH_KEYS = ['path', 'templatePath', 'template_path', 'templateId', 'template_id'];

function templateOf(entry: unknown): MailingTemplate[] {
	if (typeof entry === 'string' && entry !== '') return [{ path: entry, name: entry }];
	if (!isRecord(entry)) return [];
	const textOf = (key: string) => {
		const value = entry[key];
		return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	};
	const name = textOf('name');
	const path = PATH_KEYS.map(textOf).find((text) => text !== '') ?? (name || textOf('id'));
	return path === '' ? [] : [{ path, name: name || path }];
}

/** A path that ends in a slash, or that several entries have, is that of a folder: the name belongs to it. */
function withFullPaths(templates: readonly MailingTemplate[]): MailingTemplate[] {
	const seen = new Set<string>();
	const shared = new Set<string>();
	for (const { path } of templates) (seen.has(path) ? shared : seen).add(path);
	return templates.map(({ path, name }) => {
		const isFolder = path.endsWith('/') || shared.has(path);
		return isFolder && name !== path
			? { path: `${path.replace(/\/$/, '')}/${name}`, name }
			: { path, name };
	});
}

/** The path that Maileon gave to a template; undefined where the answer does not tell it. */
export function readTemplatePath(answer: Answer): string | undefined {
	if (answer.kind !== 'xml' || answer.root.name !== 'template_path') return undefined;
	return answer.root.text.trim() || undefined;
}
