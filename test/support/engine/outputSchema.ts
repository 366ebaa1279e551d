import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { N8n } from './n8n';

/** The look-up that n8n 2 has in n8n-core, which the types of n8n 1 do not know. */
interface CoreOfN8n2 {
	loadOutputSchema(of: {
		nodeDir: string;
		version: number;
		resource: string;
		operation: string;
		versionFallback: boolean;
	}): unknown;
}

const hasLookUp = (core: object): core is CoreOfN8n2 => 'loadOutputSchema' in core;

/**
 * What n8n finds as the schema of an operation's output, undefined where it finds none. n8n 1 looks for
 * the file in its server, by the rule that stands here.
 */
export function outputSchemaOf(
	{ core, loader }: N8n,
	node: string,
	resource: string,
	operation: string,
): unknown {
	const source = loader.known.nodes[node]?.sourcePath;
	if (!source) throw new Error(`The package holds no node ${node}`);
	const nodeDir = path.resolve(loader.directory, path.dirname(source));
	if (hasLookUp(core))
		return core.loadOutputSchema({
			nodeDir,
			version: 1,
			resource,
			operation,
			versionFallback: true,
		});
	const file = path.join(nodeDir, '__schema__', 'v1.0.0', resource, `${operation}.json`);
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
