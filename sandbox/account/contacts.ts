import type { SandboxContact } from './contact';
import { PERMISSION_NONE } from './contact';

/** All contacts of an account, found by Maileon ID, email (in any case) and external ID. */
export class ContactStore {
	private readonly byId = new Map<number, SandboxContact>();
	private readonly byEmail = new Map<string, SandboxContact[]>();
	private readonly byExternalId = new Map<string, SandboxContact[]>();
	private nextId = 1001;
	/** How many contacts were anonymized or deleted. */
	departures = 0;
	/** How often an address or external ID was changed. */
	renamings = 0;

	/** Every contact that was not deleted, anonymized ones included, by Maileon ID. */
	all(): IterableIterator<SandboxContact> {
		return this.byId.values();
	}

	/** Contacts that are not anonymized. */
	identified(): SandboxContact[] {
		const contacts: SandboxContact[] = [];
		for (const contact of this.byId.values()) if (!contact.anonymous) contacts.push(contact);
		return contacts;
	}

	get size(): number {
		return this.byId.size;
	}

	find(id: number): SandboxContact | undefined {
		return this.byId.get(id);
	}

	withEmail(email: string): readonly SandboxContact[] {
		return this.byEmail.get(email.toLowerCase()) ?? [];
	}

	withExternalId(externalId: string): readonly SandboxContact[] {
		return this.byExternalId.get(externalId) ?? [];
	}

	create(now: Date): SandboxContact {
		const contact: SandboxContact = {
			id: this.nextId++,
			email: null,
			externalId: null,
			permission: PERMISSION_NONE,
			anonymous: false,
			standardFields: {},
			customFields: {},
			preferences: [],
			source: null,
			subscriptionPage: null,
			pendingDoi: null,
			confirmations: 0,
			block: null,
			unsubscriptionReasons: [],
			created: now,
			updated: now,
		};
		this.byId.set(contact.id, contact);
		return contact;
	}

	setEmail(contact: SandboxContact, email: string | null): void {
		if (contact.email !== email) this.renamings += 1;
		move(this.byEmail, contact, contact.email?.toLowerCase(), email?.toLowerCase());
		contact.email = email;
	}

	setExternalId(contact: SandboxContact, externalId: string | null): void {
		if (contact.externalId !== externalId) this.renamings += 1;
		move(this.byExternalId, contact, contact.externalId, externalId);
		contact.externalId = externalId;
	}

	/** Forgets a contact; whoever still holds it, as reports do, sees nobody. */
	delete(contact: SandboxContact): void {
		this.setEmail(contact, null);
		this.setExternalId(contact, null);
		this.byId.delete(contact.id);
		this.leave(contact);
	}

	deleteAll(): void {
		for (const contact of this.byId.values()) this.leave(contact);
		this.byId.clear();
		this.byEmail.clear();
		this.byExternalId.clear();
	}

	/** Removes all that tells who the contact is; only the Maileon ID finds it from now on. */
	anonymize(contact: SandboxContact, now: Date): void {
		this.setEmail(contact, null);
		const externalId = contact.externalId;
		this.setExternalId(contact, null);
		contact.externalId = externalId;
		this.leave(contact);
		contact.permission = PERMISSION_NONE;
		contact.standardFields = {};
		contact.customFields = {};
		contact.preferences = [];
		contact.source = null;
		contact.pendingDoi = null;
		contact.block = null;
		contact.updated = now;
	}

	private leave(contact: SandboxContact): void {
		contact.anonymous = true;
		this.departures += 1;
	}
}

function move(
	index: Map<string, SandboxContact[]>,
	contact: SandboxContact,
	from: string | null | undefined,
	to: string | null | undefined,
): void {
	if (from === to) return;
	if (from) {
		const rest = (index.get(from) ?? []).filter((other) => other !== contact);
		if (rest.length > 0) index.set(from, rest);
		else index.delete(from);
	}
	if (to) {
		const others = index.get(to);
		if (others) others.push(contact);
		else index.set(to, [contact]);
	}
}
