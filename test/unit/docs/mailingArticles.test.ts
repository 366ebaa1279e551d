import { coverage, UNDOCUMENTED } from '../../../scripts/docs/coverage';
import { coverageTable } from '../../../scripts/docs/tables';
import { endpoint } from '../../../nodes/Maileon/maileon/endpoints/endpoint';

/** The menu Mailings of Maileon's documentation. */
const TITLES = [
	'Add Mailing Blacklist to Mailing',
	'Copy Mailing',
	'Create Dispatching',
	'Create Mailing',
	'Delete Mailing',
	'Delete Mailing Blacklist from Mailing',
	'Delete Trigger',
	'Get CMS2 Mailing As Zip',
	'Get Dispatching',
	'Get limit on number of contacts',
	'Get Mailing Archive URL',
	'Get Mailing Blacklists for Mailing',
	'Get Mailing ID By Name',
	'Get Mailing Report URL',
	'Get Mailing Thumbnail',
	'Get Mailing Thumbnail URL',
	'Get Mailings By Creator Name',
	'Get Mailings By Keywords',
	'Get Mailings By Schedule Time',
	'Get Mailings By States',
	'Get Mailings By Subject',
	'Get Mailings By Types',
	'Get Preview Text',
	'Get Template',
	'Get Templates for CMS2',
	'Get The Reply-To Address',
	'Mailing – Add Attachment',
	'Mailing – Add Custom Mailing Properties',
	'Mailing – Copy Attachments',
	'Mailing – Create Schedule',
	'Mailing – Delete Attachment',
	'Mailing – Delete Attachments',
	'Mailing – Delete Schedule',
	'Mailing – Disable QoS Checks',
	'Mailing – Enable Target Group Update',
	'Mailing – Fill RSS SmartMailing Tags',
	'Mailing – Get “Ignore Permission” State',
	'Mailing – Get “Post Sendout Cleanup” State',
	'Mailing – Get Archival Duration',
	'Mailing – Get Attachment',
	'Mailing – Get Attachments',
	'Mailing – Get Count Attachments',
	'Mailing – Get DOI Mailing Key',
	'Mailing – Get HTML',
	'Mailing – Get List of Custom Mailing Properties',
	'Mailing – Get Locale',
	'Mailing – Get Mailing Domain',
	'Mailing – Get Max Attachment Size',
	'Mailing – Get Max Content Size',
	'Mailing – Get Name',
	'Mailing – Get Recipient Alias',
	'Mailing – Get result for Link Quality Check',
	'Mailing – Get result for Message Size Quality Check',
	'Mailing – Get result for Personalization Quality Check',
	'Mailing – Get result for Spam Quality Check',
	'Mailing – Get results for Approval Sendout Quality Check',
	'Mailing – Get results for Attention Quality Check',
	'Mailing – Get results for Bounce Quality Check',
	'Mailing – Get results for Display Quality Check',
	'Mailing – Get results for Image Quality Check',
	'Mailing – Get results for Test Mail Sendout',
	'Mailing – Get Schedule',
	'Mailing – Get Sender Address',
	'Mailing – Get Sender Alias',
	'Mailing – Get Speed Level',
	'Mailing – Get State',
	'Mailing – Get Subject',
	'Mailing – Get Tags',
	'Mailing – Get Target Group Id',
	'Mailing – Get Target Group Update status',
	'Mailing – Get Text',
	'Mailing – Get Tracking Duration',
	'Mailing – Get Tracking Strategy',
	'Mailing – Get Type',
	'Mailing – Is Sealed',
	'Mailing – Remove Custom Mailing Property',
	'Mailing – Send Approval Mail to Targetgroup',
	'Mailing – Send Now',
	'Mailing – Send Testmail to Single Emailaddress',
	'Mailing – Send Testmail to Targetgroup',
	'Mailing – Set “Ignore Permission” State',
	'Mailing – Set “Post Sendout Cleanup” State',
	'Mailing – Set DOI Mailing Key',
	'Mailing – Set Html',
	'Mailing – Set Locale',
	'Mailing – Set Name',
	'Mailing – Set Recipient Alias',
	'Mailing – Set Sender Address',
	'Mailing – Set Sender Alias',
	'Mailing – Set Speed Level',
	'Mailing – Set Subject',
	'Mailing – Set Tags',
	'Mailing – Set Target Group Id',
	'Mailing – Set Text',
	'Mailing – Set Tracking Strategy',
	'Mailing – Start Attention Quality Check',
	'Mailing – Start Bounce Quality Check',
	'Mailing – Start Image Quality Check',
	'Mailing – Start Link Quality Check',
	'Mailing – Start Message Size Quality Check',
	'Mailing – Start Personalization Quality Check',
	'Mailing – Start Quality Check',
	'Mailing – Update Custom Mailing Property',
	'Mailing – Update Schedule',
	'Reset Contents to Template',
	'Save CMS2 Mailing to Media Library',
	'Set limit on number of contacts before sending mailing',
	'Set Preview Text',
	'Set Template',
	'Set Template for CMS2 Mailing',
	'Set The Reply-To Address',
];

const AREAS = ['Mailings', 'Target Groups, Blacklists and Media'];

const areas = coverage.filter(({ title }) => AREAS.includes(title));
const described = new Set(
	areas.flatMap(({ endpoints }) => endpoints.flatMap(({ articles }) => articles)),
);
const undocumented = areas.flatMap((area) => area.undocumented);

describe('the articles on mailings', () => {
	it('are 111', () => {
		expect(new Set(TITLES).size).toBe(111);
		expect(TITLES).toHaveLength(111);
	});

	it('are each an endpoint or listed as not documented', () => {
		expect(
			TITLES.filter((title) => !described.has(title) && !undocumented.includes(title)),
		).toEqual([]);
		expect([...described, ...undocumented].filter((title) => !TITLES.includes(title))).toEqual([]);
	});

	it('are not documented for twelve, of which no endpoint is guessed', () => {
		expect(new Set(undocumented).size).toBe(12);
		expect(UNDOCUMENTED.Mailings).toEqual(undocumented);
		expect(undocumented.filter((title) => described.has(title))).toEqual([]);
	});
});

describe('the table of articles', () => {
	const table = (undocumentedArticles: string[] = []) => {
		const known = endpoint('GET /mailings/:id/state', {
			articles: 'Mailing – Get State',
			answer: 'document',
		});
		const shown = endpoint('GET /mailings/:id/author', { answer: 'document' });
		const endpoints = [known, shown].map((one) => ({ ...one, servedBy: ['a list'] }));
		const nodes = { actions: [] } as unknown as Parameters<typeof coverageTable>[1];
		const area = { title: 'Mailings', endpoints, undocumented: undocumentedArticles };
		return coverageTable([area], nodes)
			.split('\n')
			.map((line) => line.replace(/ +/g, ' '));
	};

	it('has a dash where only clients show an endpoint', () => {
		expect(table()).toContain('| – | `GET /mailings/:id/author` | a list |');
		expect(table()).toContain('| Mailing – Get State | `GET /mailings/:id/state` | a list |');
	});

	it('names the articles whose request is not known', () => {
		expect(table(['Mailing – Start Quality Check'])).toContain(
			'| Mailing – Start Quality Check | – | not documented where we could read it |',
		);
	});
});
