/** Pages of lists as Maileon answers with them: 1,000 entries each. */
const ENTRIES = 1_000;

const page = (list: string, entry: (index: number) => string) =>
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><${list}>${Array.from(
		{ length: ENTRIES },
		(_, index) => entry(index),
	).join('')}</${list}>`;

const identifiers = (index: number) =>
	`<id>${index + 1}</id><email>person${index}@example.com</email><external_id>CRM-${index}</external_id>`;

/** Clicks of known contacts on one link. */
export function pageOfClicks(): string {
	return page(
		'clicks',
		(index) =>
			`<click><timestamp>2026-03-04 09:15:30</timestamp><contact anonymous="false">${identifiers(index)}<permissionType>5</permissionType></contact><mailing_id>501</mailing_id><link_id>9001</link_id><link_type>STANDARD</link_type><link_url>https://shop.example.com/offer?a=1&amp;b=2</link_url><format>html</format><device_type>MOBILE</device_type><msg_id>${index}</msg_id></click>`,
	);
}

/** Contacts with ten fields. */
export function pageOfContacts(): string {
	const fields = Array.from(
		{ length: 10 },
		(_, index) => `<field><name>FIELD${index}</name><value>Value &amp; ${index}</value></field>`,
	).join('');
	return page(
		'contacts',
		(index) =>
			`<contact>${identifiers(index)}<permissionType>doi+</permissionType><custom_fields>${fields}</custom_fields></contact>`,
	);
}
