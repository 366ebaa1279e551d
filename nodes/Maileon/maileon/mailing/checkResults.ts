/**
 * Results of tests, approvals and checks of quality.
 * Rests on "Mailing – Get results for Bounce Quality Check" and its sisters.
 */
import { child, childrenNamed, type XmlElement } from '../xml/read';
import { readPart, type PartJson } from './parts';

/** A result by Maileon's own names, misspellings included. */
export interface CheckResult extends PartJson {
	/** Null where Maileon does not tell it. */
	state: string | null;
}

/** Reads a result, whatever its root is called; images are always a list. */
export function readCheckResult(root: XmlElement): CheckResult {
	const images = child(root, 'images');
	const { state, ...parts } = readPart(root, {
		mailingid: 'number',
		totalcontactcount: 'number',
		samplesize: 'number',
		bouncecount: 'number',
		bounceforcast: 'number',
		boucelimit: 'number',
	});
	return {
		...parts,
		...(images && { images: childrenNamed(images, 'image').map(readImage) }),
		state: typeof state === 'string' ? state.trim() : null,
	};
}

function readImage(image: XmlElement): PartJson {
	return readPart(image, { hosted: 'boolean' });
}
