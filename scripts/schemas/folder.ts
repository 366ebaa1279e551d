import path from 'node:path';

/** Beside the nodes, where n8n looks: `__schema__/v<version>/<resource>/<operation>.json`. */
export const SCHEMAS = path.join('__schema__', 'v1.0.0');

/** The file of an operation, given as `resource.operation`, below the folder of the nodes. */
export function schemaFile(operation: string): string {
	return `${path.join(SCHEMAS, ...operation.split('.'))}.json`;
}
