import type { IDataObject } from 'n8n-workflow';

import { answerOf, fakeClient, fakeNode, runOnce } from '../../../../support/fakeRun';
import { operationNamed } from '../../../../support/operationNamed';
import { runItems } from '../../../../support/runItems';

const REPORT = '<report><success>true</success></report>';
const JSON_LIST = { contactsSource: 'json', contactsJson: (json: IDataObject) => json.contacts };

describe('a list that cannot be sent', () => {
	it.each<[string, unknown]>([
		['a contact without an identifier', [{ email: 'b@x.de' }, { FIRSTNAME: 'Bob' }]],
		['what is no contact', [{ email: 'b@x.de' }, 5]],
		['what is no list', 'bob'],
	])('stops the run before anything is sent, where it holds %s', async (_what, contacts) => {
		const client = fakeClient(() => answerOf(REPORT));
		const parameters = { ...JSON_LIST, ignoreInvalidContacts: false };
		const items = [{ contacts: [{ email: 'a@x.de' }] }, { contacts }] as IDataObject[];
		const node = fakeNode({ items: items.map((json) => ({ json })), parameters });
		const run = runOnce(operationNamed('contact.synchronize'), node, client);
		await expect(run).rejects.toThrow();
		expect(client.requests).toEqual([]);
	});
});

describe('a run without contacts', () => {
	const NOTHING = 'There was no contact to send, so no request was made.';
	const run = async (items: IDataObject[]) =>
		await runItems(
			'contact.synchronize',
			JSON_LIST,
			() => answerOf(REPORT),
			items.map((json) => ({ json })),
		);

	it('says that no request was made', async () => {
		const { sent, hints } = await run([{ contacts: [] }, { contacts: [] }]);
		expect(sent).toEqual([]);
		expect(hints).toContain(NOTHING);
	});

	it('says nothing where there is one, or no item', async () => {
		const { sent, hints } = await run([{ contacts: [{ email: 'a@x.de' }] }]);
		expect(sent).toHaveLength(1);
		expect(hints).not.toContain(NOTHING);
		expect((await run([])).hints).toEqual([]);
	});
});
