import type { Account } from './account';
import type { SandboxContact } from './contact';
import { standardValue } from './contact';
import type { Mailing } from './mailings';
import { addLink, noteNewContent } from './mailings';
import type { Editor, MediaTemplate } from './mediaTemplates';

/** What is done to HTML that is set. */
export interface HtmlOptions {
	/** Referenced images are copied into Maileon. */
	grabsImages: boolean;
	/** Links are rewritten so that clicks are counted. */
	tracksLinks: boolean;
}

const IMAGE = /(<img\b[^>]*?\bsrc\s*=\s*)(["'])(https?:\/\/[^"']+)\2/gi;
const LINK = /(<a\b[^>]*?\bhref\s*=\s*)(["'])(https?:\/\/[^"']+)\2/gi;

/** Sets the HTML of a mailing; what is rewritten leads to the domain of the mailing. */
export function setHtml(
	account: Account,
	mailing: Mailing,
	html: string,
	{ grabsImages, tracksLinks }: HtmlOptions,
): void {
	const home = `https://${domainOf(account, mailing)}`;
	mailing.links = [];
	let images = 0;
	let content = html;
	if (grabsImages) {
		content = content.replace(IMAGE, (_, before: string, quote: string, url: string) => {
			images += 1;
			return `${before}${quote}${home}/images/${mailing.id}/${images}/${fileName(url)}${quote}`;
		});
	}
	if (tracksLinks) {
		content = content.replace(LINK, (_, before: string, quote: string, url: string) => {
			const link = addLink(mailing, account.nextId(), { url: url.replace(ENTITY, decoded) });
			return `${before}${quote}${home}/link/${link.id}${quote}`;
		});
	}
	mailing.html = content;
	noteNewContent(mailing);
}

function fileName(url: string): string {
	const [path = ''] = url.split(/[?#]/);
	return path.slice(path.lastIndexOf('/') + 1) || 'image';
}

/** Sets the text of a mailing. */
export function setText(mailing: Mailing, text: string): void {
	mailing.text = text;
	noteNewContent(mailing);
}

/** The domain of a mailing: that of its sender, or the default one of the account. */
export function domainOf(account: Account, { sender }: Mailing): string {
	const domain = sender.includes('@') ? sender.slice(sender.indexOf('@') + 1) : '';
	const known = account.mailingDomains.find((each) => each === domain.toLowerCase());
	return known ?? account.mailingDomains[0] ?? 'localhost';
}

/** The template at a path. */
export function findTemplate(
	account: Account,
	path: string,
	editor: Editor,
): MediaTemplate | undefined {
	return account.templates.find((each) => each.path === path && each.editor === editor);
}

/** Sets the template of a mailing, which resets HTML and text. */
export function setTemplate(mailing: Mailing, template: MediaTemplate): void {
	mailing.template = template.path;
	mailing.html = template.html;
	mailing.text = template.text;
	mailing.links = [];
	noteNewContent(mailing);
}

/** What a reader of plain text sees of HTML. */
export function textOfHtml(html: string): string {
	return html
		.replace(/<(style|script|title)\b.*?<\/\1>/gis, '')
		.replace(/<br\b[^>]*>|<\/(p|div|h\d|tr|li)>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/[ \t]+/g, ' ')
		.replace(/ ?\n[\s]*/g, '\n')
		.replace(ENTITY, decoded)
		.trim();
}

const ENTITY = /&(lt|gt|quot|amp|nbsp|#39);/g;

const ENTITIES: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&amp;': '&',
	'&nbsp;': ' ',
	'&#39;': "'",
};

function decoded(entity: string): string {
	return ENTITIES[entity] ?? entity;
}

/** An image of HTML content. */
export interface ContentImage {
	src: string;
	/** Maileon has it. */
	hosted: boolean;
	alt: string | null;
	title: string | null;
	width: string | null;
	height: string | null;
}

/** The images of a mailing. */
export function imagesOf(account: Account, mailing: Mailing): ContentImage[] {
	const home = `https://${domainOf(account, mailing)}/`;
	return [...mailing.html.matchAll(/<img\b[^>]*>/gi)].map(([tag]) => {
		const attribute = (name: string) => {
			const value = new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`, 'i').exec(tag)?.[1];
			return value?.replace(ENTITY, decoded) ?? null;
		};
		const src = attribute('src') ?? '';
		return {
			src,
			hosted: src.startsWith(home),
			alt: attribute('alt'),
			title: attribute('title'),
			width: attribute('width'),
			height: attribute('height'),
		};
	});
}

/** CMS2 content without what only its editor needs. */
export function withoutMarkup(html: string): string {
	return html.replace(/\sdata-cms2-[\w-]+\s*=\s*("[^"]*"|'[^']*')/gi, '');
}

/** The values that placeholders of a mailing stand for. */
export interface Personalization {
	/** Null: the default user of the account. */
	contact: SandboxContact | null;
	/** The content of a contact event; or a question mark for each of its fields. */
	transaction: Readonly<Record<string, unknown>> | '?';
}

const PLACEHOLDER = /\[\[\s*(CONTACT|TRANSACTION)\s*\|\s*([^\]|]+?)\s*\]\]/g;

/** Fills placeholders like `[[CONTACT|FIRSTNAME]]` and `[[TRANSACTION|order.id]]`. */
export function personalize(text: string, { contact, transaction }: Personalization): string {
	return text.replace(PLACEHOLDER, (_, kind: string, name: string) =>
		kind === 'CONTACT' ? contactValue(contact, name) : transactionValue(transaction, name),
	);
}

function transactionValue(transaction: Personalization['transaction'], name: string): string {
	return transaction === '?' ? '?' : String(transaction[name] ?? '');
}

const DEFAULT_USER: Readonly<Record<string, string>> = {
	EMAIL: 'max@example.com',
	FIRSTNAME: 'Max',
	LASTNAME: 'Mustermann',
};

function contactValue(contact: SandboxContact | null, name: string): string {
	if (!contact) return DEFAULT_USER[name] ?? '';
	if (name === 'EMAIL') return contact.email ?? '';
	if (name === 'ID') return String(contact.id);
	return standardValue(contact, name) ?? contact.customFields[name] ?? '';
}
