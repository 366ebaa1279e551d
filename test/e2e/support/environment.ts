/**
 * What the runner of the tests in the browser (scripts/e2e.mjs) has started, as it tells the tests.
 */

export interface Environment {
	/** `1` for n8n 1.x, `2` for n8n 2.x. */
	line: '1' | '2';
	n8nUrl: string;
	login: { email: string; password: string };
	sandboxUrl: string;
	/** What goes into the credential as Base URL. */
	baseUrl: string;
	apiKey: string;
	/** Folder for screenshots. */
	artifacts: string;
	/** Folder of the README's pictures, when they are to be renewed. */
	pictures?: string;
	chromium: string;
}

export const environment: Environment = {
	line: required('E2E_LINE') === '1' ? '1' : '2',
	n8nUrl: required('E2E_N8N_URL'),
	login: { email: required('E2E_EMAIL'), password: required('E2E_PASSWORD') },
	sandboxUrl: required('E2E_SANDBOX_URL'),
	baseUrl: `${required('E2E_SANDBOX_URL')}/1.0`,
	apiKey: required('E2E_API_KEY'),
	artifacts: required('E2E_ARTIFACTS'),
	pictures: process.env.E2E_PICTURES || undefined,
	chromium: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
};

function required(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set: run these tests with "npm run test:e2e".`);
	return value;
}
