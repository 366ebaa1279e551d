'use strict';

const LONG_WORD = /\S{25}/;

/** What the sandbox answered, by the row whose button was pressed. */
const answers = new Map();
/** The requests whose body is unfolded. */
const unfolded = new Set();
/** The state that the page shows, as text. */
let shown = '';
let state;

const byId = (id) => document.getElementById(id);

function element(tag, ...content) {
	const made = document.createElement(tag);
	made.append(...content);
	return made;
}

/** Renews the table of a section. */
function table(id, rows, heads, total = rows.length) {
	const section = byId(id);
	const title = section.firstElementChild;
	title.replaceChildren(
		title.firstChild.data,
		element('small', ` ${countInWords(rows.length, total)}`),
	);
	section.replaceChildren(title, rows.length > 0 ? tableOf(heads, rows) : '');
}

function tableOf(heads, rows) {
	const headRow = element('tr', ...heads.map((head) => element('th', head)));
	const bodyRows = rows.map((cells) => element('tr', ...cells.map(cellOf)));
	return element('table', element('thead', headRow), element('tbody', ...bodyRows));
}

/** Only words too long for a column may be broken anywhere. */
function cellOf(content) {
	const cell = element('td', content ?? '');
	cell.classList.toggle('long', LONG_WORD.test(cell.textContent));
	return cell;
}

function pre(text) {
	return element('pre', text);
}

// Buttons

/** Tells the sandbox to do something; an `error` in the answer says why it was not done. */
async function control(action, input = {}) {
	try {
		const response = await fetch(`/control/${action}`, {
			method: 'POST',
			body: JSON.stringify(input),
		});
		return await response.json();
	} catch (error) {
		return { error: error.message };
	}
}

/** Presses a button of a row: the answer appears there. */
async function press(row, action, input) {
	answers.set(row, { text: 'Working …' });
	await refresh({ always: true });
	tell(row, await control(action, input));
	await refresh({ always: true });
}

function tell(row, answer) {
	answers.set(row, { text: doneInWords(answer), isBad: answer.error !== undefined });
}

function button(row, label, run) {
	const made = element('button', label);
	made.type = 'button';
	// Keeps the focus where it was when the table is renewed.
	made.id = `${row}: ${label}`;
	made.addEventListener('click', run);
	return made;
}

/** The buttons of a row, and below them what the latest one did. */
function buttons(row, ...made) {
	const { text = '', isBad = false } = answers.get(row) ?? {};
	const output = element('output', text);
	output.classList.toggle('bad', isBad);
	const bar = element('div', ...made);
	bar.className = 'buttons';
	return element('div', bar, output);
}

function contactButtons(contact) {
	const { email, pendingDoi } = contact;
	const row = `contact ${contact.id}`;
	if (email === null) return buttons(row);
	const presses = (label, action) => button(row, label, () => press(row, action, { email }));
	return buttons(
		row,
		...(pendingDoi ? [presses('Confirm', 'confirm')] : []),
		presses('Bounce', 'bounce'),
		presses('Unsubscribe', 'unsubscribe'),
		presses('Filter', 'filter'),
		button(row, 'Change field', () => openChange(row, contact)),
	);
}

/** Reports tell nothing of test and approval mails, so there is nothing to do with them. */
function mailButtons({ msgId, email, kind }) {
	const row = `mail ${msgId}`;
	if (kind === 'test' || kind === 'approval') return '';
	const presses = (label, action, input) =>
		button(row, label, () => press(row, action, { msgId, ...input }));
	return buttons(
		row,
		presses('Open', 'open'),
		presses('Click', 'click'),
		presses('Reply', 'reply'),
		presses('Order', 'convert'),
		presses('Bounce', 'bounce', { email }),
		presses('Unsubscribe', 'unsubscribe', { email }),
	);
}

function mailingButtons({ id, type }) {
	const row = `mailing ${id}`;
	if (type !== 'regular') return buttons(row);
	return buttons(
		row,
		button(row, 'Send to all', () => press(row, 'sendMailing', { id })),
	);
}

// The form for a change of a field

let changed;

function openChange(row, contact) {
	changed = { row, ...contact };
	byId('change-email').textContent = contact.email;
	const names = [...state.standardFields, ...Object.keys(state.customFields)];
	byId('change-field').replaceChildren(...names.map((name) => element('option', name)));
	byId('change-field').value = 'FIRSTNAME';
	showValue();
	byId('change').showModal();
}

function showValue() {
	const values = { ...changed.standardFields, ...changed.customFields };
	byId('change-value').value = values[byId('change-field').value] ?? '';
	byId('change-refused').textContent = '';
}

async function saveChange(event) {
	event.preventDefault();
	const { row, email } = changed;
	const field = byId('change-field').value;
	const answer = await control('changeField', { email, field, value: byId('change-value').value });
	if (answer.error !== undefined) {
		byId('change-refused').textContent = doneInWords(answer);
		return;
	}
	byId('change').close();
	tell(row, answer);
	await refresh({ always: true });
}

// Tables

function showContacts() {
	const rows = state.contacts.map((contact) => [
		String(contact.id),
		contact.email ?? (contact.anonymous ? '(unsubscribed)' : ''),
		contact.externalId,
		permissionInWords(contact),
		pre(fieldsInWords({ ...contact.standardFields, ...contact.customFields })),
		pre(preferencesInWords(contact.preferences)),
		contactButtons(contact),
	]);
	const heads = ['ID', 'Email', 'External ID', 'Permission', 'Fields', 'Preferences', ''];
	table('contacts', rows, heads, state.counts.contacts);
}

function showMailings() {
	const rows = state.mailings.map((mailing) => [
		String(mailing.id),
		mailing.name,
		mailing.subject,
		mailing.type,
		mailing.state,
		scheduleInWords(mailing),
		String(mailing.recipients),
		String(mailing.opens),
		String(mailing.clicks),
		mailingButtons(mailing),
	]);
	const heads = [
		'ID',
		'Name',
		'Subject',
		'Type',
		'State',
		'Schedule',
		'Mails',
		'Opens',
		'Clicks',
		'',
	];
	table('mailings', rows, heads);
}

function showMails() {
	const rows = state.mails.map((mail) => [
		momentInWords(mail.sent),
		mail.kind,
		mail.email,
		[mail.mailingId, mail.doiMailing ?? mail.transactionType ?? mail.subject]
			.filter(Boolean)
			.join(' '),
		mailButtons(mail),
	]);
	table('mails', rows.reverse(), ['Sent', 'Kind', 'To', 'Mailing', ''], state.counts.mails);
}

function showHappenings() {
	const rows = state.latest.map(({ kind, time, email, contactId, about }) => [
		momentInWords(time),
		kindInWords(kind),
		email ?? `contact ${contactId}`,
		String(about.mailingId ?? ''),
		eventInWords(about),
	]);
	const total = Object.values(state.happenings).reduce((sum, count) => sum + count, 0);
	table('happenings', rows.reverse(), ['When', 'What', 'Who', 'Mailing', 'About'], total);
}

function showTransactions() {
	const rows = state.transactions.map(({ txId, type, email, content }) => [
		String(txId),
		type,
		email,
		pre(JSON.stringify(content)),
	]);
	const heads = ['ID', 'Type', 'Contact', 'Content'];
	table('transactions', rows.reverse(), heads, state.counts.transactions);
}

function showWebhooks() {
	const rows = state.webhooks.map(({ id, event, url }) => [String(id), event, url]);
	table('webhooks', rows, ['ID', 'Event', 'URL']);
	const calls = state.deliveries.map(({ webhookId, event, status, error, url, body }) => [
		String(webhookId),
		event,
		status ? String(status) : error,
		url,
		pre(body),
	]);
	const heads = ['Webhook', 'Event', 'Answer', 'URL', 'Body'];
	table('deliveries', calls.reverse(), heads, state.counts.deliveries);
}

function showRequests() {
	const first = state.counts.requests - state.requests.length;
	const rows = state.requests.map((request, index) => {
		const status = element('span', request.status === 0 ? 'no answer' : String(request.status));
		if (request.status === 0 || request.status >= 400) status.className = 'bad';
		return [status, request.method, element('code', request.url), body(request, first + index)];
	});
	const heads = ['Status', 'Method', 'URL', 'Body'];
	table('requests', rows.reverse(), heads, state.counts.requests);
}

/** The body of a request, folded until it is asked for. */
function body({ body: text, bodyBytes }, key) {
	if (bodyBytes === 0) return '';
	const details = element(
		'details',
		element('summary', `${bodyBytes} bytes`),
		pre(text === '' ? 'no longer kept' : text),
	);
	details.open = unfolded.has(key);
	details.addEventListener('toggle', () => {
		if (details.open) unfolded.add(key);
		else unfolded.delete(key);
	});
	return details;
}

function show() {
	const focused = document.activeElement?.id;
	byId('whole').replaceChildren(
		buttons(
			'account',
			button('account', 'Send day', () => press('account', 'sendDay')),
			button('account', 'Start over', startOver),
		),
	);
	showContacts();
	showMailings();
	showMails();
	showHappenings();
	showTransactions();
	showWebhooks();
	showRequests();
	if (focused) byId(focused)?.focus({ preventScroll: true });
}

/** Empties the account, and forgets what belonged to it. */
async function startOver() {
	answers.clear();
	unfolded.clear();
	await press('account', 'reset');
}

/** Shows the state when it has changed, or always. */
async function refresh({ always = false } = {}) {
	const text = await fetch('/state').then(
		(response) => response.text(),
		() => undefined,
	);
	byId('notice').textContent = text === undefined ? 'The sandbox does not answer.' : '';
	if (text === undefined || (text === shown && !always)) return;
	shown = text;
	state = JSON.parse(text);
	show();
}

async function poll() {
	// A selection would be lost with the text that it marks.
	if (String(getSelection()) === '') await refresh();
	setTimeout(poll, 1000);
}

/** Shows what a credential needs. */
async function showAccess() {
	const { apiKey, baseUrl } = await (await fetch('/access')).json();
	byId('key').textContent = apiKey;
	byId('base').textContent = baseUrl;
}

async function copy({ currentTarget }) {
	await navigator.clipboard.writeText(byId(currentTarget.dataset.copies).textContent);
	currentTarget.textContent = 'Copied';
	setTimeout(() => (currentTarget.textContent = 'Copy'), 2000);
}

for (const each of document.querySelectorAll('[data-copies]')) each.addEventListener('click', copy);
byId('change-field').addEventListener('change', showValue);
byId('change-cancel').addEventListener('click', () => byId('change').close());
byId('change').querySelector('form').addEventListener('submit', saveChange);
void showAccess();
void poll();
