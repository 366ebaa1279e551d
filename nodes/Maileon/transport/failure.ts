/**
 * A request that did not do what was asked. Holds facts only; `words.ts` makes sentences of them.
 */
import type { Answer } from '../maileon/answer';
import type { Method } from '../maileon/request';

/**
 * What may have become of the request at Maileon.
 * `refused`: Maileon did not act on it. `unclear`: Maileon may have acted on it.
 */
export type Outcome = 'refused' | 'unclear';

export type FailureKind =
	/** Maileon, or something before it, answered with a status that is no success. */
	| 'status'
	/** No connection could be made. */
	| 'unreachable'
	/** The connection broke before the answer was complete. */
	| 'broken'
	| 'timeout'
	/** The answer has a status of success but is not what Maileon answers with. */
	| 'answer'
	/** Maileon says that it did not work, although the status is one of success. */
	| 'report'
	| 'cancelled';

export interface FailureFacts {
	kind: FailureKind;
	outcome: Outcome;
	method: Method;
	status?: number;
	/** What was read of the answer. */
	answer?: Answer;
	/** Whether it is the answer of something between n8n and Maileon, such as a gateway. */
	fromElsewhere?: boolean;
	/** The system's code for a broken connection, such as ECONNREFUSED. */
	networkCode?: string;
	host?: string;
	retryAfterMs?: number;
	attempts?: number;
	canSendMail?: boolean;
	/** Whether repeating the request would make a second one of what it makes. */
	makesAnother?: boolean;
	/** What to do about a status that means something particular at the endpoint. */
	advice?: Readonly<Record<number, string>>;
	/** A sentence on what is special about this one. */
	detail?: string;
}

export class MaileonFailure extends Error {
	constructor(readonly facts: FailureFacts) {
		super(`${facts.kind} ${facts.status ?? facts.networkCode ?? ''}`.trim());
		this.name = 'MaileonFailure';
	}
}
