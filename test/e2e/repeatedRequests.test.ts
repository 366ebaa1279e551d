import { itemsOf } from '../../scripts/n8n';
import { outcomeOf } from './support/executions';
import {
	contactAwaitingConfirmation,
	contactsInMaileon,
	control,
	fillAccount,
	inMaileon,
	requestsInMaileon,
} from './support/sandbox';
import { scenarios } from './support/scenario';
import { openSheetWorkflow } from './support/workflows';

/** A Maileon that fails for a moment, and a real n8n that goes on after it. */

const { scenario } = scenarios();

const busy = { status: 503 };
const tooMany = { status: 429, headers: { 'Retry-After': '1' } };
/** A fault that does nothing: the request is answered as ever. */
const fine = { times: 1 };

async function failInTurn(method: string, path: string, faults: object[]): Promise<void> {
	for (const fault of faults) await control('fail', { method, path, ...fault });
}

async function statusesOf(method: string, path: string): Promise<number[]> {
	return (await requestsInMaileon(method, path)).map(({ status }) => status);
}

scenario('creates a contact after 503 and after 429 with Retry-After, once', async (editor) => {
	const rows = [{ customer: 'CRM-1', mail: 'ada@example.com' }];
	await openSheetWorkflow(editor, 'Retries: create', rows, {
		operation: 'createByExternalId',
		externalId: '={{ $json.customer }}',
		email: '={{ $json.mail }}',
		doi: true,
	});
	const path = '/contacts/externalid/CRM-1';
	await failInTurn('POST', path, [busy, tooMany]);
	await editor.openNode('Maileon');
	const execution = await editor.executeStep();
	await editor.screenshot('retries-create');

	expect(outcomeOf(execution)).toEqual({ status: 'success' });
	expect(itemsOf(execution, 'Maileon').map(({ json }) => json)).toMatchObject([
		{ success: true, external_id: 'CRM-1' },
	]);
	expect(await statusesOf('POST', path)).toEqual([503, 429, 201]);
	expect(await contactsInMaileon()).toMatchObject([{ externalId: 'CRM-1' }]);
	expect((await inMaileon()).mails).toMatchObject([{ kind: 'doi', email: 'ada@example.com' }]);
});

scenario('reads on from the page that Maileon would not give at first', async (editor) => {
	await fillAccount(1_200);
	await openSheetWorkflow(editor, 'Retries: get many', [{}], {
		operation: 'getMany',
		selection: 'all',
		returnAll: true,
	});
	await failInTurn('GET', '/contacts', [fine, busy, tooMany]);
	await editor.openNode('Maileon');
	const execution = await editor.executeStep();
	await editor.screenshot('retries-get-many');

	expect(outcomeOf(execution)).toEqual({ status: 'success' });
	const emails = itemsOf(execution, 'Maileon').map(({ json }) => json.email);
	expect(emails).toHaveLength(1_200);
	expect(new Set(emails).size).toBe(1_200);
	expect(await statusesOf('GET', '/contacts?')).toEqual([200, 503, 429, 200]);
});

scenario('a deletion whose answer got lost on the way is a success', async (editor) => {
	await contactAwaitingConfirmation('ada@example.com');
	await openSheetWorkflow(editor, 'Retries: delete', [{ mail: 'ada@example.com' }], {
		operation: 'delete',
		contact: { __rl: true, mode: 'email', value: '={{ $json.mail }}' },
	});
	const path = `/contacts/email/${encodeURIComponent('ada@example.com')}`;
	await failInTurn('DELETE', path, [{ breakConnection: 'after' }]);
	await editor.openNode('Maileon');
	const execution = await editor.executeStep();
	await editor.screenshot('retries-delete');

	expect(outcomeOf(execution)).toEqual({ status: 'success' });
	expect(itemsOf(execution, 'Maileon').map(({ json }) => json)).toMatchObject([
		{ deleted: true, email: 'ada@example.com' },
	]);
	expect(await statusesOf('DELETE', path)).toEqual([0, 404]);
	expect((await inMaileon()).counts.contacts).toBe(0);
});
