/**
 * What Maileon's documentation leaves open, or tells in two ways. Each entry names the choices;
 * the first one is the default of the sandbox. All of them can be changed while it runs.
 */
export interface Variants {
	/** Status of a create call that met an existing contact. */
	createExistingStatus: 201 | 200;
	/** Body of the answer to a successful create call. */
	createAnswer: 'id' | 'empty';
	/** An identifier that already stands in the path, repeated in the body of a create call. */
	identifierInCreateBody: 'accepted' | 'refused';
	/** Create by a new external ID with an email address that another contact has. */
	createEmailTaken: 'matched' | 'conflict' | 'created';
	/** Status of an update by Maileon ID. */
	updateStatus: 200 | 201 | 204;
	/** Status of an update by email or by external ID (the page says 201). */
	updateByKeyStatus: 201 | 200 | 204;
	/** Body of the answer to a successful update. */
	updateAnswer: 'empty' | 'id' | 'report';
	/** Status of the report about an email address that another contact has. */
	updateConflictStatus: 400 | 200 | 409;
	/** Where an update by email or external ID takes the permission. */
	updatePermissionIn: 'query' | 'body' | 'both';
	/** Update by an external ID that several contacts share. */
	updateAmbiguous: 'conflict' | 'all';
	/** Status of a wrong or missing checksum. */
	checksumStatus: 400 | 403;
	/** Status of a successful synchronization. */
	synchronizeStatus: 200 | 201;
	/** Status of a synchronization that invalid contacts made fail. */
	synchronizeRefusedStatus: 200 | 400;
	/** `success` of a report when invalid contacts were ignored and the others stored. */
	synchronizeIgnoredSuccess: boolean;
	/** How a report without invalid contacts shows them. */
	noInvalidContacts: 'empty' | 'missing';
	/** Contacts by email or by external ID when there is none. */
	noMatch: 'empty' | 'notFound';
	/** What the filter read does with anonymized contacts. */
	filterAnonymized: 'dropped' | 'shown';
	/** How the filter read shows the permission. */
	filterPermission: 'type' | 'code' | 'both';
	/** Contacts whose `anonymous` is an element or an attribute. */
	anonymousForm: 'attribute' | 'element';
	/** Status of successful deletions and clearings. */
	deleteStatus: 200 | 204;
	/** Deleting or unsubscribing what does not exist. */
	deleteUnknown: 'notFound' | 'success';
	/** Status of a successful unsubscription. */
	unsubscribeStatus: 204 | 200;
	/** An unsubscription reason whose type is not documented. */
	unknownReason: 'refused' | 'accepted';
	/** Whether a contact can still be read after it was unsubscribed, until `settleUnsubscriptions()`. */
	unsubscribeLater: boolean;
	/** Whether the account has a default DOI mailing. */
	doiConfigured: boolean;
	/** Which contacts get a further DOI mail: those that have not confirmed, all, or none. */
	resendDoi: 'unfinished' | 'always' | 'never';
	/** How transaction types name the required flag. */
	requiredElement: 'required' | 'mandatory';
	/** Form of `reports` when there is exactly one. */
	singleReport: 'array' | 'object';
	/** Status of an answer to sent transactions. */
	transactionsStatus: 200 | 201 | 202;
	/** Status of a body above 9,000,000 bytes. */
	transactionsTooLargeStatus: 413 | 400;
	/** Whether valid transactions of a call that is answered by 400 are queued all the same. */
	queueDespiteRefusal: boolean;
	/** Content keys that the transaction type does not know. */
	unknownAttribute: 'invalid' | 'ignored';
	/** `message` of a transaction that was queued. */
	queuedMessage: 'missing' | 'empty';
	/** Body of the answer to a created webhook. */
	webhookCreateAnswer: 'id' | 'number' | 'object' | 'empty';
	/** Shape of webhooks in answers. */
	webhookShape: 'flat' | 'bodySpec';
	/** List of webhooks when there is none. */
	webhookEmptyList: 'array' | 'null' | 'empty';
	/** Event fields that are not known. */
	unknownEventField: 'refused' | 'accepted';
	/** How a webhook call shows a contact field without a value. */
	webhookEmptyValue: 'null' | 'missing' | 'emptyString';
	/** How `+` in the value of a URL parameter of a webhook is sent. */
	webhookPlus: 'encoded' | 'raw';
	/** Content type of webhook calls. */
	webhookContentType: 'application/json' | 'application/json; charset=UTF-8';
	/** Whether the content type of answers has a character set. */
	answerCharset: boolean;
}

/** The variants that the sandbox plays unless told otherwise. */
export function defaultVariants(): Variants {
	return {
		createExistingStatus: 201,
		createAnswer: 'id',
		identifierInCreateBody: 'accepted',
		createEmailTaken: 'matched',
		updateStatus: 200,
		updateByKeyStatus: 201,
		updateAnswer: 'empty',
		updateConflictStatus: 400,
		updatePermissionIn: 'query',
		updateAmbiguous: 'conflict',
		checksumStatus: 400,
		synchronizeStatus: 200,
		synchronizeRefusedStatus: 200,
		synchronizeIgnoredSuccess: true,
		noInvalidContacts: 'empty',
		noMatch: 'empty',
		filterAnonymized: 'dropped',
		filterPermission: 'type',
		anonymousForm: 'attribute',
		deleteStatus: 200,
		deleteUnknown: 'notFound',
		unsubscribeStatus: 204,
		unknownReason: 'refused',
		unsubscribeLater: false,
		doiConfigured: true,
		resendDoi: 'unfinished',
		requiredElement: 'required',
		singleReport: 'array',
		transactionsStatus: 200,
		transactionsTooLargeStatus: 413,
		queueDespiteRefusal: false,
		unknownAttribute: 'invalid',
		queuedMessage: 'missing',
		webhookCreateAnswer: 'id',
		webhookShape: 'flat',
		webhookEmptyList: 'array',
		unknownEventField: 'refused',
		webhookEmptyValue: 'null',
		webhookPlus: 'encoded',
		webhookContentType: 'application/json',
		answerCharset: false,
	};
}
