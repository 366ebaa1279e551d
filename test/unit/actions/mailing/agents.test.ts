import { mailingResources } from '../../../../nodes/Maileon/actions/mailing';

test('agents can neither reach many people nor destroy anything', () => {
	const forbidden = mailingResources.flatMap(({ value: resource, operations }) =>
		operations
			.filter(({ notForAgents }) => notForAgents)
			.map(({ value }) => `${resource}.${value}`),
	);
	expect(forbidden).toEqual(
		expect.arrayContaining([
			'mailing.requestApproval',
			'mailing.schedule',
			'mailing.unschedule',
			'mailing.sendNow',
			'mailing.activate',
			'mailing.deactivate',
			'mailing.delete',
			'mailingAttachment.delete',
			'mailingAttachment.deleteAll',
		]),
	);
	expect(forbidden).not.toContain('mailing.sendTest');
	expect(forbidden).not.toContain('mailing.runChecks');
});
