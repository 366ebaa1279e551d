/**
 * Which operation serves which article of Maileon's API documentation. `test/shape` compares this
 * with the operations that the node has and with the requests that they make.
 */
export interface CoveredEndpoint {
	/** Titles of the articles in Maileon's documentation. */
	articles: readonly string[];
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Segments that begin with a colon stand for a value. */
	path: string;
	/** `resource.operation`, or `trigger` for the trigger node. */
	servedBy: readonly string[];
	/** Where another endpoint is asked instead, and why. */
	note?: string;
}

export interface CoveredArea {
	title: string;
	endpoints: readonly CoveredEndpoint[];
}

const endpoint = (
	articles: string | readonly string[],
	request: `${CoveredEndpoint['method']} ${string}`,
	servedBy: string | readonly string[],
	note?: string,
): CoveredEndpoint => {
	const [method = '', path = ''] = request.split(' ');
	return {
		articles: [articles].flat(),
		method: method as CoveredEndpoint['method'],
		path,
		servedBy: [servedBy].flat(),
		...(note !== undefined && { note }),
	};
};

const CATEGORY = '/contacts/preference_categories/:category';
const PREFERENCE = `${CATEGORY}/preferences/:preference`;
const MARKER = '/contacts/email/:email/unsubscription';
const TRANSACTION = '/transactions/:type_id/transaction_id/:transaction_id';

export const coverage: readonly CoveredArea[] = [
	{
		title: 'Contacts',
		endpoints: [
			endpoint(
				['Create Contact', 'Create Contact (JSON)'],
				'POST /contacts/email/:email',
				'contact.createByEmail',
			),
			endpoint(
				['Create Contact By External ID', 'Create Contact By External ID (JSON)'],
				'POST /contacts/externalid/:external_id',
				'contact.createByExternalId',
			),
			endpoint('Update Contact By Maileon ID', 'PUT /contacts/contact', 'contact.updateById'),
			endpoint('Update Contact By Email', 'PUT /contacts/email/:email', 'contact.updateByEmail'),
			endpoint(
				'Update Contact By External ID',
				'PUT /contacts/externalid/:external_id',
				'contact.updateByExternalId',
			),
			endpoint('Synchronize Contacts', 'POST /contacts', 'contact.synchronize'),
			endpoint('Get Contact By Maileon ID', 'GET /contacts/contact', 'contact.get'),
			endpoint(
				'Get Contact By Email',
				'GET /contacts/email/:email',
				'contact.get',
				'asks for all contacts with the email, since this one would hide further matches',
			),
			endpoint('Get Contacts By Email', 'GET /contacts/emails/:email', [
				'contact.get',
				'contact.getMany',
			]),
			endpoint(
				'Get Contacts By External ID',
				'GET /contacts/externalid/:external_id',
				'contact.get',
			),
			endpoint('Get Contacts', 'GET /contacts', 'contact.getMany'),
			endpoint('Get Contacts By Filter ID', 'GET /contacts/filter/:filter_id', 'contact.getMany'),
			endpoint('Get Count Contacts', 'GET /contacts/count', 'contact.count'),
			endpoint(
				'Count Contacts By Filter ID',
				'GET /contacts/filter/:filter_id/count',
				'contact.count',
			),
			endpoint(
				'Count Active Contacts By Filter ID',
				'GET /contacts/filter/:filter_id/count/active',
				'contact.count',
			),
			endpoint('Delete Contact By Maileon ID', 'DELETE /contacts/contact', 'contact.delete'),
			endpoint('Delete Contacts By Email', 'DELETE /contacts/email/:email', 'contact.delete'),
			endpoint(
				'Delete Contacts By External ID',
				'DELETE /contacts/externalid/:external_id',
				'contact.delete',
			),
			endpoint('Delete All Contacts', 'DELETE /contacts', 'contact.deleteAll'),
			endpoint(
				'Unsubscribe Contact By Maileon ID',
				'DELETE /contacts/contact/unsubscribe',
				'contact.unsubscribe',
			),
			endpoint(
				'Unsubscribe Contacts By Email',
				'DELETE /contacts/email/:email/unsubscribe',
				'contact.unsubscribe',
			),
			endpoint(
				'Unsubscribe Contacts By External ID',
				'DELETE /contacts/externalid/:external_id/unsubscribe',
				'contact.unsubscribe',
			),
			endpoint(
				'Adding Unsubscription Reason To Already Unsubscribed Contact',
				'PUT /contacts/contact/unsubscribe/reasons',
				'contact.addUnsubscriptionReason',
			),
			endpoint('Get Unsubscription Marker', `GET ${MARKER}`, 'contact.getUnsubscriptionMarker'),
			endpoint('Set Unsubscription Marker', `PUT ${MARKER}`, 'contact.setUnsubscriptionMarker'),
			endpoint(
				'Delete Unsubscription Marker',
				`DELETE ${MARKER}`,
				'contact.deleteUnsubscriptionMarker',
			),
			endpoint('Get Blocked Contacts', 'GET /contacts/blocked', 'contact.getBlocked'),
		],
	},
	{
		title: 'Contact Fields',
		endpoints: [
			endpoint('Create Custom Field', 'POST /contacts/fields/custom/:name', 'customField.create'),
			endpoint('Get Custom Fields', 'GET /contacts/fields/custom', 'customField.getMany'),
			endpoint(
				'Rename Custom Field',
				'PUT /contacts/fields/custom/:old_name/:new_name',
				'customField.rename',
			),
			endpoint('Delete Custom Field', 'DELETE /contacts/fields/custom/:name', 'customField.delete'),
			endpoint(
				'Delete Custom Field Values',
				'DELETE /contacts/fields/custom/:name/values',
				'customField.clearValues',
			),
			endpoint(
				'Delete Standard Field Values',
				'DELETE /contacts/fields/standard/:name/values',
				'standardField.clearValues',
			),
		],
	},
	{
		title: 'Contact Preferences',
		endpoints: [
			endpoint(
				'Get Contact Preference Categories',
				'GET /contacts/preference_categories',
				'preferenceCategory.getMany',
			),
			endpoint(
				'Create Contact Preference Category',
				'POST /contacts/preference_categories',
				'preferenceCategory.create',
			),
			endpoint(
				'Get Contact Preference Category By Name',
				`GET ${CATEGORY}`,
				'preferenceCategory.get',
			),
			endpoint(
				'Update Contact Preference Category',
				`PUT ${CATEGORY}`,
				'preferenceCategory.update',
			),
			endpoint(
				'Delete Contact Preference Category',
				`DELETE ${CATEGORY}`,
				'preferenceCategory.delete',
			),
			endpoint(
				'Get Preferences Of Contact Preferences Category',
				`GET ${CATEGORY}/preferences`,
				'preference.getMany',
			),
			endpoint('Create Contact Preference', `POST ${CATEGORY}/preferences`, 'preference.create'),
			endpoint('Get Contact Preference', `GET ${PREFERENCE}`, 'preference.get'),
			endpoint('Update Contact Preference', `PUT ${PREFERENCE}`, 'preference.update'),
			endpoint('Delete Contact Preference', `DELETE ${PREFERENCE}`, 'preference.delete'),
		],
	},
	{
		title: 'Transactions',
		endpoints: [
			endpoint('Send Transactions', 'POST /transactions', 'transaction.send'),
			endpoint('Get Latest Transactions', 'GET /transactions', 'transaction.getMany'),
			endpoint(
				'Delete Transactions Before a Given Date',
				'DELETE /transactions',
				'transaction.deleteMany',
			),
			endpoint('Get Transaction', `GET ${TRANSACTION}`, 'transaction.get'),
			endpoint('Delete Transaction', `DELETE ${TRANSACTION}`, 'transaction.delete'),
			endpoint('Count Transaction Types', 'GET /transactions/types/count', 'transactionType.count'),
			endpoint('Get Transaction Types', 'GET /transactions/types', 'transactionType.getMany'),
			endpoint('Get Transaction Type', 'GET /transactions/types/:type', 'transactionType.get'),
			endpoint('Create Transaction Type', 'POST /transactions/types', 'transactionType.create'),
			endpoint(
				'Update Transaction Type',
				'PUT /transactions/types/:type',
				'transactionType.update',
			),
			endpoint(
				'Delete Transaction Type',
				'DELETE /transactions/types/:type',
				'transactionType.delete',
			),
		],
	},
	{
		title: 'Webhooks',
		endpoints: [
			endpoint('Get Webhooks', 'GET /webhooks', 'trigger'),
			endpoint('Create Webhook', 'POST /webhooks', 'trigger'),
			endpoint('Delete Webhook', 'DELETE /webhooks/:id', 'trigger'),
		],
	},
];

/** Articles that describe data instead of a request. */
export const DESCRIPTIONS =
	'The articles “Contacts”, “Standard Contact Fields”, “Custom Contact Fields” and “Synchronize Contacts Error Codes” describe data: the node offers the fields as columns, checks and converts values by their rules, and puts the numeric codes into words.';
