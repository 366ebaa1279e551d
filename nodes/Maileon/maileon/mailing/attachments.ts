/**
 * Files that go out with a mailing.
 * Rests on "Mailing – Add Attachment", "Mailing – Get Attachments" and their sisters.
 */
import { maileonId } from '../contact/contact';
import { childrenNamed, textOrNull, type XmlElement } from '../xml/read';

/** How many a mailing can have. */
export const MOST_ATTACHMENTS = 10;

/** An attachment as it comes out, by Maileon's own names. */
export interface ListedAttachment {
	/** Null where Maileon does not tell it. */
	id: number | string | null;
	filename: string | null;
	/** In kB. */
	sizekb: number | string | null;
	mime_type: string | null;
	[further: string]: string | number | null;
}

const NUMBERS = new Set(['sizekb']);

/** Reads `<attachments>`; parts that are not documented come out as text. */
export function readAttachmentList(root: XmlElement): ListedAttachment[] {
	return childrenNamed(root, 'attachment').map((attachment) => {
		const values = attachment.children.map((part): [string, string | number | null] => [
			part.name,
			valueOf(part),
		]);
		const { id = null, ...others } = Object.fromEntries(values);
		return {
			id: id === null ? null : maileonId(String(id).trim()),
			filename: null,
			sizekb: null,
			mime_type: null,
			...others,
		};
	});
}

function valueOf(part: XmlElement): string | number | null {
	const text = textOrNull(part) ?? null;
	if (text === null || !NUMBERS.has(part.name)) return text;
	const number = Number(text);
	return text.trim() !== '' && Number.isFinite(number) ? number : text;
}

/**
 * Why a file cannot be added, in words that can follow its name; undefined where it can.
 * @param size in bytes
 * @param limit in kB, as far as Maileon tells one
 */
export function sizeRefusal(size: number, limit: unknown): string | undefined {
	if (typeof limit !== 'number' || limit <= 0) return undefined;
	const kilobytes = Math.ceil(size / 1_024);
	return kilobytes > limit
		? `has ${kilobytes} kB, but Maileon takes at most ${limit} kB for the attachments of this account`
		: undefined;
}
