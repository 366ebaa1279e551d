import {
	isLaterSecret,
	isSecret,
	newSecret,
	secretHash,
} from '../../../../nodes/Maileon/trigger/webhook/secret';

const NOW = Date.UTC(2026, 10, 22);
const MAKER = { apiKey: 'key', path: '/webhook/a/webhook', event: 'doi' };

describe('newSecret', () => {
	it('is long, needs no encoding in a URL, and never the same', () => {
		const secrets = Array.from({ length: 100 }, () => newSecret(MAKER, NOW));
		expect(new Set(secrets).size).toBe(100);
		for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('isLaterSecret', () => {
	const secret = newSecret(MAKER, NOW);
	const changed = (index: number) =>
		secret.slice(0, index) + (secret[index] === '0' ? '1' : '0') + secret.slice(index + 1);

	it('accepts what the same maker made later', () => {
		expect(isLaterSecret(secret, MAKER, NOW - 1)).toBe(true);
		expect(isLaterSecret(secret, MAKER, 0)).toBe(true);
	});

	it('refuses what was made before or at the moment', () => {
		expect(isLaterSecret(secret, MAKER, NOW)).toBe(false);
		expect(isLaterSecret(secret, MAKER, NOW + 1)).toBe(false);
	});

	it('refuses it after any change', () => {
		for (let index = 0; index < secret.length; index++)
			expect(isLaterSecret(changed(index), MAKER, 0)).toBe(false);
	});

	it.each<[string, unknown, typeof MAKER]>([
		['of another key', secret, { ...MAKER, apiKey: 'another' }],
		['of another node', secret, { ...MAKER, path: '/webhook-test/a/webhook' }],
		['of another event', secret, { ...MAKER, event: 'bounce' }],
		['without a key', newSecret({ ...MAKER, apiKey: '' }, NOW), { ...MAKER, apiKey: '' }],
		['in capital letters', secret.toUpperCase(), MAKER],
		['that is longer', `${secret}0`, MAKER],
		['that is shorter', secret.slice(0, -1), MAKER],
		['in a list', [secret], MAKER],
		['that is none', undefined, MAKER],
	])('refuses one %s', (_what, given, maker) => {
		expect(isLaterSecret(given, maker, 0)).toBe(false);
	});
});

describe('secretHash', () => {
	it('tells secrets apart, and nothing of them', () => {
		const secret = newSecret(MAKER, NOW);
		expect(secretHash(secret, 'doi')).toMatch(/^[0-9a-f]{64}$/);
		expect(secretHash(secret, 'doi')).toBe(secretHash(secret, 'doi'));
		expect(secretHash(secret, 'doi')).not.toBe(secretHash(newSecret(MAKER, NOW), 'doi'));
		expect(secretHash(secret, 'doi')).not.toBe(secret);
	});
});

describe('isSecret', () => {
	const secret = newSecret(MAKER, NOW);
	const hash = secretHash(secret, 'doi');

	it('accepts the secret only, and for its event', () => {
		expect(isSecret(secret, 'doi', hash)).toBe(true);
		expect(isSecret(secret, 'bounce', hash)).toBe(false);
	});

	it.each<[string, unknown, string | undefined]>([
		['nothing', undefined, hash],
		['an empty text', '', hash],
		['another secret', newSecret(MAKER, NOW), hash],
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
		expect(isSecret(given, 'doi', known)).toBe(false);
	});
});
