import { randomUUID } from 'node:crypto';

import type { Account } from './account/account';
import type { SandboxContact } from './account/contact';
import { formatTime, getValue, setValue } from './account/contact';
import { confirmPending } from './account/doi';
import { checkCustomValue, checkStandardValue, WRITABLE_STANDARD_FIELDS } from './account/fields';
import type { BlockReason, BounceType } from './account/happenings';
import type { InputOf, Recipients } from './recipients';
import type { Delivery } from './types';
import type { Variants } from './variants';
import type { WebhookCaller } from './webhookCalls';
import { subjectOf } from './webhookCalls';

/** What happens to contacts outside the API: links are opened, mails come back. */
export class Life {
	private waiting: Array<() => Promise<Delivery[]>> = [];

	constructor(
		private readonly account: Account,
		private readonly variants: Variants,
		private readonly webhooks: WebhookCaller,
		private readonly recipients: Recipients,
	) {}

	/** The recipient opens the link of the DOI mail; only the first time counts. */
	async confirmDoi(email: string, details: InputOf['subscribers'] = {}): Promise<Delivery[]> {
		const contact = this.contact(email);
		const mailingId = this.account.doiMailing(contact.pendingDoi?.mailing ?? '')?.id;
		if (!confirmPending(this.account, contact)) return [];
		this.recipients.note('subscribers', contact, { mailingId, ...details });
		return await this.webhooks.fire('doi', subjectOf(contact), this.eventValues());
	}

	/** A mail comes back; a permanent bounce shuts the contact out of sendouts. */
	async bounce(
		email: string,
		type: BounceType,
		details: InputOf['bounces'] = {},
	): Promise<Delivery[]> {
		const contact = this.contact(email);
		this.recipients.note('bounces', contact, { ...details, type });
		if (type === 'permanent') this.block(email, 'bounce_policy', details.at);
		return await this.webhooks.fire(
			'bounce',
			subjectOf(contact),
			this.eventValues({ cause: type }),
		);
	}

	/** Shuts a contact out of sendouts. */
	block(email: string, reason: BlockReason, at = this.account.now().getTime()): void {
		const contact = this.contact(email);
		const wasBlocked = contact.block !== null;
		contact.block = { reason, since: new Date(at) };
		if (!wasBlocked) this.recipients.note('blocks', contact, { at, reason });
	}

	/** Lets a contact get mails again. */
	unblock(email: string, at?: number): void {
		const contact = this.contact(email);
		const reason = contact.block?.reason;
		if (reason === undefined) return;
		contact.block = null;
		this.recipients.note('blocks', contact, { at, reason, newStatus: 'allowed' });
	}

	/** A mail could not be built. */
	async filterOut(email: string, details: InputOf['filteredContacts'] = {}): Promise<Delivery[]> {
		const contact = this.contact(email);
		const { cause } = this.recipients.note('filteredContacts', contact, details);
		return await this.webhooks.fire('filtered', subjectOf(contact), this.eventValues({ cause }));
	}

	/** The recipient opens a link that changes a field. */
	async changeField(email: string, field: string, value: string): Promise<Delivery[]> {
		const contact = this.contact(email);
		const isStandard = WRITABLE_STANDARD_FIELDS.includes(field);
		const type = this.account.customFields.get(field);
		if (!isStandard && !type) throw new Error(`there is no contact field ${field}`);
		const checked = type
			? checkCustomValue(field, type, value, () => undefined)
			: checkStandardValue(field, value);
		if ('invalid' in checked) throw new Error(`${field}: ${checked.invalid.reason}`);
		const values = isStandard ? contact.standardFields : contact.customFields;
		const before = getValue(values, field);
		setValue(values, field, checked.value);
		contact.updated = this.account.now();
		return await this.webhooks.fire(
			'contact_field_change',
			subjectOf(contact),
			this.eventValues({ property: field, old_value: before, new_value: checked.value }),
		);
	}

	/** The recipient opens the unsubscription link. */
	async unsubscribe(email: string, details: InputOf['unsubscriptions'] = {}): Promise<Delivery[]> {
		const contact = this.contact(email);
		contact.unsubscriptionReasons.push(...(details.reasons ?? []));
		return await this.carryOut(contact, 'link', details);
	}

	/** An unsubscription by the API, carried out at once or later; it belongs to no mail of its own. */
	unsubscribeLater(
		contact: SandboxContact,
		method: string,
		details: InputOf['unsubscriptions'] = {},
	): void {
		const mailingId = details.mailingId ?? null;
		const carryOut = async () =>
			await this.carryOut(contact, method, { source: 'other', ...details, mailingId });
		if (this.variants.unsubscribeLater) this.waiting.push(carryOut);
		else void carryOut();
	}

	/** Carries out what was held back. */
	async settleUnsubscriptions(): Promise<void> {
		const waiting = this.waiting;
		this.waiting = [];
		await Promise.all(waiting.map(async (carryOut) => await carryOut()));
	}

	/** Forgets what was held back. */
	clear(): void {
		this.waiting = [];
	}

	private async carryOut(
		contact: SandboxContact,
		method: string,
		details: InputOf['unsubscriptions'],
	): Promise<Delivery[]> {
		if (contact.anonymous) return [];
		const subject = subjectOf(contact);
		this.recipients.note('unsubscriptions', contact, details);
		if (contact.email !== null) {
			this.account.unsubscriptionMarkers.add(contact.email.toLowerCase());
		}
		this.account.contacts.anonymize(contact, this.account.now());
		const deliveries = await this.webhooks.fire(
			'unsubscription',
			subject,
			this.eventValues({ method }),
		);
		if (!this.account.fieldChangeOnUnsubscription) return deliveries;
		const change = await this.webhooks.fire('contact_field_change', subject, this.eventValues());
		return [...deliveries, ...change];
	}

	private eventValues(values: Record<string, unknown> = {}): Record<string, unknown> {
		return { timestamp: formatTime(this.account.now()), msg_id: randomUUID(), ...values };
	}

	private contact(email: string): SandboxContact {
		const [contact] = this.account.contacts.withEmail(email);
		if (!contact) throw new Error(`no contact has the email address ${email}`);
		return contact;
	}
}
