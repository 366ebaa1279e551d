import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { markedEmail, perMarker } from './shared/markedEmail';
import { oneByOneOptions } from '../shared/requests';

/** Removes the mark of an address ("Delete Unsubscription Marker"). */
export const deleteUnsubscriptionMarker: Operation = {
	resource: 'contact',
	value: 'deleteUnsubscriptionMarker',
	name: 'Delete Unsubscription Marker',
	action: 'Delete the unsubscription marker of a contact',
	description:
		'Remove the note that an email address unsubscribed in the past; the contact does not come back, but can be created again',
	properties: [markedEmail, oneByOneOptions],
	endpoints: [contacts.deleteUnsubscriptionMarker],
	run: perMarker(contacts.deleteUnsubscriptionMarker, () => ({ deleted: true }), {
		deleted: false,
	}),
};
