import { badRequest, Refusal } from '../server/refusal';
import type { Variants } from '../variants';
import type { Account } from './account';
import { isEmail } from './fields';
import type { Mailing } from './mailings';

const MAX_NAME = 64;
const MIN_NAME = 3;
const MAX_SENDER = 64;
const MAX_PREVIEW_TEXT = 255;
const CONTROL_CHARACTER = /\p{Cc}/u;

function lengthOf(text: string): number {
	return [...text].length;
}

/**
 * Checks the name that a mailing is to get (documentation: create mailing).
 *
 * @throws Refusal when it is too short, too long, not allowed or taken
 */
export function checkMailingName(
	account: Account,
	variants: Variants,
	name: string,
	mailing?: Mailing,
): void {
	const length = lengthOf(name);
	if (length < MIN_NAME || length > MAX_NAME) {
		throw badRequest(`name must have ${MIN_NAME} to ${MAX_NAME} characters but had ${length}`);
	}
	const allowed =
		variants.mailingNameCharacters === 'named' ? /^[\p{L}\p{M}\p{N} _:-]+$/u : /^[^<>\p{Cc}]+$/u;
	if (!allowed.test(name)) throw badRequest(`illegal name: ${name}`);
	for (const other of account.mailings.values()) {
		if (other === mailing || other.name !== name) continue;
		throw new Refusal(variants.mailingNameTaken, `mailing with name ${name} exists already`);
	}
}

/** @throws Refusal (400) */
export function checkSubject(variants: Variants, subject: string): void {
	if (subject === '') throw badRequest('subject must not be empty');
	if (CONTROL_CHARACTER.test(subject)) {
		throw badRequest('subject must not have control characters');
	}
	const max = variants.mailingSubjectLength;
	if (lengthOf(subject) > max) throw badRequest(`subject must not exceed ${max} characters`);
}

/** @throws Refusal (400) */
export function checkPreviewText(text: string): void {
	if (lengthOf(text) > MAX_PREVIEW_TEXT) {
		throw badRequest(`previewtext must not exceed ${MAX_PREVIEW_TEXT} characters`);
	}
}

/**
 * A sender is an address whose domain the account has, or its local part alone.
 *
 * @throws Refusal (400)
 */
export function checkSender(account: Account, sender: string): void {
	if (sender === '' || sender.length > MAX_SENDER) {
		throw badRequest(`sender must have 1 to ${MAX_SENDER} characters`);
	}
	if (!/^[\x21-\x7e]+$/.test(sender)) {
		throw badRequest('sender must consist of ASCII characters without white space');
	}
	const [local, domain, ...further] = sender.split('@');
	if (local === '' || domain === '' || further.length > 0) {
		throw badRequest(`${sender} is no sender address`);
	}
	if (domain !== undefined && !account.mailingDomains.includes(domain.toLowerCase())) {
		throw badRequest(`the domain ${domain} does not exist`);
	}
}

/** @throws Refusal (400) unless it is `xx` or `xx_XX` */
export function checkLocale(locale: string): void {
	if (!/^[a-z]{2}(_[A-Z]{2})?$/.test(locale)) {
		throw badRequest(`locale must be like de or de_DE but was ${locale}`);
	}
}

/** @throws Refusal (400) */
export function checkAddress(name: string, address: string): void {
	if (!isEmail(address)) throw badRequest(`${name} must be an email address but was ${address}`);
}

/** @throws Refusal (400) when HTML or text is larger than the account allows */
export function checkContentSize(account: Account, content: string): void {
	const bytes = Buffer.byteLength(content);
	if (bytes > account.maxContentSize * 1024) {
		throw badRequest(`the content must not exceed ${account.maxContentSize} KB`);
	}
}
