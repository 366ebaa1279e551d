/**
 * Which transaction type an item names.
 */
import {
	referenceText,
	typeReference,
	type TypeReference,
} from '../maileon/transaction/transactionType';
import type { MaileonClient } from '../transport/client';
import { uselessAnswer } from '../transport/answers';
import {
	transactionTypeOf,
	transactionTypeRequest,
	type ReadOptions,
} from '../transport/transactionTypes';
import type { Subject } from '../transport/words';
import { InputRefusal } from './refusal';
import type { ItemParameters } from './parameters';

export const TRANSACTION_TYPE = 'transactionType';

/**
 * The type that the locator of an item points to.
 * @throws InputRefusal when it is empty, or neither an ID nor a name
 */
export function readTypeReference(parameters: ItemParameters): TypeReference {
	const { value } = parameters.locator(TRANSACTION_TYPE);
	const reference = typeReference(value);
	if (!reference)
		throw new InputRefusal(
			`${parameters.label(TRANSACTION_TYPE)} must be the ID or the name of a type.`,
			{
				description: 'An ID is a number; a name starts with a letter and contains no spaces.',
				field: TRANSACTION_TYPE,
			},
		);
	return reference;
}

/** What messages call a type. */
export function typeSubject(reference: TypeReference): Subject {
	const named = 'id' in reference ? `with ID ${reference.id}` : `"${reference.name}"`;
	return {
		what: `transaction type ${named}`,
	};
}

/** Finds the IDs of types, asking Maileon once a run for each name. */
export class TypeIds {
	private readonly known = new Map<string, Promise<number | string>>();

	/** @throws MaileonFailure, with status 404 when the account has no such type */
	async of(
		client: MaileonClient,
		reference: TypeReference,
		options: ReadOptions,
	): Promise<number | string> {
		if ('id' in reference) return reference.id;
		const name = referenceText(reference);
		const asked = this.known.get(name) ?? this.ask(client, reference, options);
		this.known.set(name, asked);
		return await asked;
	}

	private async ask(
		client: MaileonClient,
		reference: TypeReference,
		{ timeout, ...options }: ReadOptions,
	): Promise<number | string> {
		const request = { ...transactionTypeRequest(reference), timeout };
		const answer = await client.send(request, options);
		const { id } = transactionTypeOf(answer, request);
		if (id === '') throw uselessAnswer(answer, request, 'It holds a type without an ID.');
		return id;
	}
}
