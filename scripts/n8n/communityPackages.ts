import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { N8nClient } from './client';

/** A package as n8n's page of community nodes lists it. */
export interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	/** A newer version, where there is one. */
	updateAvailable?: string;
	/** Whether its nodes are missing. */
	failedLoading?: boolean;
	installedNodes: Array<{ name: string; type: string; latestVersion: number }>;
}

const path = '/rest/community-packages';

export async function installedPackages(client: N8nClient): Promise<InstalledPackage[]> {
	return (await client.send('GET', path)) as InstalledPackage[];
}

/** Installs a package as the page does. */
export async function install(
	client: N8nClient,
	name: string,
	version: string,
): Promise<InstalledPackage> {
	return (await client.send('POST', path, { name, version })) as InstalledPackage;
}

/** Replaces a package by another version of it, as the page does. */
export async function update(
	client: N8nClient,
	name: string,
	version: string,
): Promise<InstalledPackage> {
	return (await client.send('PATCH', path, { name, version })) as InstalledPackage;
}

/** Removes a package as the page does. */
export async function uninstall(client: N8nClient, name: string): Promise<void> {
	await client.send('DELETE', `${path}?name=${name}`);
}

/** Where n8n keeps its community packages. */
export function nodesFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}

/** What there is of a package in that folder, with any backup of it. */
export function foldersOf(userFolder: string, name: string): string[] {
	const modules = join(nodesFolder(userFolder), 'node_modules');
	if (!existsSync(modules)) return [];
	return readdirSync(modules).filter((each) => each === name || each.startsWith(`${name}.`));
}

/** The packages, with their versions, that the folder is to hold by its own account. */
export function dependenciesOf(userFolder: string): Record<string, string> {
	const text = readFileSync(join(nodesFolder(userFolder), 'package.json'), 'utf8');
	return (JSON.parse(text) as { dependencies: Record<string, string> }).dependencies;
}
