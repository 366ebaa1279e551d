import type { Variants } from '../variants';
import type { Account } from './account';
import type { SandboxContact } from './contact';
import { permissionStatus } from './contact';
import type { Dispatching } from './dispatching';
import { nextRun, periodOf } from './dispatching';
import type { Mailing } from './mailings';
import type { Schedule } from './schedule';
import { endOfSpread } from './schedule';
import { isListed } from './targetGroups';

/** A mailing that went out. */
export interface WentOut {
	mailingId: number;
	name: string;
	mails: number;
	/** Epoch milliseconds. */
	time: number;
}

/** How long a mailing stays in each state on its way. */
const STAY = 1000;

/** A mailing starts on its way out. */
export function startSendout(mailing: Mailing, time: number): void {
	mailing.state = 'queued';
	mailing.due = time + STAY;
	mailing.scheduleTime = new Date(time);
}

/** Gives a mailing a schedule, or another one. */
export function setSchedule(mailing: Mailing, schedule: Schedule, variants: Variants): void {
	mailing.schedule = schedule;
	mailing.scheduleTime = schedule.at;
	mailing.due = schedule.at.getTime();
	mailing.state = variants.scheduledMailing === 'draft' ? 'draft' : 'scheduled';
}

/** Takes the schedule away; the mailing is a draft again. */
export function removeSchedule(mailing: Mailing): void {
	mailing.schedule = null;
	mailing.scheduleTime = null;
	mailing.due = null;
	mailing.state = 'draft';
}

/** A trigger or DOI mailing works from now on. */
export function activate(mailing: Mailing, time: number): void {
	mailing.state = 'released';
	mailing.due = mailing.dispatching && nextRun(mailing.dispatching, time);
}

/** A trigger or DOI mailing works no longer, and can be changed again. */
export function deactivate(mailing: Mailing): void {
	mailing.state = 'draft';
	mailing.due = null;
}

/**
 * Lets everything happen that is due by now, in the order of its time: schedules fire, mailings pass from
 * state to state, mass mails of triggers go out.
 *
 * @returns the mailings that went out
 */
export function catchUp(account: Account, variants: Variants): WentOut[] {
	const now = account.now().getTime();
	const wentOut: WentOut[] = [];
	for (;;) {
		const mailing = firstDue(account, now);
		if (!mailing) return wentOut;
		const time = mailing.due ?? now;
		mailing.due = null;
		const mails = goOn(account, variants, mailing, time);
		if (mails !== null) wentOut.push({ mailingId: mailing.id, name: mailing.name, mails, time });
	}
}

function firstDue(account: Account, now: number): Mailing | undefined {
	let first: Mailing | undefined;
	for (const mailing of account.mailings.values()) {
		if (mailing.due === null || mailing.due > now) continue;
		if (mailing.due < (first?.due ?? Infinity)) first = mailing;
	}
	return first;
}

/** The next thing that happens to a mailing; gives the number of mails if that is its going out. */
function goOn(account: Account, variants: Variants, mailing: Mailing, time: number): number | null {
	switch (mailing.state) {
		case 'draft':
		case 'scheduled':
			fire(mailing, time);
			return null;
		case 'queued':
			if (!mailing.isChecked) return send(account, variants, mailing, time);
			mailing.state = 'checks';
			mailing.due = time + STAY;
			return null;
		case 'checks':
			return send(account, variants, mailing, time);
		case 'sending':
			finish(account, mailing, time);
			return null;
		case 'done':
			mailing.state = 'archived';
			return null;
		case 'released':
			return sendMass(account, mailing, time);
		default:
			return null;
	}
}

/** The moment of a schedule has come. */
function fire(mailing: Mailing, time: number): void {
	const { schedule } = mailing;
	if (!schedule) return;
	if (schedule.contentChanged) {
		schedule.state = 'misfired';
		mailing.state = 'draft';
		return;
	}
	schedule.state = 'fired';
	startSendout(mailing, time);
}

function send(account: Account, variants: Variants, mailing: Mailing, time: number): number {
	const { schedule } = mailing;
	mailing.state = 'sending';
	const spreadUntil = schedule ? endOfSpread(schedule, variants.scheduleTimeZone) : time;
	mailing.due = Math.max(time + STAY, spreadUntil);
	return deliver(account, mailing, targetsOf(account, mailing), time);
}

function finish(account: Account, mailing: Mailing, time: number): void {
	mailing.state = 'done';
	const archived = new Date(time);
	archived.setUTCMonth(archived.getUTCMonth() + account.archivalDuration);
	mailing.due = archived.getTime();
	if (mailing.cleansUp) cleanUp(account, mailing);
}

/** Deletes the target group of a mailing, and its filter unless another group needs it. */
function cleanUp(account: Account, { targetGroupId }: Mailing): void {
	const group = account.targetGroups.get(targetGroupId);
	if (!group) return;
	account.targetGroups.delete(group.id);
	const filterId = group.contactFilterId;
	const isUsed = [...account.targetGroups.values()].some(
		(each) => each.contactFilterId === filterId,
	);
	if (!isUsed) account.contactFilters.delete(filterId);
}

/** The contacts of the target group and of those that are always included. */
function targetsOf(account: Account, { targetGroupId }: Mailing): SandboxContact[] {
	const contacts = new Set<SandboxContact>();
	for (const group of account.targetGroups.values()) {
		if (group.id !== targetGroupId && group.type !== 'permanent') continue;
		for (const contact of account.membersOf(group)) contacts.add(contact);
	}
	return [...contacts];
}

/** Whether a mailing may go to a contact; permissions do not count where the mailing ignores them. */
export function mayGet(
	contact: SandboxContact,
	{ ignorePermission }: Pick<Mailing, 'ignorePermission'>,
): boolean {
	if (contact.anonymous || contact.block !== null) return false;
	return ignorePermission || permissionStatus(contact) === 'available';
}

/** Sends a mailing to those of these contacts that may get it, as many as its limit allows. */
function deliver(
	account: Account,
	mailing: Mailing,
	contacts: readonly SandboxContact[],
	time: number,
): number {
	let mails = 0;
	for (const contact of contacts) {
		if (mails >= mailing.contactsLimit) break;
		if (!mayGet(contact, mailing)) continue;
		if (isOnBlacklist(account, mailing, contact)) {
			leaveOut(account, mailing, contact, time);
		} else if (account.sendMail(contact, { kind: 'mailing' }, { mailing, time })) {
			mails += 1;
		}
	}
	return mails;
}

function isOnBlacklist(account: Account, mailing: Mailing, contact: SandboxContact): boolean {
	for (const id of mailing.blacklistIds) {
		const list = account.mailingBlacklists.get(id);
		if (list && isListed(list, contact)) return true;
	}
	return false;
}

/** A contact on a blacklist of the mailing is told as a filtered one. */
function leaveOut(account: Account, mailing: Mailing, contact: SandboxContact, time: number): void {
	const about = { tracked: true, mailingId: mailing.id, msgId: null, transactionId: null };
	account.happenings.record('filteredContacts', [{ time, contact, ...about, cause: 'blacklist' }]);
}

/** A mass mail of a trigger goes out, and is due again. */
function sendMass(account: Account, mailing: Mailing, time: number): number | null {
	const { dispatching } = mailing;
	if (!dispatching) return null;
	mailing.due = nextRun(dispatching, time);
	const contacts = massTargets(account, dispatching, mailing, time);
	return deliver(account, mailing, contacts, time);
}

function massTargets(
	account: Account,
	dispatching: Dispatching,
	mailing: Mailing,
	time: number,
): SandboxContact[] {
	const contacts =
		dispatching.target === 'EVENT'
			? contactsWithEvent(account, dispatching.event)
			: contactsOfFilter(account, dispatching.contactFilterId);
	const { deliveryLimit } = dispatching;
	if (deliveryLimit === 0) return contacts;
	const since = time - periodOf(dispatching);
	return contacts.filter(
		(contact) => account.happenings.mailsSince(contact, mailing.id, since) < deliveryLimit,
	);
}

function contactsWithEvent(account: Account, event: string | null): SandboxContact[] {
	const contacts = new Set<SandboxContact>();
	for (const { typeId, contactId } of account.transactions) {
		const contact = String(typeId) === event ? account.contacts.find(contactId) : undefined;
		if (contact) contacts.add(contact);
	}
	return [...contacts];
}

function contactsOfFilter(account: Account, filterId: number | null): SandboxContact[] {
	const filter = account.contactFilters.get(filterId ?? -1);
	return filter ? account.contacts.identified().filter((each) => filter.matches(each)) : [];
}
