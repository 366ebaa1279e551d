'use strict';

const PERMISSIONS = [
	'none',
	'single opt-in',
	'confirmed opt-in',
	'double opt-in',
	'double opt-in plus',
	'other',
];

/** What pressing a button did, from the answer of its control. */
function doneInWords({ error, result }) {
	if (error !== undefined) return `Failed: ${error}`;
	if (Array.isArray(result)) return callsInWords(result);
	if (result?.wentOut !== undefined) return dayInWords(result);
	if (result?.mails !== undefined) return `Sent ${counted(result.mails, 'mail')}`;
	if (result?.tracked !== undefined) return result.tracked ? 'Recorded' : 'Recorded anonymously';
	return 'Done';
}

/** The moment to which the clock was moved, and what went out until then. */
function dayInWords({ now, wentOut }) {
	const sent = wentOut.map(({ name, mails }) => `${name} (${counted(mails, 'mail')})`);
	return `It is ${momentInWords(now)}. ${sent.length > 0 ? `Sent: ${sent.join(', ')}` : 'Nothing was due'}`;
}

/** When a mailing goes or went out, and what hinders it. */
function scheduleInWords({ scheduleTime, schedule }) {
	if (schedule === null) return scheduleTime === null ? '' : momentInWords(scheduleTime);
	const notes = { scheduled: '', fired: '', misfired: ', not sent: content was changed' };
	return `${momentInWords(schedule.at)}${notes[schedule.state]}`;
}

/** The calls to webhooks that an event led to, each with its status or why it has none. */
function callsInWords(calls) {
	if (calls.length === 0) return 'Done; no webhook waits for this';
	const answers = calls.map(({ status, error }) => status ?? error);
	return `Called ${counted(calls.length, 'webhook')}: ${answers.join(', ')}`;
}

function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many there are, and how many of them are shown. */
function countInWords(shown, total) {
	return shown < total ? `${shown} of ${total}` : String(total);
}

function permissionInWords({ permission, pendingDoi, block }) {
	const parts = [PERMISSIONS[permission - 1]];
	if (pendingDoi) parts.push('DOI mail sent');
	if (block) parts.push('blocked');
	return parts.join(', ');
}

/** `filtered contacts` for `filteredContacts`. */
function kindInWords(kind) {
	return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What a report tells about an event besides its time, contact and mailing. */
function eventInWords({ tracked, link, deviceType, type, reason, newStatus, source, value }) {
	const parts = [tracked ? '' : 'anonymous', link?.url ?? link?.type];
	parts.push(deviceType, type, reason, newStatus, source, value);
	return parts.filter((part) => part !== undefined && part !== null && part !== '').join(', ');
}

/** `yyyy-MM-dd HH:mm:ss` in UTC, as Maileon writes times. */
function momentInWords(time) {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** One line for each field. */
function fieldsInWords(values) {
	return Object.entries(values)
		.map(([name, value]) => `${name}: ${value}`)
		.join('\n');
}

/** One line for each preference, with what the contact answered. */
function preferencesInWords(preferences) {
	const answerInWords = (value) => (value === null ? 'no answer' : value ? 'yes' : 'no');
	return preferences
		.map(({ category, name, value }) => `${category} / ${name}: ${answerInWords(value)}`)
		.join('\n');
}
