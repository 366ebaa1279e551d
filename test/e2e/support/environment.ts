import type { Host } from '../../../scripts/n8n';

/**
 * What the runner of the tests in the browser (scripts/e2e.mjs) has started, as it tells the tests. The tests
 * that share an n8n are told where it and its sandbox are; those that start their own, what they need for it;
those that need none, neither.
 */
export const environment = {
	login: { email: required('E2E_EMAIL'), password: required('E2E_PASSWORD') },
	/** Folder for screenshots. */
	artifacts: required('E2E_ARTIFACTS'),
	/** Folder of the README's pictures, when they are to be renewed. */
	pictures: process.env.E2E_PICTURES || undefined,
	/** Folder of the frames of a film, when it is to be made. */
	frames: process.env.E2E_FRAMES || undefined,
	chromium: process.env.CHROMIUM_PATH || '/usr/bin/chromium',

	/** `1` for n8n 1.x, `2` for n8n 2.x. */
	get line(): '1' | '2' {
		return required('E2E_LINE') === '1' ? '1' : '2';
	},
	get n8nUrl(): string {
		return required('E2E_N8N_URL');
	},
	get sandboxUrl(): string {
		return required('E2E_SANDBOX_URL');
	},
	/** What goes into the credential as Base URL. */
	get baseUrl(): string {
		return `${this.sandboxUrl}/1.0`;
	},
	get apiKey(): string {
		return required('E2E_API_KEY');
	},

	/** An n8n to start. */
	get host(): Host {
		return JSON.parse(required('E2E_HOST')) as Host;
	},
	/** This package, packed. */
	get tarball(): string {
		return required('E2E_TARBALL');
	},
};

function required(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set: run these tests with "npm run test:e2e".`);
	return value;
}
