import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';

import { maileonRestApiTest } from '../../../nodes/Maileon/methods/credentialTest';

const CREDENTIAL = {
	id: '1',
	name: 'Maileon account',
	type: 'maileonRestApi',
	data: { apiKey: 'key', baseUrl: 'https://api.maileon.com/1.0' },
} satisfies ICredentialsDecrypted;

async function tested(request: () => Promise<unknown>, data: object = CREDENTIAL.data) {
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	return await maileonRestApiTest.call(context, { ...CREDENTIAL, data: { ...data } });
}
const answered = async (statusCode: number) =>
	await tested(async () => await Promise.resolve({ statusCode }));
const thrown = async (error: unknown) => await tested(async () => await Promise.reject(error));

it.each([200, 204, 299])('status %i is a key that Maileon accepts', async (status) => {
	expect(await answered(status)).toEqual({
		status: 'OK',
		message: 'Maileon accepted the API key.',
	});
});

it.each([
	[199, /status 199/],
	[300, /^Redirect not followed/],
	[399, /^Redirect not followed/],
	[400, /status 400/],
	[401, /refused the API key/],
	[403, /no right to read/],
	[404, /no Maileon API/],
])('status %i is told in words', async (status, words) => {
	const { status: outcome, message } = await answered(status);
	expect(outcome).toBe('Error');
	expect(message).toMatch(words);
});

it.each([
	['statusCode', { statusCode: 401 }, /refused the API key/],
	['httpCode, as text', { httpCode: '403' }, /no right to read/],
	['the status of a response', { response: { status: 404 } }, /no Maileon API/],
	['a status of success', { statusCode: 200 }, /accepted/],
	['the first of several', { statusCode: 401, httpCode: '404' }, /refused the API key/],
])('an error of n8n that carries %s', async (_what, error, words) => {
	expect((await thrown(error)).message).toMatch(words);
});

it.each([
	['no status', { code: 'ECONNREFUSED' }],
	['no response', { response: null }],
	['a response without a status', { response: {} }],
	['a response that is text', { response: 'no' }],
	['the status 0', { statusCode: 0 }],
	['a status below 0', { statusCode: -1 }],
	['half a status', { statusCode: 404.5 }],
	['a status that is no number', { httpCode: 'ENOTFOUND' }],
])('an error with %s says that Maileon was not reached', async (_what, error) => {
	expect((await thrown(error)).message).toMatch(/was not reached/);
});

it.each([null, undefined, 'broken'])('what is no error: %s', async (reason) => {
	expect((await thrown(reason)).message).toMatch(/was not reached/);
});

it.each([{}, { apiKey: '' }, { apiKey: ' \n' }, { apiKey: 12 }])(
	'nobody is asked without a key: %j',
	async (data) => {
		const request = jest.fn();
		const { status, message } = await tested(request, { ...CREDENTIAL.data, apiKey: '', ...data });
		expect(status).toBe('Error');
		expect(message).toMatch(/^Enter the API key/);
		expect(request).not.toHaveBeenCalled();
	},
);

it('no redirect is followed with the key, and no status is thrown', async () => {
	const request = jest.fn().mockResolvedValue({ statusCode: 200 });
	await tested(request);
	expect(request.mock.calls).toEqual([
		[
			{
				method: 'GET',
				uri: 'https://api.maileon.com/1.0/ping',
				headers: {
					Accept: 'application/vnd.maileon.api+xml; charset=utf-8',
					Authorization: `Basic ${Buffer.from('key').toString('base64')}`,
				},
				followRedirect: false,
				resolveWithFullResponse: true,
				simple: false,
				timeout: 30_000,
			},
		],
	]);
});
