import { endpoint } from './endpoint';

const EMAIL = '/contacts/email/:email' as const;
const EXTERNAL_ID = '/contacts/externalid/:external_id' as const;
const FILTER = '/contacts/filter/:filter_id' as const;
const MARKER = `${EMAIL}/unsubscription` as const;

const NOT_CREATED_404 = 'Check the Base URL in the credential.';
const UPDATE_404 =
	'An update does not create contacts. For contacts that may be missing, use a create operation or Synchronize.';
const UPDATE_409 =
	'Several contacts share this identifier, or another contact already has the new one. Use Update by ID with the Maileon ID, or choose another new identifier.';
const FILTER_404 = 'Check the ID of the contact filter.';
const CONTACT_404 = 'Check that the email or ID is spelled as in Maileon.';

/** Contacts: `contact` addresses by Maileon ID, which travels in the query. */
export const contacts = {
	createByEmail: endpoint(`POST ${EMAIL}`, {
		articles: ['Create Contact', 'Create Contact (JSON)'],
		answer: 'confirmation',
		advice: {
			404: NOT_CREATED_404,
			409: 'Another contact already has this email or external ID. Check both, or use Update by ID for the other contact.',
		},
	}),
	createByExternalId: endpoint(`POST ${EXTERNAL_ID}`, {
		articles: ['Create Contact By External ID', 'Create Contact By External ID (JSON)'],
		answer: 'confirmation',
		advice: {
			404: NOT_CREATED_404,
			409: 'Several contacts in Maileon share this external ID. Use Update by ID with the Maileon ID, or correct the external IDs in Maileon.',
		},
	}),
	updateById: endpoint('PUT /contacts/contact', {
		articles: 'Update Contact By Maileon ID',
		answer: 'confirmation',
		body: 'xml',
		advice: {
			404: 'The contact may have been deleted. Check the Maileon ID.',
			409: 'Another contact already has this email or external ID. Check the new identifiers.',
		},
	}),
	updateByEmail: endpoint(`PUT ${EMAIL}`, {
		articles: 'Update Contact By Email',
		answer: 'confirmation',
		body: 'xml',
		advice: { 404: UPDATE_404, 409: UPDATE_409 },
	}),
	updateByExternalId: endpoint(`PUT ${EXTERNAL_ID}`, {
		articles: 'Update Contact By External ID',
		answer: 'confirmation',
		body: 'xml',
		advice: { 404: UPDATE_404, 409: UPDATE_409 },
	}),
	synchronize: endpoint('POST /contacts', {
		articles: 'Synchronize Contacts',
		answer: 'report',
		body: 'xml',
		advice: { 400: 'Check the settings of the operation.' },
	}),
	getById: endpoint('GET /contacts/contact', {
		articles: 'Get Contact By Maileon ID',
		answer: 'document',
		advice: { 404: CONTACT_404 },
	}),
	getByEmail: endpoint(`GET ${EMAIL}`, {
		articles: 'Get Contact By Email',
		answer: 'document',
		note: 'asks for all contacts with the email, since this one would hide further matches',
	}),
	getManyByEmail: endpoint('GET /contacts/emails/:email', {
		articles: 'Get Contacts By Email',
		answer: 'list',
		advice: { 404: CONTACT_404 },
	}),
	getByExternalId: endpoint(`GET ${EXTERNAL_ID}`, {
		articles: 'Get Contacts By External ID',
		answer: 'list',
		advice: { 404: CONTACT_404 },
	}),
	getMany: endpoint('GET /contacts', { articles: 'Get Contacts', answer: 'list' }),
	getManyByFilter: endpoint(`GET ${FILTER}`, {
		articles: 'Get Contacts By Filter ID',
		answer: 'list',
		advice: { 404: FILTER_404 },
	}),
	count: endpoint('GET /contacts/count', { articles: 'Get Count Contacts', answer: 'document' }),
	countByFilter: endpoint(`GET ${FILTER}/count`, {
		articles: 'Count Contacts By Filter ID',
		answer: 'document',
		advice: { 404: FILTER_404 },
	}),
	countActiveByFilter: endpoint(`GET ${FILTER}/count/active`, {
		articles: 'Count Active Contacts By Filter ID',
		answer: 'document',
		advice: { 404: FILTER_404 },
	}),
	deleteById: endpoint('DELETE /contacts/contact', {
		articles: 'Delete Contact By Maileon ID',
		answer: 'confirmation',
		removes: true,
	}),
	deleteByEmail: endpoint(`DELETE ${EMAIL}`, {
		articles: 'Delete Contacts By Email',
		answer: 'confirmation',
		removes: true,
	}),
	deleteByExternalId: endpoint(`DELETE ${EXTERNAL_ID}`, {
		articles: 'Delete Contacts By External ID',
		answer: 'confirmation',
		removes: true,
	}),
	deleteAll: endpoint('DELETE /contacts', {
		articles: 'Delete All Contacts',
		answer: 'confirmation',
		neverRepeated: true,
	}),
	unsubscribeById: endpoint('DELETE /contacts/contact/unsubscribe', {
		articles: 'Unsubscribe Contact By Maileon ID',
		answer: 'confirmation',
		removes: true,
	}),
	unsubscribeByEmail: endpoint(`DELETE ${EMAIL}/unsubscribe`, {
		articles: 'Unsubscribe Contacts By Email',
		answer: 'confirmation',
		removes: true,
	}),
	unsubscribeByExternalId: endpoint(`DELETE ${EXTERNAL_ID}/unsubscribe`, {
		articles: 'Unsubscribe Contacts By External ID',
		answer: 'confirmation',
		removes: true,
	}),
	addUnsubscriptionReason: endpoint('PUT /contacts/contact/unsubscribe/reasons', {
		articles: 'Adding Unsubscription Reason To Already Unsubscribed Contact',
		answer: 'confirmation',
		advice: {
			400: 'Reasons can only be added to contacts that have already unsubscribed.',
			404: 'Check the Maileon ID.',
		},
	}),
	getUnsubscriptionMarker: endpoint(`GET ${MARKER}`, {
		articles: 'Get Unsubscription Marker',
		answer: 'confirmation',
	}),
	setUnsubscriptionMarker: endpoint(`PUT ${MARKER}`, {
		articles: 'Set Unsubscription Marker',
		answer: 'confirmation',
	}),
	deleteUnsubscriptionMarker: endpoint(`DELETE ${MARKER}`, {
		articles: 'Delete Unsubscription Marker',
		answer: 'confirmation',
		removes: true,
	}),
	getBlocked: endpoint('GET /contacts/blocked', {
		articles: 'Get Blocked Contacts',
		answer: 'list',
	}),
};
