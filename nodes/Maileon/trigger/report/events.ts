/**
 * What the trigger calls each kind of event. Where the other trigger knows the same event, it has the
 * same value, so that a workflow can go from one to the other.
 */
import { EVENT_KINDS, type EventKind } from '../../maileon/report/event';

interface EventWords {
	/** What comes out under `event`. */
	value: string;
	name: string;
	description: string;
}

export const EVENTS: Readonly<Record<EventKind, EventWords>> = {
	block: {
		value: 'block',
		name: 'Block',
		description: 'A contact is blocked from mailings, or allowed again',
	},
	bounce: {
		value: 'bounce',
		name: 'Bounce',
		description: 'A mail could not be delivered, once that is final',
	},
	click: {
		value: 'click',
		name: 'Click',
		description:
			'A link in a mail is clicked; only people with the permission Double Opt-In Plus are known by name',
	},
	conversion: {
		value: 'conversion',
		name: 'Conversion',
		description:
			'Somebody buys or does something on your website after a mailing, as Maileon Analytics measures it',
	},
	filtered_contact: {
		value: 'filtered',
		name: 'Filtered Contact',
		description:
			'A contact is taken out of a sendout, for example because personalization is missing',
	},
	recipient: {
		value: 'sent',
		name: 'Mailing Sent to Contact',
		description: 'A mailing goes out to a contact',
	},
	open: {
		value: 'open',
		name: 'Open',
		description:
			'A mail is opened; only people with the permission Double Opt-In Plus may be known by name',
	},
	reply: { value: 'reply', name: 'Reply', description: 'Somebody answers a mailing' },
	subscriber: {
		value: 'doi',
		name: 'Subscription Confirmed',
		description: 'A contact confirms a double opt-in mail of Maileon',
	},
	unsubscription: {
		value: 'unsubscription',
		name: 'Unsubscription',
		description:
			'A contact unsubscribes. If your account makes unsubscribed people anonymous, turn on Include Anonymous.',
	},
};

/** The kind that a value stands for; undefined for one that stands for none. */
export function kindOf(value: string): EventKind | undefined {
	return EVENT_KINDS.find((kind) => EVENTS[kind].value === value);
}
