/**
 * Checks of a mailing, and what came of them.
 * Rests on "Mailing – Get results for Bounce Quality Check" and its sisters.
 */
import { maileonId } from '../contact/contact';
import { xmlToJson } from '../contact/report';
import type { Endpoint } from '../endpoints/endpoint';
import { mailingChecks } from '../endpoints/mailings';
import { child, childrenNamed, isNil, type XmlElement } from '../xml/read';

export interface CheckFacts {
	/** Starts it; none where its address is not documented, so that it is started in Maileon. */
	start?: Endpoint;
	/** Reads what came of it; none where its address is not documented, so that Maileon alone shows it. */
	result?: Endpoint;
	/** Whether each start is charged. */
	costsMoney?: boolean;
}

/** Every check that the documentation gives an address for, by its name there. */
export const CHECKS = {
	approvalprocess: { result: mailingChecks.getApprovalResult },
	attention: { start: mailingChecks.startAttention },
	bounce: { result: mailingChecks.getBounceResult },
	display: { start: mailingChecks.startDisplay, costsMoney: true },
	image: { result: mailingChecks.getImageResult },
	link: { result: mailingChecks.getLinkResult },
	testsendout: { result: mailingChecks.getTestResult },
} satisfies Readonly<Record<string, CheckFacts>>;

export type CheckName = keyof typeof CHECKS;

/** The result of a check; what it holds besides has Maileon's own names. */
export interface CheckResult {
	/** Null where Maileon does not tell it. */
	state: string | null;
	[part: string]: unknown;
}

const NUMBERS = new Set([
	'mailingid',
	'totalcontactcount',
	'samplesize',
	'bouncecount',
	'bounceforcast',
	'boucelimit',
]);

/** Reads a result, whatever its root is called: the link check can answer as the image check does. */
export function readCheckResult(root: XmlElement): CheckResult {
	const parts = root.children.map((part): [string, unknown] => [part.name, valueOf(part)]);
	const { state = null, ...others } = Object.fromEntries(parts);
	return { state: typeof state === 'string' ? state.trim() : null, ...others };
}

function valueOf(part: XmlElement): unknown {
	if (part.name === 'images') return childrenNamed(part, 'image').map(readImage);
	if (isNil(part) || part.children.length > 0) return xmlToJson(part);
	return NUMBERS.has(part.name) ? numberIn(part.text) : part.text;
}

/** A number where it is one; an ID that is too large to be exact stays text. */
function numberIn(text: string): number | string {
	const trimmed = text.trim();
	return /^-?\d+\.\d+$/.test(trimmed) ? Number(trimmed) : maileonId(trimmed);
}

function readImage(image: XmlElement): Record<string, unknown> {
	const parts = Object.fromEntries(
		image.children.map((part): [string, unknown] => [part.name, xmlToJson(part)]),
	);
	const hosted = child(image, 'hosted')?.text.trim();
	return hosted && /^(true|false)$/i.test(hosted)
		? { ...parts, hosted: hosted.toLowerCase() === 'true' }
		: parts;
}
