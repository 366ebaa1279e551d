import { environment } from './support/environment';
import { scenarios } from './support/scenario';
import { freePort } from '../../scripts/n8n';

/** The credential dialog, in which a person pastes the key once and is told whether it works. */

const { scenario } = scenarios();

scenario(
	'tells a refused key and an unreachable host apart, and a key that works',
	async (editor) => {
		await editor.openNewWorkflow();
		await editor.addNode('manual', 'Manual Trigger');
		// Its panel asks Maileon nothing, which would fail as long as the credential does.
		await editor.addNode('maileon', 'Maileon API', 'Count contacts');
		await editor.openNewCredential();

		await editor.credentialField('apiKey').fill('not-the-key');
		await editor.credentialField('baseUrl').fill(environment.baseUrl);
		await editor.saveCredential();
		await editor.expectCredentialFailure(/Maileon refused the API key/);
		await editor.screenshot('credential-wrong-key');

		const nobody = `http://127.0.0.1:${await freePort()}/1.0`;
		await editor.credentialField('baseUrl').fill(nobody);
		await editor.saveCredential();
		await editor.expectCredentialFailure(/Maileon was not reached/);
		await editor.screenshot('credential-unreachable');

		await editor.credentialField('apiKey').fill(environment.apiKey);
		await editor.credentialField('baseUrl').fill(environment.baseUrl);
		await editor.saveCredential();
		if (environment.line === '1') await editor.expectCredentialSuccess();
		await editor.screenshot('credential-works');
		await editor.closeCredential();

		await editor.openCredential();
		await editor.expectCredentialSuccess();
	},
);
