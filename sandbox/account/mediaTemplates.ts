/** The editors of mailings: the old and the new one. */
export type Editor = 'cms1' | 'cms2';

/** A template in the media library. */
export interface MediaTemplate {
	id: string;
	name: string;
	/** Folder and name; templates that several accounts share start with a slash. */
	path: string;
	editor: Editor;
	created: Date;
	tags: string[];
	html: string;
	text: string;
}

/** A template at a path, whose last part is its name. */
export function newTemplate(
	path: string,
	editor: Editor,
	created: Date,
	content: Pick<MediaTemplate, 'html' | 'text'>,
): MediaTemplate {
	const name = path.slice(path.lastIndexOf('/') + 1);
	return { id: `${editor}:${path}`, name, path, editor, created, tags: [], ...content };
}
