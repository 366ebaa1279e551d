import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

import { describe, warnings } from './description';
import { DOCUMENTATION } from './documentation';
import type { Resource } from './operation';

type Shared =
	| 'version'
	| 'documentationUrl'
	| 'inputs'
	| 'outputs'
	| 'credentials'
	| 'hints'
	| 'properties';

/**
 * What the description of an action node follows from. The rest stands in the file of the node, where n8n's
 * linters look for it.
 * @param page the node's own page in docs/
 */
export function actionNode(
	resources: readonly Resource[],
	page: string,
): Pick<INodeTypeDescription, Shared> {
	return {
		version: 1,
		documentationUrl: `${DOCUMENTATION}/${page}`,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'maileonRestApi', required: true, testedBy: 'maileonRestApiTest' }],
		hints: warnings(resources),
		properties: describe(resources),
	};
}
