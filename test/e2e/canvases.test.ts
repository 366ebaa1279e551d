import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowFile } from '../../scripts/n8n';
import { credentialType, maileonType, type Editor } from './support/editor';
import { environment } from './support/environment';
import { scenarios } from './support/scenario';

/** What a person sees who imports an example from its file, with a credential of the name that it asks for. */

const { scenario } = scenarios();

const EXAMPLES = path.join(__dirname, '../../examples');
const examples = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));

const fileOf = (example: string) => path.join(EXAMPLES, example);

const readExample = (example: string) =>
	JSON.parse(readFileSync(fileOf(example), 'utf8')) as WorkflowFile;

/** Makes the credential of the examples the only one, since n8n finds it by its name. */
async function saveCredentialOfExamples({ client }: Editor): Promise<void> {
	for (const { id } of await client.credentials()) await client.deleteCredential(id);
	await client.saveCredential(credentialType, 'Maileon account', {
		apiKey: environment.apiKey,
		baseUrl: environment.baseUrl,
	});
}

it('there are examples', () => {
	expect(examples.length).toBeGreaterThan(0);
});

for (const example of examples)
	scenario(`${example} is complete on the canvas`, async (editor) => {
		const { nodes } = readExample(example);
		const known = (await editor.client.nodeTypes()).map(({ name }) => name);
		expect(nodes.map(({ type }) => type).filter((type) => !known.includes(type))).toEqual([]);

		await saveCredentialOfExamples(editor);
		await editor.openNewWorkflow();
		await editor.importFile(fileOf(example));
		for (const { name, type } of nodes)
			if (!type.endsWith('.stickyNote')) await editor.node(name).waitFor();
		await editor.canvasPicture(`canvas-${path.basename(example, '.json')}`);
		expect(await editor.markedNodes()).toEqual([]);
	});

scenario('the canvas marks what is unknown and what is incomplete', async (editor) => {
	const node = (name: string, type: string, y: number) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, y] as [number, number],
		parameters: {},
	});
	await editor.openNewWorkflow();
	await editor.paste(
		[node('Unknown', `${maileonType}Unknown`, 0), node('Incomplete', maileonType, 200)],
		{},
	);
	expect((await editor.markedNodes()).sort()).toEqual(['Incomplete', 'Unknown']);
});
