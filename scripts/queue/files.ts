import { waitFor } from '../n8n';
import { post, type Stage } from './stage';

const FILE = 'An invoice, taken by the webhook processor and sent by a worker. '.repeat(1000);

/** A file that the webhook processor takes is attached by a worker, which has another disk. */
export async function files(stage: Stage): Promise<void> {
	const { fleet, sandbox } = stage;
	sandbox.reset();
	const status = await sendFile(stage, fleet.webhookUrl);
	const body = sandbox.requests.find(({ path }) => path === '/transactions')?.body ?? '';
	const arrived = body.includes(Buffer.from(FILE).toString('base64'));
	stage.expect('a file of the webhook processor was attached by a worker', arrived);
	const stored = await fleet.filesInDatabase();
	const where =
		stored === undefined || stored === 0
			? 'n8n kept the file with the data of the execution'
			: 'n8n kept the file in its database';
	stage.tell(`A file, with n8n's own setting for binary data: execution ${status}; ${where}.`);

	sandbox.reset();
	const onDisk = await fleet.startFurtherWebhookProcessor({
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	});
	const statusOnDisk = await sendFile(stage, onDisk);
	stage.expect(
		'with files on a disk of its own (N8N_DEFAULT_BINARY_DATA_MODE=filesystem) nothing was sent',
		statusOnDisk === 'error' && sandbox.account.transactions.length === 0,
	);
	const reason = await lastError(stage);
	stage.tell(
		`A file, with \`N8N_DEFAULT_BINARY_DATA_MODE=filesystem\` and a disk for each process: execution ${statusOnDisk}, “${reason}”`,
	);
}

/** Sends the file to the workflow; gives the status of the execution that came of it. */
async function sendFile(stage: Stage, url: string): Promise<string> {
	const { id, path } = await stage.workflow('sendFile');
	const before = (await stage.fleet.executionsOf(id)).length;
	const form = new FormData();
	form.append('invoice', new Blob([FILE], { type: 'application/pdf' }), 'invoice.pdf');
	await post(`${url}/webhook/${path}`, form);
	return await waitFor('the execution with the file', async () => {
		const found = (await stage.fleet.executionsOf(id))[before];
		return found && !['new', 'running'].includes(found.status) ? found.status : undefined;
	});
}

async function lastError(stage: Stage): Promise<string> {
	const { id } = await stage.workflow('sendFile');
	const last = (await stage.fleet.executionsOf(id)).at(-1);
	const { error } = await stage.fleet.client.execution(last?.id ?? '');
	return [error?.message, error?.description].filter(Boolean).join(' ');
}
