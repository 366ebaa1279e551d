import {
	localeRefusal,
	mailingNameRefusal,
	previewTextRefusal,
	propertyRefusal,
	senderRefusal,
	subjectRefusal,
} from '../../../../nodes/Maileon/maileon/mailing/limits';

const emoji = (count: number) => '\u{1f680}'.repeat(count);

describe.each([
	['name', mailingNameRefusal, 64],
	['subject', subjectRefusal, 1_023],
	['preview text', previewTextRefusal, 255],
	['property', propertyRefusal, 255],
] as const)('%s', (_, refusal, most) => {
	it('counts characters, not halves of them', () => {
		expect(refusal(emoji(most))).toBeUndefined();
		expect(refusal(emoji(most + 1))).toMatch(
			new RegExp(`${most} characters, but .*has ${most + 1}$`),
		);
	});
});

it('takes names from three characters on, and leaves their characters to Maileon', () => {
	expect(mailingNameRefusal('abc')).toBeUndefined();
	expect(mailingNameRefusal('<b>')).toBeUndefined();
	expect(mailingNameRefusal('ab')).toBe('must have 3 to 64 characters, but "ab" has 2');
});

it('takes a subject with markup, and none without text or with control characters', () => {
	expect(subjectRefusal('a <b> & \u{1f680}')).toBeUndefined();
	expect(subjectRefusal(' ')).toBe('must not be empty');
	for (const text of ['a\nb', 'a\tb', 'a\u0007', 'a\u0085'])
		expect(subjectRefusal(text)).toContain('control characters');
});

it('takes an empty preview text, and an empty value', () => {
	expect(previewTextRefusal('')).toBeUndefined();
	expect(propertyRefusal('')).toBeUndefined();
});

it('takes a sender of up to 64 ASCII characters without white space, or a placeholder', () => {
	for (const sender of [
		'news',
		'news@example.com',
		'x'.repeat(64),
		'[[TRANSACTION|sender]]',
		"[[ % transaction 'sender']]",
	])
		expect(senderRefusal(sender)).toBeUndefined();
	expect(senderRefusal('')).toBe('must not be empty');
	expect(senderRefusal('x'.repeat(65))).toBe('must have at most 64 characters, but has 65');
	for (const sender of ['a b', ' news', 'jürgen', 'a\u00a0b'])
		expect(senderRefusal(sender)).toContain('ASCII characters without white space');
});

it('takes locales in the form of Maileon', () => {
	for (const locale of ['de', 'de_DE']) expect(localeRefusal(locale)).toBeUndefined();
	for (const locale of ['', 'DE', 'de-DE', 'de_de', 'deu', 'de_DE ', 'german'])
		expect(localeRefusal(locale)).toContain(`is "${locale}"`);
});
