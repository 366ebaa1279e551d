/** What the documentation of mailings leaves open, or tells in two ways; see `Variants`. */
export interface MailingVariants {
	/** Status of the calls that set a part of a mailing. */
	mailingSetStatus: 200 | 204;
	/** Body of their answers. */
	mailingSetAnswer: 'empty' | 'element';
	/** A part of a mailing that has no value. */
	mailingNoValue: 'nil' | 'empty';
	/** What stands before the root of a single value: an XML declaration, or a line break alone. */
	mailingValueStart: 'declaration' | 'lineBreak';
	/** Form of the errors 404 and 409. */
	mailingErrors: 'xml' | 'text';
	/** Status of a call that does not fit the type or the editor of the mailing. */
	mailingTypeStatus: 400 | 405 | 409;
	/** Status of a name that another mailing has. */
	mailingNameTaken: 400 | 409;
	/** Characters of names: those that a source names, or all that are no markup. */
	mailingNameCharacters: 'named' | 'allButMarkup';
	/** Longest subject. */
	mailingSubjectLength: 1023 | 255;
	/** Status of a successful copy. */
	copyStatus: 201 | 200;
	/** Where the words stand that tell a copy from its original. */
	copyName: 'before' | 'after';
	/** Where a mailing goes that is deleted. */
	deletedMailing: 'gone' | 'trash';
	/** Status of a sendout that was started. */
	sendNowStatus: 200 | 202 | 204;
	/** Whether a mailing that has a schedule is a draft, is `scheduled` but not sealed, or is both. */
	scheduledMailing: 'draft' | 'scheduled' | 'sealed';
	/** Status of changing the schedule of a sealed mailing. */
	scheduleUpdateSealed: 405 | 409;
	/** Changing a schedule that there is not. */
	scheduleUpdateMissing: 'notFound' | 'created';
	/** How the answer names the hour of a schedule. */
	scheduleHour: 'hours' | 'hour';
	/** What the answer calls a schedule that waits. */
	scheduleWaiting: 'scheduled' | 'schedules';
	/** Time zone of the date and time of a schedule. */
	scheduleTimeZone: 'UTC' | 'Europe/Berlin';
	/** Case of the words in a dispatching that is answered. */
	dispatchingCase: 'upper' | 'lower';
	/** How the answer names the event of a dispatching. */
	dispatchingEvent: 'event' | 'event_id' | 'both';
	/** What becomes of a trigger that is deactivated. */
	deactivatedTrigger: 'draft' | 'deleted';
	/** Ignoring the permission in a regular mailing. */
	ignorePermissionOnRegular: 'refused' | 'accepted';
	/** Root of the addresses of archive and report, or the bare address. */
	urlAnswer: 'url' | 'archive_url' | 'raw';
	/** Which of the two paths has the thumbnail. */
	thumbnailPath: 'both' | 'cms2' | 'contents' | 'neither';
	/** Name of the element that holds the path of a template. */
	templateElement: 'templateId' | 'templateid';
	/** Entries of the lists of mailing templates. */
	templateItems: 'objects' | 'names' | 'strings';
	/** `doImageGrabbing` when it is left out. */
	imageGrabbingDefault: boolean;
	/** `doLinkTracking` when it is left out. */
	linkTrackingDefault: boolean;
	/** HTML, text and template of CMS1 in a mailing of CMS2. */
	cms1CallsOnCms2: 'accepted' | 'refused';
	/** Which call answers with `template_path`: saving a CMS2 mailing, setting its template, or none. */
	templatePathAnswer: 'saved' | 'set' | 'none';
	/** How the bytes of an attachment are sent. */
	attachmentBody: 'raw' | 'base64';
	/** Status of an attachment that was added. */
	attachmentAddStatus: 201 | 200 | 204;
	/** Body of that answer, unless the status is 204. */
	attachmentAddAnswer: 'empty' | 'id';
	/** Root of the number of attachments. */
	attachmentCountRoot: 'count_attachments' | 'count';
	/** Whether attachments tell when they were made and changed. */
	attachmentTimes: 'shown' | 'missing';
	/** What adding properties does with those that are there. */
	propertiesAdded: 'kept' | 'replaced';
	/** The list of properties when there is none. */
	propertiesEmpty: 'selfClosing' | 'openAndClose' | 'noContent';
	/** How many questions for the result of a check are answered by 404, unless a minute passes. */
	checkQuestions: number;
	/** Whether the attention and the display check are enabled. */
	checksEnabled: boolean;
	/** Outcome of checks. */
	checkState: 'success' | 'warning';
	/** Whether the time of a check has milliseconds. */
	checkTime: 'plain' | 'fraction';
	/** Root of the result of the link check. */
	linkCheckRoot: 'linkcheck' | 'imagecheck';
	/** Types of target groups that an approval can be asked of. */
	approvalGroups: 'test' | 'testAndApproval';
	/** Status of a test sendout to a target group. */
	testSendoutStatus: 200 | 201 | 204;
}

/** The variants of mailings that the sandbox plays by default. */
export function defaultMailingVariants(): MailingVariants {
	return {
		mailingSetStatus: 200,
		mailingSetAnswer: 'empty',
		mailingNoValue: 'nil',
		mailingValueStart: 'declaration',
		mailingErrors: 'xml',
		mailingTypeStatus: 400,
		mailingNameTaken: 400,
		mailingNameCharacters: 'named',
		mailingSubjectLength: 1023,
		copyStatus: 201,
		copyName: 'before',
		deletedMailing: 'gone',
		sendNowStatus: 200,
		scheduledMailing: 'draft',
		scheduleUpdateSealed: 405,
		scheduleUpdateMissing: 'notFound',
		scheduleHour: 'hours',
		scheduleWaiting: 'scheduled',
		scheduleTimeZone: 'UTC',
		dispatchingCase: 'upper',
		dispatchingEvent: 'event',
		deactivatedTrigger: 'draft',
		ignorePermissionOnRegular: 'refused',
		urlAnswer: 'url',
		thumbnailPath: 'both',
		templateElement: 'templateId',
		templateItems: 'objects',
		imageGrabbingDefault: true,
		linkTrackingDefault: false,
		cms1CallsOnCms2: 'accepted',
		templatePathAnswer: 'saved',
		attachmentBody: 'raw',
		attachmentAddStatus: 201,
		attachmentAddAnswer: 'empty',
		attachmentCountRoot: 'count_attachments',
		attachmentTimes: 'shown',
		propertiesAdded: 'kept',
		propertiesEmpty: 'selfClosing',
		checkQuestions: 1,
		checksEnabled: true,
		checkState: 'success',
		checkTime: 'plain',
		linkCheckRoot: 'linkcheck',
		approvalGroups: 'test',
		testSendoutStatus: 200,
	};
}
