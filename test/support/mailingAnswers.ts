/**
 * What Maileon would answer about a mailing, for operations that look at it before they do something.
 */
import type { MaileonRequest } from '../../nodes/Maileon/maileon/request';

/** A mailing in a situation that makes a difference. */
export interface Situation {
	state: 'draft' | 'released' | 'scheduled';
	type: 'regular' | 'trigger';
	/** Whether it has what it can have: a schedule or a dispatching, properties, attachments. */
	isFurnished: boolean;
}

/** The situations in which operations on mailings do different things. */
export const SITUATIONS: readonly Situation[] = [
	{ state: 'draft', type: 'regular', isFurnished: false },
	{ state: 'scheduled', type: 'regular', isFurnished: true },
	{ state: 'draft', type: 'trigger', isFurnished: true },
	{ state: 'released', type: 'trigger', isFurnished: true },
];

const ID = '<id>501</id>';

/** The answer by the end of the path; undefined for what nothing depends on. */
export function mailingAnswer(
	{ method, path }: MaileonRequest,
	{ state, type, isFurnished }: Situation,
): string | undefined {
	const last = path.at(-1);
	if (path[0] !== 'mailings') return undefined;
	if (path[1] === 'name' || (method === 'POST' && (path.length === 1 || last === 'copy')))
		return ID;
	if (method !== 'GET') return undefined;
	switch (last) {
		case 'name':
			return '<name>Spring sale</name>';
		case 'state':
			return `<state>${state}</state>`;
		case 'type':
			return `<type>${type}</type>`;
		case 'sealed':
			return '<sealed>false</sealed>';
		case 'maxattachmentsize':
			return '<max_attachment_size>1000</max_attachment_size>';
		default:
			return isFurnished ? furniture(last ?? '') : undefined;
	}
}

function furniture(part: string): string | undefined {
	switch (part) {
		case 'schedule':
			return '<schedule><date>2126-04-01</date><hours>09</hours><minutes>30</minutes><state>scheduled</state></schedule>';
		case 'dispatching':
			return '<dispatch_options><type>SINGLE</type><event>42</event></dispatch_options>';
		case 'properties':
			return '<properties><property><key>campaign</key><value>x</value></property></properties>';
		case 'attachments':
			return '<attachments><attachment><id>7</id><filename>a.txt</filename></attachment></attachments>';
		default:
			return undefined;
	}
}
