import { createHash } from 'node:crypto';

import type { SandboxContact } from '../../account/contact';
import {
	formatTime,
	formatTimestamp,
	getValue,
	permissionStatus,
	PERMISSION_TYPES,
	standardValue,
} from '../../account/contact';
import type { Happening } from '../../account/happenings';
import type { Call } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { checkFields } from '../contactRead';
import { isAnonymous } from './filters';

const BERLIN = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Berlin',
	dateStyle: 'short',
	timeStyle: 'medium',
});

/** A contact as an unsubscription remembers it, or as it is. */
export interface ShownContact {
	id: number;
	email: string | null;
	externalId: string | null;
	standard(name: string): string | null;
	custom(name: string): string | null;
	/** Parts that not every contact has. */
	further: string[];
}

/** Writes events for one request. */
export class Presenter {
	private readonly standardFields: string[];
	private readonly customFields: string[];
	/** `embed_…` flags that are set. */
	private readonly embedded = new Set<string>();
	/** The second that was written last, as neighbours often share it. */
	private second = NaN;
	private secondText = '';

	/**
	 * @throws Refusal (400) for contact fields that the account does not have
	 */
	constructor(
		private readonly call: Call,
		embeds: readonly string[],
	) {
		checkFields(call);
		this.standardFields = call.query.all('standard_field');
		this.customFields = call.query.all('custom_field');
		for (const name of embeds) if (call.query.flag(name)) this.embedded.add(name);
	}

	get variants() {
		return this.call.variants;
	}

	/** A moment as text. */
	time(milliseconds: number): string {
		const second = Math.floor(milliseconds / 1000);
		if (second !== this.second) {
			const time = new Date(second * 1000);
			this.second = second;
			this.secondText =
				this.variants.reportTimeZone === 'UTC' ? formatTime(time) : BERLIN.format(time);
		}
		return this.variants.reportTime === 'plain'
			? this.secondText
			: `${this.secondText}.${milliseconds - second * 1000}`;
	}

	/** An element for a value that may be absent. */
	optional(name: string, value: string | number | null): string {
		return value === null && this.variants.reportNoValue === 'missing'
			? ''
			: textElement(name, value);
	}

	/** The parts of an event, in the order that the variants say. */
	event(happening: Happening, own: readonly string[], contact = this.contact(happening)): string[] {
		const timestamp = textElement('timestamp', this.time(happening.time));
		switch (this.variants.reportElements) {
			case 'contactFirst':
				return [timestamp, contact, ...own];
			case 'contactLast':
				return [timestamp, ...own, contact];
			case 'reversed':
				return [timestamp, contact, ...own].reverse();
		}
	}

	mailingId({ mailingId }: Happening): string {
		return this.optional('mailing_id', mailingId);
	}

	/** Message ID, and what can be embedded about the mail. */
	mail({ msgId, transactionId, mailingId, contact }: Happening): string[] {
		const parts: string[] = [];
		if (msgId !== null && this.variants.reportMsgId === 'shown') {
			parts.push(textElement('msg_id', msgId));
		}
		if (transactionId !== null && this.embedded.has('embed_transaction_id')) {
			parts.push(textElement('transaction_id', transactionId));
		}
		if (this.embedded.has('embed_contact_hash')) {
			parts.push(textElement('contact_hash', contactHash(contact, msgId ?? mailingId)));
		}
		return parts;
	}

	/** Parts that come only when they are asked for. */
	embed(flag: string, parts: () => string): string {
		return this.embedded.has(flag) ? parts() : '';
	}

	/** The contact of an event, or what is left of it. */
	contact(happening: Happening): string {
		const { contact } = happening;
		if (isAnonymous(happening)) return this.anonymousContact(contact);
		return this.knownContact({
			id: contact.id,
			email: contact.email,
			externalId: contact.externalId,
			standard: (name) => standardValue(contact, name),
			custom: (name) => getValue(contact.customFields, name),
			further: this.furtherParts(contact),
		});
	}

	knownContact(contact: ShownContact): string {
		return this.contactElement('false', [
			textElement('id', contact.id),
			this.optional('email', contact.email),
			this.optional('external_id', contact.externalId),
			...contact.further,
			this.fields('standard_fields', this.standardFields, contact.standard),
			this.fields('custom_fields', this.customFields, contact.custom),
		]);
	}

	anonymousContact({ id, externalId }: Pick<SandboxContact, 'id' | 'externalId'>): string {
		switch (this.variants.reportAnonymousContact) {
			case 'empty':
				return this.contactElement('true', []);
			case 'id':
				return this.contactElement('true', [textElement('id', id)]);
			case 'ids':
				return this.contactElement('true', [
					textElement('id', id),
					textElement('external_id', externalId),
				]);
			case 'nil':
				return this.contactElement(
					'true',
					['id', 'email', 'external_id'].map((name) => textElement(name, null)),
				);
		}
	}

	private contactElement(anonymous: 'true' | 'false', parts: string[]): string {
		return this.variants.anonymousForm === 'attribute'
			? parentElement('contact', parts, ` anonymous="${anonymous}"`)
			: parentElement('contact', [textElement('anonymous', anonymous), ...parts]);
	}

	private furtherParts(contact: SandboxContact): string[] {
		const { reportPermission, reportContactDetails } = this.variants;
		const parts: string[] = [];
		if (reportPermission === 'word') {
			parts.push(textElement('permissionType', PERMISSION_TYPES[contact.permission - 1] ?? 'none'));
		} else if (reportPermission !== 'missing') {
			const name = reportPermission === 'code' ? 'permissionType' : 'permission';
			parts.push(textElement(name, contact.permission));
		}
		if (reportContactDetails === 'shown') {
			parts.push(
				textElement('permissionStatus', permissionStatus(contact)),
				textElement('created', formatTimestamp(contact.created)),
				textElement('updated', formatTimestamp(contact.updated)),
			);
		}
		return parts;
	}

	private fields(
		list: string,
		names: readonly string[],
		valueOf: (name: string) => string | null,
	): string {
		if (names.length === 0) return this.variants.reportNoFields === 'missing' ? '' : `<${list}/>`;
		const fields: string[] = [];
		for (const name of names) {
			const value = valueOf(name);
			if (value === null && this.variants.reportNoValue === 'missing') continue;
			fields.push(parentElement('field', [textElement('name', name), textElement('value', value)]));
		}
		return parentElement(list, fields);
	}
}

/** A number that is the same for one contact within one sendout, and tells nothing else. */
function contactHash(contact: SandboxContact, sendout: number | null): string {
	const hash = createHash('sha256').update(`${contact.id} in ${sendout}`).digest();
	return String(hash.readUInt32BE(0));
}
