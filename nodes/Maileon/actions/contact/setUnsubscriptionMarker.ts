import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { markedEmail, perMarker } from './shared/markedEmail';
import { changingOptions } from '../shared/requests';

const CREATED = 201;

/** Marks an address ("Set Unsubscription Marker"). */
export const setUnsubscriptionMarker: Operation = {
	resource: 'contact',
	value: 'setUnsubscriptionMarker',
	name: 'Set Unsubscription Marker',
	action: 'Set the unsubscription marker of a contact',
	description:
		'Mark an email address as unsubscribed in the past, so that imports can leave it out; this does not unsubscribe an existing contact',
	properties: [markedEmail, changingOptions],
	endpoints: [contacts.setUnsubscriptionMarker],
	run: perMarker(contacts.setUnsubscriptionMarker, ({ status, afterUnclear }) => ({
		marked: true,
		// A marker that exists may be the work of an earlier attempt whose answer got lost.
		...((status === CREATED || !afterUnclear) && { created: status === CREATED }),
	})),
};
