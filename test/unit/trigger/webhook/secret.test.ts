import { isSecret, newSecret, secretHash } from '../../../../nodes/Maileon/trigger/webhook/secret';

describe('newSecret', () => {
	it('is long, needs no encoding in a URL, and never the same', () => {
		const secrets = Array.from({ length: 100 }, newSecret);
		expect(new Set(secrets).size).toBe(100);
		for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('secretHash', () => {
	it('tells secrets apart, and nothing of them', () => {
		const secret = newSecret();
		expect(secretHash(secret)).toMatch(/^[0-9a-f]{64}$/);
		expect(secretHash(secret)).toBe(secretHash(secret));
		expect(secretHash(secret)).not.toBe(secretHash(newSecret()));
		expect(secretHash(secret)).not.toBe(secret);
	});
});

describe('isSecret', () => {
	const secret = newSecret();
	const hash = secretHash(secret);

	it('accepts the secret only', () => {
		expect(isSecret(secret, hash)).toBe(true);
	});

	it.each<[string, unknown, string | undefined]>([
		['nothing', undefined, hash],
		['an empty text', '', hash],
		['another secret', newSecret(), hash],
		['its beginning', secret.slice(0, -1), hash],
		['more than it', `${secret}0`, hash],
		['its hash', hash, hash],
		['a list with it', [secret], hash],
		['an object', { 0: secret }, hash],
		['an empty text where the hash is empty', '', ''],
		['anything where the hash is none', secret, 'not hexadecimal'],
		['nothing where none is known', undefined, undefined],
		['the name of nothing', 'undefined', undefined],
	])('refuses %s', (_what, given, known) => {
		expect(isSecret(given, known)).toBe(false);
	});
});
