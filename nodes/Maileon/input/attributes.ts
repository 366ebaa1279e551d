/**
 * Where the attributes come from that mapped content is converted by: the columns that were saved
 * with the workflow, else Maileon.
 */
import {
	referenceText,
	type AttributeDefinition,
	type TypeReference,
} from '../maileon/transaction/transactionType';
import type { MaileonClient } from '../transport/client';
import { MaileonFailure } from '../transport/failure';
import { fetchTransactionType, type ReadOptions } from '../transport/transactionTypes';
import type { ContentReader } from './content';
import { ExplainedRefusal } from '../transport/refusal';
import { explain } from '../transport/words';
import { typeSubject } from './transactionTypes';

/** A type whose attributes are needed, and how to ask for them. */
export interface MappedType {
	reference: TypeReference;
	options: ReadOptions;
}

/** The attributes of a type; undefined where they are not known. */
export type Attributes = readonly AttributeDefinition[] | undefined;

export class AttributeSource {
	private readonly known = new Map<string, Attributes | ExplainedRefusal>();

	private constructor(private readonly saved: Attributes) {}

	/** The saved columns: enough where all items have the one type that was chosen in the editor. */
	static ofSaved(reader: ContentReader): AttributeSource | undefined {
		const saved = reader.savedAttributes();
		return saved && new AttributeSource(saved);
	}

	/**
	 * Asks Maileon for each of the types, which are distinct. A type that it refuses to show fails the items that
	 * name it; but a key that may not read goes on without, where content can be read without.
	 * @throws MaileonFailure when Maileon cannot be asked
	 */
	static async ofAccount(
		client: MaileonClient,
		types: readonly MappedType[],
		reader: ContentReader,
	): Promise<AttributeSource> {
		const source = new AttributeSource(undefined);
		for (const { reference, options } of types)
			source.known.set(
				referenceText(reference),
				await attributesOf(client, reference, reader, options),
			);
		return source;
	}

	/**
	 * The attributes of a type; undefined where they are not known and need not be.
	 * @throws ExplainedRefusal when Maileon did not show the type
	 */
	of(reference: TypeReference): Attributes {
		const found = this.known.get(referenceText(reference));
		if (found instanceof ExplainedRefusal) throw found;
		return found ?? this.saved;
	}
}

async function attributesOf(
	client: MaileonClient,
	reference: TypeReference,
	reader: ContentReader,
	options: ReadOptions,
): Promise<Attributes | ExplainedRefusal> {
	const type = await fetchTransactionType(client, reference, options).catch((error: unknown) => {
		if (!(error instanceof MaileonFailure) || error.facts.kind !== 'status') throw error;
		return error;
	});
	if (!(type instanceof MaileonFailure)) return type.attributes;
	if (type.facts.status !== 403)
		return new ExplainedRefusal(explain(type.facts, typeSubject(reference)));
	return (
		reader.savedAttributes() ??
		(reader.needsAttributes ? new ExplainedRefusal(NOT_READABLE) : undefined)
	);
}

const NOT_READABLE = {
	message: 'The API key may not read, so the attributes of the transaction type are not known',
	description:
		'Give the key the right for reading (GET), map the attributes manually, or give the content as JSON.',
	http_status: 403,
};
