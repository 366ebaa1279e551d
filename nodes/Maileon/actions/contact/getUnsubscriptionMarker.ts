import { contacts } from '../../maileon/endpoints/contacts';
import type { Operation } from '../../run/operation';
import { markedEmail, perMarker } from './shared/markedEmail';
import { readingOptions } from '../shared/requests';

/** Tells whether an address is marked ("Get Unsubscription Marker"). */
export const getUnsubscriptionMarker: Operation = {
	resource: 'contact',
	value: 'getUnsubscriptionMarker',
	name: 'Get Unsubscription Marker',
	action: 'Get the unsubscription marker of a contact',
	description:
		'Find out whether an email address unsubscribed in the past; the person may have subscribed again since then',
	properties: [markedEmail, readingOptions],
	endpoints: [contacts.getUnsubscriptionMarker],
	run: perMarker(contacts.getUnsubscriptionMarker, () => ({ marked: true }), { marked: false }),
};
