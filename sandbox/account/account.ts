import { randomUUID } from 'node:crypto';

import type { SentMail } from './sentMail';
import type { SandboxContact } from './contact';
import { getValue, hasDoi, isActive } from './contact';
import { ContactStore } from './contacts';
import type { FieldType } from './fields';
import type { Mail } from './happenings';
import { Happenings } from './happenings';
import {
	defaultBlacklists,
	defaultMailings,
	defaultTargetGroups,
	defaultTemplates,
} from './defaultMailings';
import type { Mailing, MailingDefaults, MailingSettings, NewLink } from './mailings';
import { addLink, MAILING_DEFAULTS, newMailing } from './mailings';
import type { MediaTemplate } from './mediaTemplates';
import type { MailingBlacklist, TargetGroup } from './targetGroups';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Definition of one preference. */
export interface Preference {
	name: string;
	description: string | null;
}

/** Definition of a preference category, with its preferences by name. */
export interface PreferenceCategory {
	name: string;
	description: string | null;
	preferences: Map<string, Preference>;
}

/** A saved set of rules that selects contacts. */
export interface ContactFilter {
	id: number;
	name: string;
	author: string;
	created: Date;
	matches: (contact: SandboxContact) => boolean;
}

export const ATTRIBUTE_TYPES = [
	'string',
	'double',
	'float',
	'integer',
	'boolean',
	'timestamp',
	'date',
	'json',
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** One attribute of a transaction type. */
export interface Attribute {
	id: number;
	name: string;
	description: string | null;
	type: AttributeType;
	required: boolean;
}

/** A kind of contact event. */
export interface TransactionType {
	id: number;
	created: Date;
	name: string;
	description: string | null;
	archivingDuration: number | null;
	storeOnly: boolean;
	attributes: Attribute[];
}

/** An event that was taken in. */
export interface Transaction {
	txId: number;
	typeId: number;
	contactId: number;
	email: string | null;
	content: Record<string, unknown>;
	attachments: number;
	received: Date;
}

/** The five events that webhooks know. */
export const WEBHOOK_EVENTS = [
	'doi',
	'unsubscription',
	'bounce',
	'filtered',
	'contact_field_change',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** A parameter that Maileon adds to the URL of a webhook; exactly one value is set. */
export interface UrlParam {
	name: string;
	standardContactField: string | null;
	customContactField: string | null;
	customValue: string | null;
}

/** A registered webhook. */
export interface Webhook {
	id: number;
	url: string;
	event: WebhookEvent;
	urlParams: UrlParam[];
	standardFields: string[];
	customFields: string[];
	eventFields: string[];
}

/** Everything that one newsletter account holds. */
export class Account {
	readonly newsletterAccountId = 88;
	/** Further newsletter accounts of the key's owner. */
	readonly otherAccountIds = [89];
	/** API keys and the methods that they may use. */
	keys = new Map<string, Set<Method>>();
	customFields = new Map<string, FieldType>();
	preferenceCategories = new Map<string, PreferenceCategory>();
	contactFilters = new Map<number, ContactFilter>();
	mailings = new Map<number, Mailing>();
	/** What new mailings start with. */
	mailingDefaults: MailingDefaults = { ...MAILING_DEFAULTS };
	/** Domains from which mailings can be sent; the first is the default. */
	mailingDomains = ['news.example.com', 'mail.example.org'];
	/** Months until opens and clicks are no longer tracked. */
	trackingDuration = 12;
	/** Months until a mailing is archived. */
	archivalDuration = 24;
	/** In KB. */
	maxAttachmentSize = 2000;
	/** In KB. */
	maxContentSize = 500;
	targetGroups = new Map<number, TargetGroup>();
	mailingBlacklists = new Map<number, MailingBlacklist>();
	templates: MediaTemplate[] = [];
	defaultDoiKey = 'default-doi';
	transactionTypes = new Map<number, TransactionType>();
	transactions: Transaction[] = [];
	webhooks = new Map<number, Webhook>();
	readonly contacts = new ContactStore();
	/** Addresses (lower case) that unsubscribed at some time. */
	unsubscriptionMarkers = new Set<string>();
	mails: SentMail[] = [];
	/** What reports tell. */
	readonly happenings = new Happenings();
	/** Account setting: confirmations keep the IP address. */
	ipLogging = false;
	/** Account setting: reports do not tell who unsubscribed. */
	anonymousUnsubscribers = false;
	/** Account setting: the record of an unsubscriber keeps the contact's fields. */
	keepsUnsubscriberFields = false;
	/** Account setting: an unsubscription also is a contact field change. */
	fieldChangeOnUnsubscription = false;
	/** The clock of the account; tests may set it. */
	now: () => Date = () => new Date();
	/** Whether the clock goes on by itself. */
	isClockRunning = true;
	private lastId = 500;

	/** A new ID for anything but contacts. */
	nextId(): number {
		return ++this.lastId;
	}

	/** A new random transaction ID. */
	newTransactionId(): string {
		return randomUUID();
	}

	/** The active DOI mailing that has this key. */
	doiMailing(key: string): Mailing | undefined {
		for (const mailing of this.mailings.values()) {
			if (mailing.type !== 'doi' || mailing.state !== 'released') continue;
			if (mailing.doiKey === key) return mailing;
		}
		return undefined;
	}

	/** The contacts that a target group holds now. */
	membersOf({ contactFilterId }: TargetGroup): SandboxContact[] {
		const filter = this.contactFilters.get(contactFilterId);
		return filter ? this.contacts.identified().filter((each) => filter.matches(each)) : [];
	}

	/** The active trigger mailing that a contact event of this type sends. */
	triggerMailing(transactionTypeId: number): Mailing | undefined {
		for (const mailing of this.mailings.values()) {
			if (mailing.type !== 'trigger' || mailing.state !== 'released') continue;
			const { dispatching } = mailing;
			if (dispatching?.type !== 'SINGLE') continue;
			if (dispatching.event === String(transactionTypeId)) return mailing;
		}
		return undefined;
	}

	/** Adds a mailing with its links. */
	addMailing(settings: MailingSettings, links: NewLink[] = [], id = this.nextId()): Mailing {
		const mailing = newMailing(id, settings, this.mailingDefaults);
		for (const link of links) addLink(mailing, this.nextId(), link);
		this.mailings.set(id, mailing);
		return mailing;
	}

	/** Sends a mail; a contact without an address gets none. */
	sendMail(
		contact: SandboxContact,
		mail: Omit<SentMail, 'email' | 'contactId' | 'msgId' | 'mailingId' | 'sent'>,
		about: { mailing?: Mailing; transactionId?: string; time?: number } = {},
	): Mail | undefined {
		if (contact.email === null) return undefined;
		const sent = this.happenings.mailOut({
			time: about.time ?? this.now().getTime(),
			contact,
			mailingId: about.mailing?.id ?? null,
			transactionId: about.transactionId ?? null,
		});
		this.mails.push({
			...mail,
			email: contact.email,
			contactId: contact.id,
			msgId: sent.msgId,
			mailingId: sent.mailingId,
			sent: sent.time,
		});
		return sent;
	}

	/** Sends a test or approval mail, of which no report tells. */
	sendOutsideReports(mailing: Mailing, mail: Omit<SentMail, 'msgId' | 'mailingId' | 'sent'>): void {
		const [msgId, sent] = [this.happenings.newMsgId(), this.now().getTime()];
		this.mails.push({ ...mail, msgId, mailingId: mailing.id, sent });
	}

	/** Adds a custom field. */
	addCustomField(name: string, type: FieldType): void {
		this.customFields.set(name, type);
	}

	/** Adds a preference category with preferences. */
	addPreferenceCategory(name: string, preferences: string[] = [], description?: string): void {
		this.preferenceCategories.set(name, {
			name,
			description: description ?? null,
			preferences: new Map(preferences.map((each) => [each, { name: each, description: null }])),
		});
	}

	/** Adds a contact filter and gives its ID. */
	addContactFilter(name: string, matches: ContactFilter['matches'], id = this.nextId()): number {
		this.contactFilters.set(id, {
			id,
			name,
			author: 'admin@example.com',
			created: this.now(),
			matches,
		});
		return id;
	}

	/** Adds a transaction type and gives its ID. */
	addTransactionType(
		name: string,
		attributes: Array<Pick<Attribute, 'name' | 'type'> & Partial<Attribute>>,
		settings: Partial<TransactionType> = {},
	): number {
		const id = settings.id ?? this.nextId();
		this.transactionTypes.set(id, {
			id,
			created: this.now(),
			name,
			description: settings.description ?? null,
			archivingDuration: settings.archivingDuration ?? null,
			storeOnly: settings.storeOnly ?? false,
			attributes: attributes.map((attribute) => ({
				id: attribute.id ?? this.nextId(),
				name: attribute.name,
				description: attribute.description ?? null,
				type: attribute.type,
				required: attribute.required ?? false,
			})),
		});
		return id;
	}
}

/** An account with something of everything, as the sandbox starts. */
export function defaultAccount(apiKey: string): Account {
	const account = new Account();
	account.keys.set(apiKey, new Set<Method>(['GET', 'POST', 'PUT', 'DELETE']));

	account.addCustomField('COLOR', 'string');
	account.addCustomField('CUSTOMER_NUMBER', 'integer');
	account.addCustomField('SCORE', 'float');
	account.addCustomField('VIP', 'boolean');
	account.addCustomField('FIRST_ORDER', 'date');
	account.addCustomField('Größe Schuh', 'string');

	account.addPreferenceCategory(
		'Development',
		['Release notes', 'Shopware', 'Magento', 'Security'],
		'Topics for developers',
	);
	account.addPreferenceCategory('Newsletter', ['Weekly', 'Monthly'], 'Regular mailings');

	account.addContactFilter('All contacts', () => true, 1);
	account.addContactFilter('Double opt-in', hasDoi, 2);
	account.addContactFilter(
		'Colour is blue',
		(contact) => getValue(contact.customFields, 'COLOR')?.toUpperCase() === 'BLUE',
		3,
	);
	account.addContactFilter('Active contacts', isActive, 4);
	account.addContactFilter('Nobody', () => false, 5);

	for (const mailing of defaultMailings()) account.mailings.set(mailing.id, mailing);
	const now = account.now();
	for (const group of defaultTargetGroups(now)) account.targetGroups.set(group.id, group);
	for (const list of defaultBlacklists(now)) account.mailingBlacklists.set(list.id, list);
	account.templates = defaultTemplates(now);

	account.addTransactionType(
		'shop_order',
		[
			{ name: 'order.id', type: 'string', required: true, description: 'Number of the order' },
			{ name: 'order.total', type: 'float' },
			{ name: 'order.count', type: 'integer' },
			{ name: 'order.express', type: 'boolean' },
			{ name: 'order.day', type: 'date' },
			{ name: 'order.date', type: 'timestamp' },
			{ name: 'order.weight', type: 'double' },
			{ name: 'order.items', type: 'json' },
			{ name: 'transaction_id', type: 'string' },
		],
		{ id: 42, description: 'Orders', archivingDuration: 30 },
	);
	account.addTransactionType('support_ticket', [{ name: 'subject', type: 'string' }], {
		id: 43,
		description: 'Tickets',
	});
	account.addTransactionType('page_log', [{ name: 'text', type: 'string' }], {
		id: 44,
		storeOnly: true,
	});
	return account;
}
