/**
 * What the editor shows when a list cannot be loaded.
 */
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { factsOf, nodeError } from '../run/failures';

/** A fresh error with our words, and without anything of the request. */
export function lookupError(context: ILoadOptionsFunctions, error: unknown): Error {
	return nodeError(context.getNode(), factsOf(error));
}
