import { isRecord, setProperty } from '../../../nodes/Maileon/maileon/records';

test.each(['name', '__proto__', 'constructor', ''])('"%s" is a name like any other', (name) => {
	const record: Record<string, unknown> = {};
	setProperty(record, name, 1);
	setProperty(record, name, 2);
	expect(Object.entries(record)).toEqual([[name, 2]]);
	expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
});

test.each([
	[{}, true],
	[[], false],
	[null, false],
	['text', false],
])('%j is an object of names and values: %s', (value, expected) => {
	expect(isRecord(value)).toBe(expected);
});
