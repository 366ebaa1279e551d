import { itemsOf, type Execution, type OnError } from '../../scripts/n8n';
import type { Editor } from './support/editor';
import { environment } from './support/environment';
import { contactsInMaileon, inMaileon, requestsInMaileon } from './support/sandbox';
import { scenarios } from './support/scenario';
import { openSheetWorkflow } from './support/workflows';

/**
 * n8n's own "Retry On Fail" runs the whole node again, all of its items, as soon as the first of them failed.
 * Nobody may get a second mail by that.
 */

const { scenario } = scenarios();

const tries = 3;
const rows = [
	{ customer: 'BAD', mail: 'not an address' },
	{ customer: 'B', mail: 'b@example.com' },
	{ customer: 'C', mail: 'c@example.com' },
];

async function openWithRetryOnFail(editor: Editor, onError: OnError): Promise<void> {
	await openSheetWorkflow(
		editor,
		`Retry On Fail: ${onError}`,
		rows,
		{
			operation: 'createByExternalId',
			externalId: '={{ $json.customer }}',
			email: '={{ $json.mail }}',
			doi: true,
		},
		{ onError, retryOnFail: true, maxTries: tries, waitBetweenTries: 100 },
	);
	await editor.openNode('Maileon');
}

/** How often Maileon was asked to create each contact. */
async function attempts(): Promise<Record<string, number>> {
	const count = async (customer: string) =>
		(await requestsInMaileon('POST', `/contacts/externalid/${customer}?`)).length;
	return { BAD: await count('BAD'), B: await count('B'), C: await count('C') };
}

/** The recipients of the mails, as they stand on the page of the sandbox. */
async function mailsOnPage({ page }: Editor): Promise<string[]> {
	await page.goto(environment.sandboxUrl);
	const rowsOfMails = page.locator('#mails tbody tr');
	const { mails } = await inMaileon();
	await rowsOfMails.nth(mails.length - 1).waitFor();
	const recipients = await rowsOfMails.locator('td').filter({ hasText: '@' }).allInnerTexts();
	return recipients.sort();
}

function succeeded(execution: Execution): unknown[] {
	return itemsOf(execution, 'Maileon').map(({ json }) => json.external_id);
}

const settings: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
for (const onError of settings) {
	scenario(`one mail a contact, with On Error ${onError}`, async (editor) => {
		await openWithRetryOnFail(editor, onError);
		const execution = await editor.executeStep();
		await editor.screenshot(`retry-on-fail-${onError}`);
		const recipients = await mailsOnPage(editor);
		await editor.screenshot(`retry-on-fail-${onError}-mails`);

		expect(recipients).toEqual(['b@example.com', 'c@example.com']);
		expect(await attempts()).toEqual({ BAD: tries, B: 1, C: 1 });
		expect((await contactsInMaileon()).map(({ externalId }) => externalId).sort()).toEqual([
			'B',
			'C',
		]);
		if (onError === 'stopWorkflow') {
			expect(execution.status).toBe('error');
			expect(execution.error?.message).toMatch(/email/i);
		}
		if (onError === 'continueRegularOutput') {
			expect(succeeded(execution)).toEqual([undefined, 'B', 'C']);
			expect(itemsOf(execution, 'Maileon')[0]?.json).toHaveProperty('error');
		}
		if (onError === 'continueErrorOutput') {
			expect(succeeded(execution)).toEqual(['B', 'C']);
			expect(itemsOf(execution, 'Maileon', 1)).toMatchObject([{ json: { customer: 'BAD' } }]);
		}
	});
}

scenario('the next execution of the workflow does its work anew', async (editor) => {
	await openWithRetryOnFail(editor, 'continueRegularOutput');
	await editor.executeStep();
	const second = await editor.executeStep();

	expect(succeeded(second)).toEqual([undefined, 'B', 'C']);
	expect(await attempts()).toEqual({ BAD: 2 * tries, B: 2, C: 2 });
});
