/**
 * Results of tests, approvals and checks of quality.
 * Rests on "Mailing – Get results for Bounce Quality Check" and its sisters.
 */
import { xmlToJson } from '../contact/report';
import { child, childrenNamed, type XmlElement } from '../xml/read';
import { readPart, type PartJson } from './parts';

/** Reads a result by Maileon's own names, misspellings included; images are always a list. */
export function readCheckResult(root: XmlElement): PartJson {
	const images = child(root, 'images');
	return {
		...readPart(root, {
			mailingid: 'number',
			totalcontactcount: 'number',
			samplesize: 'number',
			bouncecount: 'number',
			bounceforcast: 'number',
			boucelimit: 'number',
		}),
		...(images && { images: childrenNamed(images, 'image').map(xmlToJson) }),
	};
}
