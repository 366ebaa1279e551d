import type { INodeProperties } from 'n8n-workflow';

import { copyMailing } from '../../../../nodes/Maileon/actions/mailing/copy';
import { createMailing } from '../../../../nodes/Maileon/actions/mailing/create';
import { updateMailing } from '../../../../nodes/Maileon/actions/mailing/update';
import { MAILING_ELEMENTS } from '../../../../nodes/Maileon/maileon/mailing/elements';
import type { Operation } from '../../../../nodes/Maileon/run/operation';
import { entriesOf } from '../../../support/fields';

/** Entries that are no element of their own: they say what Maileon does with the HTML. */
const SWITCHES = ['Grab Images', 'Track Links'];
const COLLECTIONS = ['Content', 'Sender', 'Audience', 'Settings'];

function offered({ properties }: Operation): string[] {
	const isWanted = ({ displayName }: INodeProperties) => COLLECTIONS.includes(displayName);
	const entries = properties.filter(isWanted).flatMap(entriesOf);
	return entries.map(({ displayName }) => displayName);
}

const rows = MAILING_ELEMENTS.map(({ label }) => label);

/** Those that stand beside the collections. */
const BESIDE = ['Custom Properties', 'Attachments'];

it('offers each row of the table in Update, and nothing else', () => {
	const wanted = rows.filter((label) => !BESIDE.includes(label));
	expect(offered(updateMailing).sort()).toEqual([...wanted, ...SWITCHES].sort());
});

it.each([
	['Create', createMailing, ['Subject', 'Name']],
	['Copy', copyMailing, ['Name']],
])('offers the same in %s, but for what stands above the collections', (_, operation, above) => {
	const wanted = offered(updateMailing).filter((label) => !above.includes(label));
	expect(offered(operation)).toEqual(wanted);
});

it('keeps the order of the collections: what is seen, who it is from, who gets it, how it behaves', () => {
	for (const operation of [createMailing, copyMailing, updateMailing]) {
		const labels = operation.properties.map(({ displayName }) => displayName);
		expect(labels.filter((label) => COLLECTIONS.includes(label))).toEqual(COLLECTIONS);
	}
});
