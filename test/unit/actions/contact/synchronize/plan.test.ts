import { sendableIdentifiers } from '../../../../../nodes/Maileon/actions/contact/synchronize/plan';
import type { SynchronizeSettings } from '../../../../../nodes/Maileon/maileon/contact/query';

const by = (identifyBy: SynchronizeSettings['identifyBy'], ignoreInvalidContacts = false) =>
	({ identifyBy, ignoreInvalidContacts }) as SynchronizeSettings;
const details = (field: string, description?: string) =>
	expect.objectContaining({
		details: description === undefined ? { field } : { field, description },
	}) as Error;

describe('the identifiers that travel', () => {
	it('have the Maileon ID only where it identifies, without the spaces around it', () => {
		const given = { id: ' 1001 ', email: ' a@x.de ', externalId: ' 7 ' };
		expect(sendableIdentifiers(given, by('maileonId'), 'Contact 1')).toEqual({
			id: '1001',
			email: 'a@x.de',
			externalId: ' 7 ',
		});
		expect(sendableIdentifiers({ ...given, id: 'x' }, by('email'), 'Contact 1').id).toBeUndefined();
	});

	it('clear the external ID, but never the email', () => {
		const given = { id: '1001', email: ' ', externalId: ' ' };
		expect(sendableIdentifiers(given, by('maileonId'), 'Contact 1')).toEqual({
			id: '1001',
			email: undefined,
			externalId: '',
		});
	});

	it.each(['12x', 'x12', '1 2', '1.5'])('are not the Maileon ID %j', (id) => {
		const read = () => sendableIdentifiers({ id }, by('maileonId'), 'Contact 1');
		expect(read).toThrow(`Contact 1 has a Maileon ID that is not a number: "${id}"`);
		expect(read).toThrow(details('id'));
	});

	it.each([
		['email', 'email', 'email'],
		['externalId', 'external ID', 'external_id'],
		['maileonId', 'Maileon ID or email', 'id'],
	] as const)('cannot lack the one that identifies: %s', (identifyBy, name, field) => {
		const read = (ignores: boolean) => () =>
			sendableIdentifiers({ email: ' ', externalId: '' }, by(identifyBy, ignores), 'Contact 1');
		expect(read(false)).toThrow(`Contact 1 has no ${name}`);
		expect(read(false)).toThrow(
			details(
				field,
				`Contacts are identified by ${name} in this run: fill it in for each contact, or choose another "Identify Contacts By".`,
			),
		);
		expect(read(true)).not.toThrow();
	});
});
