import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { pack } from '../../../scripts/npm/packing';

/**
 * A package that stands for the vendor's own, `n8n-nodes-maileon`: it has the names of its two nodes and of
 * its credential type, whose key is pasted as Base64. The node and the trigger ask Maileon for a sign of life
 * with that key; the trigger then waits for calls.
 */

export const vendor = {
	packageName: 'n8n-nodes-maileon',
	nodeType: 'n8n-nodes-maileon.maileon',
	triggerType: 'n8n-nodes-maileon.maileonTrigger',
	credentialType: 'maileonApi',
};

const manifest = {
	name: vendor.packageName,
	version: '1.0.0',
	keywords: ['n8n-community-node-package'],
	files: ['dist'],
	n8n: {
		n8nNodesApiVersion: 1,
		credentials: ['dist/credentials/MaileonApi.credentials.js'],
		nodes: ['dist/nodes/Maileon/Maileon.node.js', 'dist/nodes/Maileon/MaileonTrigger.node.js'],
	},
};

const credential = `
exports.MaileonApi = class {
	name = 'maileonApi';
	displayName = 'Maileon API';
	properties = [
		{ displayName: 'API Key (Base64)', name: 'apiKey', type: 'string', default: '' },
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
	];
	authenticate = {
		type: 'generic',
		properties: { headers: { Authorization: '=Basic {{$credentials.apiKey}}' } },
	};
};
`;

const ping = `
async function ping(context) {
	const { url } = await context.getCredentials('maileonApi');
	const request = { method: 'GET', url: url + '/ping' };
	await context.helpers.httpRequestWithAuthentication.call(context, 'maileonApi', request);
}
`;

const node = `${ping}
exports.Maileon = class {
	description = {
		displayName: 'Maileon',
		name: 'maileon',
		group: ['transform'],
		version: 1,
		description: 'Stands for the node of the vendor',
		defaults: { name: 'Maileon' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'maileonApi', required: true }],
		properties: [],
	};
	async execute() {
		await ping(this);
		return [this.getInputData()];
	}
};
`;

const trigger = `${ping}
exports.MaileonTrigger = class {
	description = {
		displayName: 'Maileon Trigger',
		name: 'maileonTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Stands for the trigger of the vendor',
		defaults: { name: 'Maileon Trigger' },
		inputs: [],
		outputs: ['main'],
		credentials: [{ name: 'maileonApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [],
	};
	webhookMethods = {
		default: {
			checkExists: async () => false,
			async create() {
				await ping(this);
				return true;
			},
			delete: async () => true,
		},
	};
	async webhook() {
		return { workflowData: [this.helpers.returnJsonArray(this.getBodyData())] };
	}
};
`;

/**
 * Writes the package into a folder and packs it.
 *
 * @returns the path of the tarball
 */
export function packVendorPackage(folder: string): string {
	const files = {
		'package.json': JSON.stringify(manifest, null, 2),
		'dist/credentials/MaileonApi.credentials.js': credential,
		'dist/nodes/Maileon/Maileon.node.js': node,
		'dist/nodes/Maileon/MaileonTrigger.node.js': trigger,
	};
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(folder, dirname(path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return pack(folder);
}
