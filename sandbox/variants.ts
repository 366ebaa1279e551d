import type { MailingVariants } from './mailingVariants';
import { defaultMailingVariants } from './mailingVariants';

/**
 * What Maileon's documentation leaves open, or tells in two ways. Each entry names the choices;
 * the first one is the default of the sandbox. All of them can be changed while it runs.
 */
export interface Variants extends MailingVariants {
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
	/** Order of all report lists but the unsubscription reasons. */
	reportOrder: 'oldestFirst' | 'newestFirst';
	/** Order of the elements of an event. */
	reportElements: 'contactFirst' | 'contactLast' | 'reversed';
	/** Whether the times of events have a fraction, as those of contacts do. */
	reportTime: 'plain' | 'fraction';
	/** Time zone of times that are text. */
	reportTimeZone: 'UTC' | 'Europe/Berlin';
	/** A report list without entries: an empty root in two ways, or status 204. */
	reportEmptyList: 'selfClosing' | 'openAndClose' | 'noContent';
	/** X-Pages of a report list without entries. */
	reportEmptyPages: 0 | 1;
	/** A page of a report after the last one. */
	reportBeyondLastPage: 'empty' | 'refused';
	/** Whether a report list stands in an element `response`. */
	reportWrapper: 'none' | 'response';
	/** The permission of contacts in reports: `permissionType` as code or word, `permission`, nothing. */
	reportPermission: 'code' | 'word' | 'permission' | 'missing';
	/** `permissionStatus`, `created` and `updated` of contacts in reports. */
	reportContactDetails: 'missing' | 'shown';
	/** What is left of an anonymous contact in reports: nothing, the Maileon ID, also the external ID, or nil. */
	reportAnonymousContact: 'empty' | 'id' | 'ids' | 'nil';
	/** Values of events and contacts in reports that there are none of. */
	reportNoValue: 'nil' | 'missing';
	/** The two field lists of contacts in reports when no such field is asked for. */
	reportNoFields: 'missing' | 'empty';
	/** `msg_id` of events. */
	reportMsgId: 'shown' | 'missing';
	/** Which lists of opens and clicks have an element `count`. */
	reportEventCount: 'missing' | 'unique' | 'all';
	/** What the unique lists hold once. */
	reportUniquePer: 'contactAndMailing' | 'contact';
	/** Which of several events the unique lists tell. */
	reportUniqueKept: 'first' | 'last';
	/** How `ids`, `emails` and `eids` of one request combine. */
	reportContactFilters: 'and' | 'or';
	/** How `link_url` is compared. */
	reportLinkUrl: 'exact' | 'part';
	/** Name of the children of `link_tags`. */
	reportLinkTag: 'tag' | 'link_tag';
	/** Case of `format` in answers. */
	reportFormat: 'lower' | 'upper';
	/** What answers call a bounce that came as a reply. */
	reportBounceSource: 'inbound' | 'reply';
	/** Paging parameters on `/count`. */
	reportCountPaging: 'refused' | 'accepted';
	/** Whose opens and clicks are tied to the contact. */
	reportTrackedContacts: 'doiPlus' | 'all';
	/** Anonymous unsubscribers when `exclude_anonymous` is left out. */
	reportAnonymousUnsubscribers: 'shown' | 'excluded';
	/** How subscribers name the flag that drops anonymous contacts. */
	reportSubscribersFlag:
		| 'exclude_anonymous_contacts'
		| 'exclude_anonymous_blocks'
		| 'exclude_anonymous_clicks';
	/** `format` and the link filters on unique clicks. */
	reportUniqueClicksFilters: 'refused' | 'accepted';
	/** Whether unique bounces still exist. */
	reportUniqueBounces: 'gone' | 'there';
	/** Recipients who got several mails. */
	reportRecipients: 'perMail' | 'perContact';
	/** Names of the list of filtered contacts and of its entries. */
	reportFilteredContacts:
		| 'filtered_contacts/filtered_contact'
		| 'filtered_contacts/contact'
		| 'contacts/contact';
	/** Name of the cause of a filtered contact. */
	reportFilteredCause: 'cause' | 'reason' | 'missing';
	/** Names of the list of replies and of its entries. */
	reportReplies: 'replies/reply' | 'mailing_replies/mailing_reply';
	/** Root of the revenue. */
	reportRevenue: 'revenue' | 'value' | 'count';
	/** Unit of the epoch times of conversions. */
	reportConversionTime: 'milliseconds' | 'seconds';
	/** Which bounces a mailing summary counts. */
	summaryBounces: 'all' | 'permanent';
	/** Summary of a mailing that does not exist. */
	summaryUnknown: 'missing' | 'zeros' | 'notFound';
	/** Summaries without `mailing_id`. */
	summaryAll: 'all' | 'refused';
	/** Events of an archived mailing. */
	archivedEvents: 'kept' | 'gone';
	/** Order of the fields of mailings in lists. */
	mailingFields: 'asked' | 'reversed';
	/** Whether the content type of answers has a character set. */
	answerCharset: boolean;
}

/** The variants that the sandbox plays by default. */
export function defaultVariants(): Variants {
	return {
		...defaultMailingVariants(),
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
		reportOrder: 'oldestFirst',
		reportElements: 'contactFirst',
		reportTime: 'plain',
		reportTimeZone: 'UTC',
		reportEmptyList: 'selfClosing',
		reportEmptyPages: 0,
		reportBeyondLastPage: 'empty',
		reportWrapper: 'none',
		reportPermission: 'code',
		reportContactDetails: 'missing',
		reportAnonymousContact: 'empty',
		reportNoValue: 'nil',
		reportNoFields: 'missing',
		reportMsgId: 'shown',
		reportEventCount: 'missing',
		reportUniquePer: 'contactAndMailing',
		reportUniqueKept: 'first',
		reportContactFilters: 'and',
		reportLinkUrl: 'exact',
		reportLinkTag: 'tag',
		reportFormat: 'lower',
		reportBounceSource: 'inbound',
		reportCountPaging: 'refused',
		reportTrackedContacts: 'doiPlus',
		reportAnonymousUnsubscribers: 'shown',
		reportSubscribersFlag: 'exclude_anonymous_contacts',
		reportUniqueClicksFilters: 'refused',
		reportUniqueBounces: 'gone',
		reportRecipients: 'perMail',
		reportFilteredContacts: 'filtered_contacts/filtered_contact',
		reportFilteredCause: 'cause',
		reportReplies: 'replies/reply',
		reportRevenue: 'revenue',
		reportConversionTime: 'milliseconds',
		summaryBounces: 'all',
		summaryUnknown: 'missing',
		summaryAll: 'all',
		archivedEvents: 'kept',
		mailingFields: 'asked',
		answerCharset: false,
	};
}
