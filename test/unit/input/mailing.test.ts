import type { IExecuteFunctions } from 'n8n-workflow';

import { mailingLocator, readMailingReference } from '../../../nodes/Maileon/input/mailing';
import { Parameters } from '../../../nodes/Maileon/input/parameters';
import { refusalOf } from '../../support/refusals';

function read(mailing: unknown) {
	const node = { getNodeParameter: () => mailing } as unknown as IExecuteFunctions;
	return readMailingReference(new Parameters(node, [mailingLocator('Mailing')]).ofItem(0));
}

const chosen = (mode: string, value: unknown) => ({ __rl: true, mode, value });

test.each<[unknown, object]>([
	[chosen('list', '501'), { id: '501' }],
	[chosen('id', ' 0501 '), { id: '501' }],
	[chosen('id', '1020'), { id: '1020' }],
	[chosen('id', 0), { id: '0' }],
	[chosen('id', '007'), { id: '7' }],
	[chosen('name', ' 501 '), { name: '501' }],
	[chosen('name', 'Sale 2026'), { name: 'Sale 2026' }],
	[501, { id: '501' }],
	['501', { id: '501' }],
	[' 2026 sale ', { name: '2026 sale' }],
	['sale 2026', { name: 'sale 2026' }],
])('%j names a mailing', (given, reference) => {
	expect(read(given)).toEqual(reference);
});

test.each(['id', 'list'])('what is no number is no mailing by %s', (mode) => {
	for (const value of ['5a', 'a5', 'Sale', '5.0', '-5']) {
		const refusal = refusalOf(() => read(chosen(mode, value)));
		expect(refusal.message).toBe(`Mailing must be a number, but is "${value}".`);
		expect(refusal.details).toEqual({
			description: expect.stringContaining('By Name') as string,
			field: 'mailing',
		});
	}
});
