import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { connect } from '../../../nodes/Maileon/methods/connection';

/** n8n knows it by its name; it is not among what n8n-workflow gives out. */
class CredentialNotFoundError extends Error {}

const contextOf = (credentials: unknown, getCredentials: () => Promise<unknown>) =>
	({
		getNode: () => ({ name: 'Maileon', credentials }),
		getCredentials,
	}) as unknown as ILoadOptionsFunctions;

const CHOSEN = { maileonRestApi: { id: '1', name: 'Maileon account' } };

it.each([undefined, {}, { maileonRestApi: { id: null, name: 'gone' } }])(
	'there is no account to ask where the node has %j',
	async (credentials) => {
		const getCredentials = jest.fn();
		expect(await connect(contextOf(credentials, getCredentials))).toBeUndefined();
		expect(getCredentials).not.toHaveBeenCalled();
	},
);

it('a credential that does not exist here is none', async () => {
	const missing = async () => await Promise.reject(new CredentialNotFoundError('not found'));
	expect(await connect(contextOf(CHOSEN, missing))).toBeUndefined();
});

it.each([new Error('cannot be decrypted'), 'no error at all'])(
	'what n8n says of a credential that it cannot read is passed on: %s',
	async (reason) => {
		const failing = async () => await Promise.reject(reason);
		await expect(connect(contextOf(CHOSEN, failing))).rejects.toBe(reason);
	},
);
