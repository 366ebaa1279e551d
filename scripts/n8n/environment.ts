import { dirname } from 'node:path';

import { freePort } from './port';

/** An installed n8n, as scripts/hosts.mjs hands it out. */
export interface Host {
	version: string;
	folder: string;
	nodeBinary: string;
	n8nBin: string;
}

/**
 * The environment variables that n8n starts with.
 *
 * Nothing of the caller's own n8n settings counts, nothing calls home, nothing is reachable from outside.
 */
export async function environment(
	host: Host,
	userFolder: string,
	port: number,
): Promise<NodeJS.ProcessEnv> {
	const inherited = Object.entries(process.env).filter(
		([name]) =>
			!/^(N8N_|DB_|EXECUTIONS_|QUEUE_|NODE_OPTIONS$|NODE_FUNCTION_|JEST_|TS_|TSX_)/.test(name),
	);
	const brokerPort = await freePort();
	return {
		...Object.fromEntries(inherited),
		PATH: `${dirname(host.nodeBinary)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		GENERIC_TIMEZONE: 'Europe/Berlin',
		...(host.version.startsWith('1.')
			? { N8N_RUNNERS_ENABLED: 'false', DB_SQLITE_POOL_SIZE: '2' }
			: {}),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_LOG_LEVEL: 'info',
	};
}
