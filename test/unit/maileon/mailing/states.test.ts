import {
	isActive,
	isDraft,
	refusalToActivate,
	refusalToDeactivate,
	refusalToDelete,
	refusalToSchedule,
	refusalToSend,
	stateInWords,
} from '../../../../nodes/Maileon/maileon/mailing/states';

const NAME = 'mailing with ID 22';

/** Every state that the documentation names. */
const STATES = [
	'draft',
	'failed',
	'queued',
	'checks',
	'blacklist',
	'preparing',
	'sending',
	'canceled',
	'paused',
	'done',
	'archiving',
	'archived',
	'released',
	'scheduled',
];

describe('a state in words', () => {
	test.each(STATES)('%s has words of its own', (state) => {
		expect(stateInWords(state)).toMatch(/^(is|was|has|could)\b/);
		expect(stateInWords(state)).not.toContain('"');
	});

	test.each([
		['Mystery', 'has the state "Mystery"'],
		[' DRAFT\n', 'is a draft'],
		[null, 'has no state that Maileon tells'],
		['', 'has no state that Maileon tells'],
		[{ answer: 1 }, 'has no state that Maileon tells'],
	])('%j is told as it is', (state, words) => {
		expect(stateInWords(state)).toBe(words);
	});

	test('is read whatever its case and the spaces around it', () => {
		expect([isDraft(' Draft '), isDraft('drafts'), isDraft(null)]).toEqual([true, false, false]);
		expect([isActive('RELEASED\n'), isActive('draft')]).toEqual([true, false]);
	});
});

describe('sending', () => {
	test.each(['regular', 'REGULAR', 'something new', null])('a draft of type %j', (type) => {
		expect(refusalToSend(NAME, { state: 'draft', type, sealed: false })).toBeUndefined();
		expect(refusalToSend(NAME, { state: 'draft', type, sealed: null })).toBeUndefined();
	});

	test.each(STATES.filter((state) => state !== 'draft'))('is refused while it is %s', (state) => {
		const refusal = refusalToSend(NAME, { state, type: 'regular' });
		expect(refusal?.message).toBe(
			`The mailing with ID 22 cannot be sent: it ${stateInWords(state)}.`,
		);
		expect(refusal?.description).toMatch(/\.$/);
	});

	test('is refused in a state that is not known, and in none', () => {
		for (const state of ['mystery', null])
			expect(refusalToSend(NAME, { state, type: 'regular' })?.description).toBe(
				'Look at it in Maileon.',
			);
	});

	test('is refused when Maileon says that it is sealed', () => {
		expect(refusalToSend(NAME, { state: 'draft', type: 'regular', sealed: true })?.message).toBe(
			'The mailing with ID 22 cannot be sent: Maileon says that it is sealed.',
		);
	});

	test.each([
		['trigger', 'a trigger mailing'],
		['doi', 'a DOI mailing'],
		['trigger_template', 'a trigger template'],
	])('a %s is refused: it is activated instead', (type, words) => {
		expect(refusalToSend(NAME, { state: 'draft', type })).toEqual({
			message: `The mailing with ID 22 cannot be sent: it is ${words}.`,
			description: 'It sends by itself once it works. Use Activate instead.',
		});
		expect(refusalToSend(NAME, { state: 'released', type })?.description).toBe(
			'It is active: it sends by itself.',
		);
	});
});

describe('scheduling', () => {
	test.each(['draft', 'scheduled'])('a mailing that is %s', (state) => {
		expect(refusalToSchedule(NAME, { state, type: 'regular' })).toBeUndefined();
	});

	test('is refused once it is on its way, and for other types', () => {
		expect(refusalToSchedule(NAME, { state: 'sending', type: 'regular' })?.message).toBe(
			'The mailing with ID 22 cannot be scheduled: it is being sent.',
		);
		expect(refusalToSchedule(NAME, { state: 'draft', type: 'doi' })?.message).toBe(
			'The mailing with ID 22 cannot be scheduled: it is a DOI mailing.',
		);
	});
});

describe('activating and deactivating', () => {
	test.each(['trigger', 'doi', 'something new'])('a draft of type %s', (type) => {
		expect(refusalToActivate(NAME, { state: 'draft', type })).toBeUndefined();
		expect(refusalToDeactivate(NAME, { state: 'released', type })).toBeUndefined();
	});

	test('what is active already, what is no draft, and what is sent by hand', () => {
		expect(refusalToActivate(NAME, { state: 'released', type: 'trigger' })?.message).toBe(
			'The mailing with ID 22 is active already.',
		);
		expect(refusalToActivate(NAME, { state: 'archived', type: 'doi' })?.message).toBe(
			'The mailing with ID 22 cannot be activated: it has been sent and is archived.',
		);
		expect(refusalToActivate(NAME, { state: 'draft', type: 'regular' })?.description).toBe(
			'Use Send Now or Schedule instead.',
		);
		expect(refusalToDeactivate(NAME, { state: 'draft', type: 'trigger' })?.message).toBe(
			'The mailing with ID 22 is not active: it is a draft.',
		);
	});
});

test('what works has to be deactivated before it is deleted', () => {
	expect(refusalToDelete(NAME, { state: 'released', type: 'doi' })).toEqual({
		message: 'The mailing with ID 22 cannot be deleted: it is an active DOI mailing.',
		description: 'Deactivate it first.',
	});
	for (const state of STATES.filter((one) => one !== 'released'))
		expect(refusalToDelete(NAME, { state, type: 'regular' })).toBeUndefined();
});
