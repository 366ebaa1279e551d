import { readCheckResult } from '../../../../nodes/Maileon/maileon/mailing/checkResults';
import { CHECKS } from '../../../../nodes/Maileon/maileon/mailing/checks';
import { readXml } from '../../../../nodes/Maileon/maileon/xml/read';

const COMMON =
	'<mailingid>501</mailingid><timestamp>2026-03-04T09:15:30+01:00</timestamp><state>warning</state>';
const read = (root: string, parts: string) =>
	readCheckResult(readXml(`<${root}>${parts}</${root}>`));

describe('the result of a check', () => {
	const common = { mailingid: 501, timestamp: '2026-03-04T09:15:30+01:00', state: 'warning' };

	test('of bounces has numbers, under the names that Maileon gives them', () => {
		expect(
			read(
				'bouncecheck',
				`${COMMON}<totalcontactcount>1200</totalcontactcount><samplesize>100</samplesize><bouncecount>1</bouncecount><bounceforcast>0.01</bounceforcast><boucelimit>0.2</boucelimit>`,
			),
		).toEqual({
			...common,
			totalcontactcount: 1_200,
			samplesize: 100,
			bouncecount: 1,
			bounceforcast: 0.01,
			boucelimit: 0.2,
		});
	});

	const image =
		'<image><hosted>true</hosted><src>https://a.example/1.png</src><alt>A</alt></image>';

	test.each(['imagecheck', 'linkcheck'])('of images, in a root %s, has a list of them', (root) => {
		expect(read(root, `${COMMON}<images>${image}</images>`)).toEqual({
			...common,
			images: [{ hosted: true, src: 'https://a.example/1.png', alt: 'A' }],
		});
		expect(read(root, '<images/>')).toEqual({ state: null, images: [] });
	});

	test('keeps what is not documented', () => {
		expect(
			read(
				'sendoutcheck',
				'<state nil="true"/><mailingid>12345678901234567890</mailingid><samplesize>many</samplesize><votes><vote>yes</vote><vote>no</vote></votes>',
			),
		).toEqual({
			state: null,
			mailingid: '12345678901234567890',
			samplesize: 'many',
			votes: { vote: ['yes', 'no'] },
		});
	});
});

test('a check can be started or has a result, and what costs money is one that is started', () => {
	for (const [name, facts] of Object.entries(CHECKS)) {
		expect({ name, known: 'start' in facts || 'result' in facts }).toEqual({ name, known: true });
		if ('costsMoney' in facts) expect(facts.start.neverRepeated).toBe(true);
	}
});
