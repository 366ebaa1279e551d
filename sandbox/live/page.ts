/** The live page: shows `/state` and presses the buttons of `/control/…`. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Maileon sandbox</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --line: #8884; --accent: #2a7de1; }
body { font: 14px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 1200px; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.3rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.6rem 0 0.4rem; }
h2 small { font-weight: normal; opacity: 0.7; }
code, pre { font: 12px/1.4 ui-monospace, monospace; }
pre { margin: 0.3rem 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 20rem; overflow: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; opacity: 0.7; }
button { font: inherit; font-size: 12px; padding: 0.1rem 0.5rem; margin: 0 0.2rem 0.2rem 0; cursor: pointer; }
.empty { opacity: 0.6; }
.bad { color: #c33; }
#notice { color: #c33; min-height: 1.4em; }
</style>
</head>
<body>
<header>
<h1>Maileon sandbox</h1>
<span>Base URL <code id="base"></code></span>
<span id="totals"></span>
<button id="reset">Start over</button>
</header>
<p id="notice" role="status"></p>
<main>
<h2>Contacts <small id="contacts-note"></small></h2><div class="scroll" id="contacts"></div>
<h2>Mailings</h2><div class="scroll" id="mailings"></div>
<h2>Mails sent <small>latest first</small></h2><div class="scroll" id="mails"></div>
<h2>What recipients did <small>latest first</small></h2><div class="scroll" id="happenings"></div>
<h2>Contact events</h2><div class="scroll" id="transactions"></div>
<h2>Webhooks</h2><div class="scroll" id="webhooks"></div>
<h2>Calls to webhooks</h2><div class="scroll" id="deliveries"></div>
<h2>Requests <small>latest first</small></h2><div class="scroll" id="requests"></div>
</main>
<script>
'use strict';
const PERMISSIONS = ['', 'none', 'single opt-in', 'confirmed opt-in', 'double opt-in', 'double opt-in plus', 'other'];
const byId = (id) => document.getElementById(id);

function element(tag, content) {
  const made = document.createElement(tag);
  for (const part of [].concat(content ?? '')) made.append(part);
  return made;
}

function table(id, heads, rows) {
  if (rows.length === 0) {
    const none = element('p', 'None yet.');
    none.className = 'empty';
    return byId(id).replaceChildren(none);
  }
  byId(id).replaceChildren(element('table', [
    element('thead', element('tr', heads.map((head) => element('th', head)))),
    element('tbody', rows.map((cells) => element('tr', cells.map((cell) => element('td', cell))))),
  ]));
}

async function control(action, input) {
  const response = await fetch('/control/' + action, { method: 'POST', body: JSON.stringify(input ?? {}) });
  const answer = await response.json();
  byId('notice').textContent = answer.error ?? '';
  await refresh();
}

function button(label, action, input) {
  const made = element('button', label);
  made.addEventListener('click', () => control(action, typeof input === 'function' ? input() : input));
  return made;
}

function buttons(contact) {
  if (contact.email === null) return '';
  const email = contact.email;
  const change = element('button', 'Change field');
  change.addEventListener('click', () => {
    const field = prompt('Field (FIRSTNAME, COLOR, …)', 'FIRSTNAME');
    if (!field) return;
    const value = prompt('New value of ' + field);
    if (value !== null) void control('changeField', { email, field, value });
  });
  const list = [
    button('Bounce', 'bounce', { email }),
    button('Unsubscribe', 'unsubscribe', { email }),
    button('Filter', 'filter', { email }),
    change,
  ];
  if (contact.pendingDoi) list.unshift(button('Confirm', 'confirm', { email }));
  return list;
}

function mailButtons(mail) {
  const { msgId, email } = mail;
  return [
    button('Open', 'open', { msgId }),
    button('Click', 'click', { msgId }),
    button('Reply', 'reply', { msgId }),
    button('Order', 'convert', { msgId }),
    button('Bounce', 'bounce', { email, msgId }),
    button('Unsubscribe', 'unsubscribe', { email, msgId }),
  ];
}

function moment(time) {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function fields(values) {
  return Object.entries(values).map(([name, value]) => name + ': ' + value).join('\\n');
}

function pre(text) {
  return element('pre', text);
}

function body(request) {
  if (request.bodyBytes === 0) return '';
  return element('details', [
    element('summary', request.bodyBytes + ' bytes'),
    pre(request.body === '' ? 'no longer kept' : request.body),
  ]);
}

function show(state) {
  byId('base').textContent = state.baseUrl;
  byId('totals').textContent = Object.entries(state.counts).map(([what, count]) => count + ' ' + what).join(', ');
  byId('contacts-note').textContent =
    state.counts.contacts > state.contacts.length ? 'the first ' + state.contacts.length : '';
  table('contacts', ['ID', 'Email', 'External ID', 'Permission', 'Fields', 'Preferences', ''], state.contacts.map((contact) => [
    String(contact.id),
    contact.email ?? (contact.anonymous ? '(unsubscribed)' : ''),
    contact.externalId ?? '',
    PERMISSIONS[contact.permission] + (contact.pendingDoi ? ', DOI mail sent' : '') + (contact.block ? ', blocked' : ''),
    pre(fields({ ...contact.standardFields, ...contact.customFields })),
    pre(contact.preferences.map((each) => each.category + ' / ' + each.name + ': ' + each.value).join('\\n')),
    buttons(contact),
  ]));
  table('mailings', ['ID', 'Name', 'Subject', 'Type', 'State', 'Recipients', 'Opens', 'Clicks', ''], state.mailings.map((mailing) => [
    String(mailing.id), mailing.name, mailing.subject, mailing.type, mailing.state,
    String(mailing.recipients), String(mailing.opens), String(mailing.clicks),
    mailing.type === 'regular' ? button('Send to all', 'sendMailing', { id: mailing.id }) : '',
  ]));
  table('mails', ['Sent', 'Kind', 'To', 'About', ''], state.mails.reverse().map((mail) => [
    moment(mail.sent), mail.kind, mail.email,
    [mail.mailingId ?? '', mail.doiMailing ?? mail.transactionType ?? ''].join(' '),
    mailButtons(mail),
  ]));
  table('happenings', ['When', 'What', 'Who', 'Mailing', 'About'], state.latest.reverse().map(({ kind, time, email, contactId, about }) => [
    moment(time), kind, email ?? 'contact ' + contactId, String(about.mailingId ?? ''),
    [about.tracked ? '' : 'anonymous', about.link?.url ?? about.link?.type, about.deviceType, about.type, about.reason, about.newStatus, about.source, about.value]
      .filter((part) => part !== undefined && part !== '').join(', '),
  ]));
  table('transactions', ['ID', 'Type', 'Contact', 'Content'], state.transactions.reverse().map((each) => [
    String(each.txId), each.type ?? '', each.email ?? '', pre(JSON.stringify(each.content)),
  ]));
  table('webhooks', ['ID', 'Event', 'URL'], state.webhooks.map((hook) => [String(hook.id), hook.event, hook.url]));
  table('deliveries', ['Webhook', 'Event', 'Answer', 'Body'], state.deliveries.reverse().map((each) => [
    String(each.webhookId), each.event, String(each.status ?? each.error), pre(each.body),
  ]));
  table('requests', ['Status', 'Method', 'URL', 'Body'], state.requests.reverse().map((request) => {
    const status = element('span', request.status === 0 ? 'no answer' : String(request.status));
    if (request.status === 0 || request.status >= 400) status.className = 'bad';
    return [status, request.method, element('code', request.url), body(request)];
  }));
}

let shown = '';
async function refresh() {
  try {
    const text = await (await fetch('/state')).text();
    if (text === shown) return;
    shown = text;
    show(JSON.parse(text));
  } catch {
    byId('notice').textContent = 'The sandbox does not answer.';
  }
}

byId('reset').addEventListener('click', () => control('reset'));
async function poll() {
  const reading = document.querySelector('details[open]') !== null || String(getSelection()) !== '';
  if (!reading) await refresh();
  setTimeout(poll, 1000);
}
void poll();
</script>
</body>
</html>
`;
