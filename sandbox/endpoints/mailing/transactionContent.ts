import { JSON_TYPE } from '../../server/media';
import type { Call } from '../../server/routing';
import { decodeUtf8, readJson } from '../../server/routing';
import { expectObject } from '../contactInput';

/**
 * The content of a contact event in an optional JSON body; a body of any other type is ignored.
 *
 * @param contentOf where it stands in the object
 * @throws Refusal (400) when there is a JSON body that holds no object
 */
export function transactionContent(
	{ body }: Call,
	contentOf: (body: Record<string, unknown>) => unknown = (whole) => whole,
): Record<string, unknown> {
	if (body.kind !== 'file' || body.type !== JSON_TYPE || body.bytes.length === 0) return {};
	const whole = expectObject(readJson(decodeUtf8(body.bytes)), 'the body');
	return expectObject(contentOf(whole), 'the transaction content');
}
