/**
 * States and types of mailings in words, and what they forbid.
 * Rests on "Get Mailings By States", "Get Mailings By Types" and "Mailing – Is Sealed".
 */

/** What Maileon says of a mailing; where it says something else than a word, that is no word known here. */
export interface MailingFactsToJudge {
	state: unknown;
	type: unknown;
	/** Whether nothing of it can be changed. */
	sealed?: unknown;
}

/** Why something is not done with a mailing, and what to do instead. */
export interface Refusal {
	message: string;
	description: string;
}

interface State {
	/** What can follow "it". */
	words: string;
	/** What to do about it by who wants to send the mailing. */
	advice: string;
}

const ON_ITS_WAY = 'Maileon is at work on it already.';
const OVER = 'A mailing goes out once. Copy it, and send the copy.';

const STATES: ReadonlyMap<string, State> = new Map([
	['draft', { words: 'is a draft', advice: '' }],
	[
		'scheduled',
		{
			words: 'is scheduled',
			advice: 'Let it go out at its time, or use Unschedule before sending it at once.',
		},
	],
	['queued', { words: 'is waiting to be sent', advice: ON_ITS_WAY }],
	['checks', { words: 'is being checked before it is sent', advice: ON_ITS_WAY }],
	[
		'blacklist',
		{ words: 'is being compared with blacklists before it is sent', advice: ON_ITS_WAY },
	],
	['preparing', { words: 'is being prepared to be sent', advice: ON_ITS_WAY }],
	['sending', { words: 'is being sent', advice: ON_ITS_WAY }],
	['paused', { words: 'was paused while it was being sent', advice: 'Let it go on in Maileon.' }],
	['canceled', { words: 'was canceled', advice: OVER }],
	['failed', { words: 'could not be sent by Maileon', advice: OVER }],
	['done', { words: 'has been sent', advice: OVER }],
	['archiving', { words: 'has been sent and is being archived', advice: OVER }],
	['archived', { words: 'has been sent and is archived', advice: OVER }],
	['released', { words: 'is active', advice: 'It sends by itself until it is deactivated.' }],
]);

const TYPES: ReadonlyMap<string, string> = new Map([
	['regular', 'regular mailing'],
	['trigger', 'trigger mailing'],
	['trigger_template', 'trigger template'],
	['doi', 'DOI mailing'],
]);

function word(value: unknown): string {
	return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

/** A state in words that can follow "it". */
export function stateInWords(state: unknown): string {
	const known = STATES.get(word(state));
	if (known) return known.words;
	return word(state) === ''
		? 'has no state that Maileon tells'
		: `has the state "${String(state).trim()}"`;
}

/** Whether it can still be changed and sent. */
export function isDraft(state: unknown): boolean {
	return word(state) === 'draft';
}

/** Whether it waits for the time of its schedule. */
export function isScheduled(state: unknown): boolean {
	return word(state) === 'scheduled';
}

/** Whether it is a trigger or a DOI mailing that works. */
export function isActive(state: unknown): boolean {
	return word(state) === 'released';
}

/** Whether it goes out once, to a target group. An unknown type is none that is known not to. */
export function isForTargetGroup(type: unknown): boolean {
	return !TYPES.has(word(type)) || word(type) === 'regular';
}

/** Whether it sends the mail by which people confirm. */
export function isDoi(type: unknown): boolean {
	return word(type) === 'doi';
}

/** Whether a dispatching makes it send. */
export function isTrigger(type: unknown): boolean {
	return word(type) === 'trigger';
}

/** The type in words, where it is known. */
export function typeInWords(type: unknown): string {
	return TYPES.get(word(type)) ?? 'mailing';
}

/**
 * Why a mailing cannot be sent now; undefined where nothing is known against it.
 * @param name what messages call it: `mailing with ID 22`
 */
export function refusalToSend(name: string, facts: MailingFactsToJudge): Refusal | undefined {
	return wrongType(name, 'sent', facts) ?? noDraft(name, 'sent', facts) ?? sealed(name, facts);
}

/** The same for its schedule, which can be changed while it waits. */
export function refusalToSchedule(name: string, facts: MailingFactsToJudge): Refusal | undefined {
	const type = wrongType(name, 'scheduled', facts);
	return type ?? (isScheduled(facts.state) ? undefined : noDraft(name, 'scheduled', facts));
}

/** The same for taking its schedule away. */
export function refusalToUnschedule(name: string, facts: MailingFactsToJudge): Refusal | undefined {
	if (isDraft(facts.state) || isScheduled(facts.state)) return undefined;
	return {
		message: `The ${name} cannot be unscheduled: it ${stateInWords(facts.state)}.`,
		description: 'Only a mailing that waits for its time has a schedule to delete.',
	};
}

/** The same for what makes a trigger or a DOI mailing work. */
export function refusalToActivate(name: string, facts: MailingFactsToJudge): Refusal | undefined {
	if (word(facts.type) === 'regular')
		return {
			message: `The ${name} cannot be activated: it is a regular mailing.`,
			description: 'Use Send Now or Schedule instead.',
		};
	if (isActive(facts.state))
		return {
			message: `The ${name} is active already.`,
			description: 'To change when it sends, use Deactivate first.',
		};
	return noDraft(name, 'activated', facts);
}

/** The same for what ends that. */
export function refusalToDeactivate(name: string, facts: MailingFactsToJudge): Refusal | undefined {
	if (isActive(facts.state)) return undefined;
	return {
		message: `The ${name} is not active: it ${stateInWords(facts.state)}.`,
		description: 'Only trigger and DOI mailings that were activated can be deactivated.',
	};
}

/** The same for deleting it: what works has to be stopped first. */
export function refusalToDelete(name: string, facts: MailingFactsToJudge): Refusal | undefined {
	if (!isActive(facts.state)) return undefined;
	return {
		message: `The ${name} cannot be deleted: it is an active ${typeInWords(facts.type)}.`,
		description: 'Deactivate it first.',
	};
}

function wrongType(name: string, deed: string, { type, state }: MailingFactsToJudge) {
	if (isForTargetGroup(type)) return undefined;
	return {
		message: `The ${name} cannot be ${deed}: it is a ${typeInWords(type)}.`,
		description: isActive(state)
			? 'It is active: it sends by itself.'
			: 'It sends by itself once it works. Use Activate instead.',
	};
}

function noDraft(name: string, deed: string, { state }: MailingFactsToJudge): Refusal | undefined {
	if (isDraft(state)) return undefined;
	return {
		message: `The ${name} cannot be ${deed}: it ${stateInWords(state)}.`,
		description: STATES.get(word(state))?.advice ?? 'Look at it in Maileon.',
	};
}

function sealed(name: string, { sealed: isSealed }: MailingFactsToJudge): Refusal | undefined {
	if (isSealed !== true) return undefined;
	return {
		message: `The ${name} cannot be sent: Maileon says that it is sealed.`,
		description: 'Look at it in Maileon, or copy it and send the copy.',
	};
}
