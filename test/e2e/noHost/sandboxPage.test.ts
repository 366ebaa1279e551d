import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { clientOf, JSON_BODY, PLAIN_JSON, type Client } from '../../support/sandboxClient';
import { environment } from '../support/environment';

/** The page of the sandbox, as somebody uses it who tries the node. */

const ada = 'ada@example.com';
const longEmail = `grace.${'brewster.'.repeat(6)}hopper@subdomain.of.example.com`;

/** Stands for n8n's webhooks: those with `/broken` fail. */
const receiver = createServer((request, response) => {
	request.resume();
	response.writeHead(request.url?.endsWith('/broken') ? 500 : 200).end();
});

let sandbox: Sandbox;
let call: Client;
let browser: Browser;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	sandbox = await startSandbox({ apiKey: 'key-to-copy' });
	call = clientOf(sandbox);
	browser = await chromium.launch({
		executablePath: environment.chromium,
		args: ['--no-sandbox'],
	});
	const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
	page = await context.newPage();
	page.setDefaultTimeout(10_000);
	page.on('pageerror', (error) => pageErrors.push(error.message));
	page.on('console', (message) => {
		// The refusals that a test provokes are told by Chromium too.
		if (message.type() === 'error' && !message.location().url.includes('/control/'))
			pageErrors.push(message.text());
	});
	page.on('dialog', (dialog) => {
		pageErrors.push(`The browser asked: ${dialog.message()}`);
		void dialog.dismiss();
	});
});
afterAll(async () => {
	await browser.close();
	await sandbox.close();
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
	sandbox.reset();
	sandbox.mails.length = 0;
	pageErrors.length = 0;
	await createContact(ada, 'permission=5', {
		standard_fields: { FIRSTNAME: 'Ada' },
		custom_fields: { COLOR: 'BLUE' },
	});
});
afterEach(() => expect(pageErrors).toEqual([]));

async function createContact(email: string, query: string, body: object): Promise<void> {
	await call('POST', `/contacts/email/${encodeURIComponent(email)}?${query}`, {
		body: JSON.stringify(body),
		type: JSON_BODY,
	});
}

async function listenFor(event: string, path: string): Promise<void> {
	const { port } = receiver.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}/webhook/3a1b2c4d-0f5e-4b6a-9c7d-8e9f0a1b2c3d${path}`;
	const body = JSON.stringify({ event, url });
	await call('POST', '/webhooks', { body, type: PLAIN_JSON, accept: PLAIN_JSON });
}

/** The row of a section that holds these words. */
function row(section: string, words: string): Locator {
	return page.locator(`#${section} tbody tr`, { hasText: words }).first();
}

async function press(where: Locator, name: string): Promise<void> {
	await where.getByRole('button', { name, exact: true }).click();
}

async function linesOfButtons(where: Locator): Promise<number> {
	const boxes = await Promise.all(
		(await where.getByRole('button').all()).map(async (each) => await each.boundingBox()),
	);
	return new Set(boxes.map((box) => box?.y)).size;
}

test('copies the API key', async () => {
	await page.goto(sandbox.url);
	await press(page.locator('dd', { hasText: 'key-to-copy' }), 'Copy');
	await page.getByRole('button', { name: 'Copied' }).waitFor();
	expect(await page.evaluate('navigator.clipboard.readText()')).toBe('key-to-copy');
});

test('changes a field by a form, and tells what the webhooks answered', async () => {
	await listenFor('contact_field_change', '/first');
	await listenFor('contact_field_change', '/broken');
	await page.goto(sandbox.url);
	await press(row('contacts', ada), 'Change field');
	const form = page.getByRole('dialog');
	expect(await form.getByLabel('New value').inputValue()).toBe('Ada');

	await form.getByLabel('Field').selectOption('SCORE');
	await form.getByLabel('New value').fill('much');
	await press(form, 'Save');
	await form.getByText('Failed: SCORE').waitFor();
	expect(sandbox.deliveries).toEqual([]);

	await form.getByLabel('Field').selectOption('COLOR');
	expect(await form.getByLabel('New value').inputValue()).toBe('BLUE');
	await form.getByLabel('New value').fill('GREEN');
	await form.getByLabel('New value').press('Enter');
	await form.waitFor({ state: 'hidden' });
	await row('contacts', 'COLOR: GREEN').getByText('Called 2 webhooks: 200, 500').waitFor();
	expect(sandbox.contacts()).toMatchObject([{ customFields: { COLOR: 'GREEN' } }]);
});

test('tells in the form when the sandbox did not answer, and saves by a second try', async () => {
	await page.goto(sandbox.url);
	await page.route('**/control/changeField', async (route) => await route.abort(), { times: 1 });
	await press(row('contacts', ada), 'Change field');
	const form = page.getByRole('dialog');
	await form.getByLabel('New value').fill('Eve');
	await press(form, 'Save');
	await form.getByText('Failed: ').waitFor();
	await press(form, 'Save');
	await row('contacts', 'FIRSTNAME: Eve').waitFor();
});

test('leaves the form without a change', async () => {
	await page.goto(sandbox.url);
	for (const leave of [
		async () => await press(page.getByRole('dialog'), 'Cancel'),
		async () => await page.keyboard.press('Escape'),
	]) {
		await press(row('contacts', ada), 'Change field');
		await page.getByLabel('New value').fill('Eve');
		await leave();
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
	}
	expect(sandbox.contacts()).toMatchObject([{ standardFields: { FIRSTNAME: 'Ada' } }]);
});

test('does what recipients do, and answers where it was asked', async () => {
	await createContact('grace@example.com', 'permission=1&doi=true&doiplus=true', {});
	await listenFor('doi', '/doi');
	await page.goto(sandbox.url);
	const grace = row('contacts', 'grace@example.com');
	await press(grace, 'Confirm');
	await grace.getByText('Called 1 webhook: 200').waitFor();
	await grace.getByText('double opt-in plus').waitFor();
	await press(grace, 'Filter');
	await grace.getByText('Done; no webhook waits for this').waitFor();
	await press(grace, 'Bounce');
	await grace.getByText('double opt-in plus, blocked').waitFor();

	const mailing = row('mailings', 'Spring sale');
	await press(mailing, 'Send to all');
	await mailing.getByText('Sent 1 mail').waitFor();
	const mail = page.locator('#mails tbody tr', { hasText: ada });
	for (const name of ['Open', 'Click', 'Reply', 'Order']) {
		const answered = page.waitForResponse((response) => response.url().includes('/control/'));
		await press(mail, name);
		await answered;
		await mail.getByText('Recorded').waitFor();
	}
	await press(mail, 'Bounce');
	await mail.getByText('Done; no webhook waits for this').waitFor();
	await press(row('contacts', ada), 'Unsubscribe');
	await row('contacts', '(unsubscribed)').getByText('Done; no webhook waits').waitFor();
	await press(mail, 'Unsubscribe');
	await mail.getByText(`Failed: no contact has the email address ${ada}`).waitFor();
	const kinds = ['recipients', 'opens', 'clicks', 'replies', 'conversions', 'bounces'] as const;
	expect(kinds.filter((kind) => sandbox.account.happenings.timeline(kind).length === 0)).toEqual(
		[],
	);

	await press(page.locator('header'), 'Start over');
	await page.locator('header').getByText('Done').waitFor();
	expect(sandbox.contacts()).toEqual([]);
	expect(await page.locator('#contacts tbody tr').count()).toBe(0);
});

test('sends a day: what is due goes out, and what cannot go out says why', async () => {
	sandbox.setClock({ at: Date.UTC(2026, 2, 4, 9) });
	const query = 'date=2026-03-04&hours=11&minutes=00';
	await call('POST', '/mailings?name=Good+news&subject=Hello');
	const id = Number([...sandbox.account.mailings.keys()].at(-1));
	for (const each of [id, 22]) await call('PUT', `/mailings/${each}/schedule?${query}`);
	await call('POST', '/mailings/22/contents/subject', { body: '<subject>Changed</subject>' });
	await page.goto(sandbox.url);
	await row('mailings', 'Good news').getByText('2026-03-04 11:00:00').waitFor();
	await press(page.locator('header'), 'Send day');
	await page
		.locator('header')
		.getByText('It is 2026-03-05 09:00:00. Sent: Good news (1 mail)')
		.waitFor();
	await row('mailings', 'Good news').getByText('done', { exact: true }).waitFor();
	await row('mailings', 'Summer sale').getByText('not sent: content was changed').waitFor();
	await row('mails', ada).getByText(String(id), { exact: true }).waitFor();
	await press(page.locator('header'), 'Send day');
	await page.locator('header').getByText('Nothing was due').waitFor();
});

test('keeps a body unfolded while further requests arrive', async () => {
	await page.goto(sandbox.url);
	await row('requests', 'ada%40example.com').locator('summary').click();
	await createContact('grace@example.com', 'permission=1', {});
	await row('requests', 'grace%40example.com').waitFor();
	expect(await row('requests', 'ada%40example.com').locator('pre').isVisible()).toBe(true);
	expect(await row('requests', 'grace%40example.com').locator('pre').isVisible()).toBe(false);
});

test.each([
	[1440, 'light'],
	[1024, 'light'],
	[1440, 'dark'],
	[1024, 'dark'],
] as const)('cuts nothing off at a width of %i pixels, %s', async (width, colorScheme) => {
	await createContact(longEmail, 'permission=5', {
		external_id: `CRM-${'0'.repeat(60)}`,
		standard_fields: { ORGANIZATION: 'a'.repeat(200), FIRSTNAME: 'Grace' },
	});
	await listenFor('contact_field_change', `/${'long/'.repeat(20)}`);
	await sandbox.changeField(longEmail, 'COLOR', 'RED');
	sandbox.recipients.send(21);
	sandbox.recipients.act('clicks', { email: longEmail }, {});
	const longWord = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
	await call('POST', `/mailings?name=${longWord.slice(0, 64)}&subject=${longWord}`);
	await call('PUT', '/mailings/22/schedule?date=2100-01-01&hours=08&minutes=00');
	await call('POST', '/mailings/22/contents/subject', { body: '<subject>Changed</subject>' });
	sandbox.setClock({ at: Date.UTC(2100, 0, 2) });
	await page.setViewportSize({ width, height: 900 });
	await page.emulateMedia({ colorScheme });
	await page.goto(sandbox.url);
	await row('deliveries', 'contact_field_change').waitFor();
	const tooWide = `[document.documentElement, ...document.querySelectorAll('section, td')]
		.filter((each) => each.scrollWidth > each.clientWidth)
		.map((each) => each.outerHTML.slice(0, 80))`;
	expect(await page.evaluate(tooWide)).toEqual([]);
	if (width === 1440) expect(await linesOfButtons(row('contacts', longEmail))).toBe(1);
	const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
	expect(background).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(246, 247, 249)');
	const path = join(environment.artifacts, `sandbox-${width}-${colorScheme}.png`);
	await page.screenshot({ path, fullPage: true });
});
