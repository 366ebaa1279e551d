import { isSecret, newSecret } from '../../../nodes/Maileon/trigger/secret';

describe('newSecret', () => {
	it('is long, needs no encoding in a URL, and never the same', () => {
		const secrets = Array.from({ length: 100 }, newSecret);
		expect(new Set(secrets).size).toBe(100);
		for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('isSecret', () => {
	const secret = newSecret();

	it('accepts the secret only', () => {
		expect(isSecret(secret, secret)).toBe(true);
	});

	it.each<[string, unknown, string | undefined]>([
		['nothing', undefined, secret],
		['an empty text', '', secret],
		['another secret', newSecret(), secret],
		['its beginning', secret.slice(0, -1), secret],
		['more than it', `${secret}0`, secret],
		['a list with it', [secret], secret],
		['an object', { 0: secret }, secret],
		['anything where none is known', '', ''],
		['nothing where none is known', undefined, undefined],
		['the name of nothing', 'undefined', undefined],
	])('refuses %s', (_what, given, known) => {
		expect(isSecret(given, known)).toBe(false);
	});
});
