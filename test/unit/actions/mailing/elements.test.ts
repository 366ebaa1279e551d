import { copyMailing } from '../../../../nodes/Maileon/actions/mailing/copy';
import { createMailing } from '../../../../nodes/Maileon/actions/mailing/create';
import { updateMailing } from '../../../../nodes/Maileon/actions/mailing/update';
import { MAILING_ELEMENTS } from '../../../../nodes/Maileon/maileon/mailing/elements';
import type { Operation } from '../../../../nodes/Maileon/run/operation';
import { entriesOf } from '../../../support/fields';

/** Entries that are no element of their own: they say what Maileon does with the HTML. */
const SWITCHES = ['Grab Images', 'Track Links'];
const COLLECTIONS = ['Content', 'Sender', 'Audience', 'Settings'];

/** What most mailings need stands in the open. */
const IN_THE_OPEN = ['Subject', 'HTML', 'Target Group'];

function offered({ properties }: Operation): string[] {
	return properties.flatMap((field) => {
		if (COLLECTIONS.includes(field.displayName))
			return entriesOf(field).map(({ displayName }) => displayName);
		return IN_THE_OPEN.includes(field.displayName) ? [field.displayName] : [];
	});
}

const rows = MAILING_ELEMENTS.map(({ label }) => label);

/** Those that are a list of their own. */
const BESIDE = ['Custom Properties', 'Attachments'];

it('offers each row of the table in Update, and nothing else', () => {
	const wanted = rows.filter((label) => !BESIDE.includes(label));
	expect(offered(updateMailing).sort()).toEqual([...wanted, ...SWITCHES].sort());
});

it.each([
	['Create', createMailing],
	['Copy', copyMailing],
])('offers the same in %s, but for the name, which has its place on top', (_, operation) => {
	const wanted = offered(updateMailing).filter((label) => label !== 'Name');
	expect(offered(operation)).toEqual(wanted);
});

it.each([
	['Create', createMailing],
	['Copy', copyMailing],
	['Update', updateMailing],
])('shows subject, HTML and target group at once in %s, above all menus', (_, { properties }) => {
	const labels = properties.map(({ displayName }) => displayName);
	const first = labels.indexOf('Subject');
	expect(labels.slice(first, first + 3)).toEqual(IN_THE_OPEN);
	expect(first).toBeLessThanOrEqual(2);
});

it('keeps the order of the collections: what is seen, who it is from, who gets it, how it behaves', () => {
	for (const operation of [createMailing, copyMailing, updateMailing]) {
		const labels = operation.properties.map(({ displayName }) => displayName);
		expect(labels.filter((label) => COLLECTIONS.includes(label))).toEqual(COLLECTIONS);
	}
});
