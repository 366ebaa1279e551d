import { withRates } from '../../../../nodes/Maileon/maileon/report/summary';

const rates = (summary: Record<string, unknown>) => {
	const { open_rate, click_rate, bounce_rate, unsubscription_rate } = withRates(summary);
	return [open_rate, click_rate, bounce_rate, unsubscription_rate];
};

describe('the rates of a mailing', () => {
	it('are shares of its recipients, to four places', () => {
		const summary = {
			recipients: 3000,
			opens: 4000,
			opens_unique: 1000,
			clicks_unique: 0,
			bounces: 3000,
			unsubscriptions: 1,
		};
		expect(withRates(summary)).toEqual({
			...summary,
			open_rate: 0.3333,
			click_rate: 0,
			bounce_rate: 1,
			unsubscription_rate: 0.0003,
		});
	});

	it.each([
		['it went to nobody', { recipients: 0, opens_unique: 0, clicks_unique: 5 }],
		['its recipients are not told', { opens_unique: 10 }],
		['its recipients are no number', { recipients: '10', opens_unique: 10 }],
		['what was counted is no number', { recipients: 10, opens_unique: '10', clicks_unique: null }],
	])('cannot be told where %s', (_, summary) => {
		expect(rates(summary)).toEqual([null, null, null, null]);
	});
});
