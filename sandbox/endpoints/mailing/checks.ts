import type { CheckName } from '../../account/checks';
import { isFinished, newCheck } from '../../account/checks';
import type { ContentImage } from '../../account/mailingContent';
import { imagesOf, personalize } from '../../account/mailingContent';
import { checkAddress } from '../../account/mailingRules';
import type { Mailing } from '../../account/mailings';
import type { TargetGroup } from '../../account/targetGroups';
import type { Answer } from '../../server/answer';
import { empty, xml } from '../../server/answer';
import { JSON_TYPE, MAILEON_XML } from '../../server/media';
import { badRequest, notFound, Refusal } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import { parentElement, textElement } from '../../xml';
import { findDraft, findMailing } from './mailing';
import { transactionContent } from './transactionContent';

const GROUP = { test_targetgroup_id: { kind: 'integer', required: true } } as const;
const SAMPLE_SIZE = 100;
const BOUNCE_LIMIT = 0.2;

/** Test mails, approvals and checks of quality (documentation: mailing – send testmail …, start …, get result …). */
export const checkRoutes: Route[] = [
	{
		method: 'POST',
		path: '/mailings/:mailingId/sendtestemail',
		query: {
			email: { kind: 'text', required: true },
			format: { kind: 'text', choices: ['auto', 'text', 'html'] },
			txAuto: { kind: 'boolean' },
		},
		body: 'file',
		accept: [MAILEON_XML, JSON_TYPE],
		run: sendTest,
	},
	{
		method: 'POST',
		path: checkPath('testsendout'),
		query: GROUP,
		run: (call) => {
			sendToGroup(call, 'testsendout', ['test']);
			return empty(call.variants.testSendoutStatus);
		},
	},
	{
		method: 'POST',
		path: checkPath('approvalprocess'),
		query: GROUP,
		run: (call) => {
			const both = call.variants.approvalGroups === 'testAndApproval';
			sendToGroup(call, 'approvalprocess', both ? ['test', 'approval'] : ['test']);
			return empty(200);
		},
	},
	startRoute('attention'),
	startRoute('display'),
	resultRoute('testsendout', () => 'sendoutcheck'),
	resultRoute('approvalprocess', () => 'sendoutcheck'),
	resultRoute('bounce', () => 'bouncecheck', bounceParts),
	resultRoute('image', () => 'imagecheck', imageParts),
	resultRoute('link', ({ variants }) => variants.linkCheckRoot),
];

function checkPath(name: CheckName): string {
	return `/mailings/:mailingId/checks/${name}`;
}

function sendTest(call: Call): Answer {
	const mailing = findMailing(call);
	const { account, query } = call;
	const email = query.text('email') ?? '';
	checkAddress('email', email);
	const isFilled = query.flag('txAuto');
	if (isFilled) checkFillable(call, mailing);
	const transaction = isFilled ? '?' : transactionContent(call);
	const [contact = null] = account.contacts.withEmail(email);
	account.sendOutsideReports(mailing, {
		kind: 'test',
		email,
		contactId: contact?.id ?? null,
		format: query.text('format') ?? 'auto',
		subject: personalize(mailing.subject, { contact, transaction }),
	});
	return empty(200);
}

/** A question mark is no value of a boolean field. */
function checkFillable({ account }: Call, { dispatching }: Mailing): void {
	const type = account.transactionTypes.get(Number(dispatching?.event ?? NaN));
	const field = type?.attributes.find((attribute) => attribute.type === 'boolean');
	if (field) throw badRequest(`the field ${field.name} cannot be filled with "?"`);
}

/** Mails to the contacts of a group, and starts the check that waits for what comes of it. */
function sendToGroup(
	call: Call,
	name: 'testsendout' | 'approvalprocess',
	types: ReadonlyArray<TargetGroup['type']>,
): void {
	const mailing = findDraft(call);
	const group = findGroup(call, types);
	const kind = name === 'testsendout' ? 'test' : 'approval';
	for (const contact of call.account.membersOf(group)) {
		if (contact.email === null) continue;
		call.account.sendOutsideReports(mailing, {
			kind,
			email: contact.email,
			contactId: contact.id,
			subject: personalize(mailing.subject, { contact, transaction: {} }),
		});
	}
	mailing.checks.set(name, newCheck(call.account.now().getTime()));
}

function findGroup({ account, query }: Call, types: ReadonlyArray<TargetGroup['type']>) {
	const id = query.number('test_targetgroup_id') ?? 0;
	const group = account.targetGroups.get(id);
	if (!group) throw notFound(`target group ${id} isn't found`);
	if (!types.includes(group.type)) {
		throw badRequest(`target group ${id} must be of type ${types.join(' or ')}`);
	}
	return group;
}

function startRoute(name: 'attention' | 'display'): Route {
	return {
		method: 'POST',
		path: checkPath(name),
		run: (call) => {
			const mailing = findDraft(call);
			const { account, variants } = call;
			if (!variants.checksEnabled) throw new Refusal(412, `the ${name} check is not enabled`);
			const now = account.now().getTime();
			const running = mailing.checks.get(name);
			if (running && !isFinished(running, now, variants)) {
				throw badRequest(`the ${name} check of mailing ${mailing.id} is in progress`);
			}
			mailing.checks.set(name, newCheck(now));
			return empty(200);
		},
	};
}

function resultRoute(
	name: CheckName,
	rootOf: (call: Call) => string,
	partsOf: (call: Call, mailing: Mailing) => string[] = () => [],
): Route {
	return {
		method: 'GET',
		path: checkPath(name),
		run: (call) => {
			const mailing = findDraft(call);
			const check = mailing.checks.get(name);
			if (check) check.questions += 1;
			if (!check || !isFinished(check, call.account.now().getTime(), call.variants)) {
				throw notFound(`mailing ${mailing.id} has no result of the ${name} check`);
			}
			const common = [
				textElement('mailingid', mailing.id),
				textElement('timestamp', timestamp(call, check.started)),
				textElement('state', call.variants.checkState),
			];
			return xml(200, parentElement(rootOf(call), [...common, ...partsOf(call, mailing)]));
		},
	};
}

/** ISO with the offset of UTC. */
function timestamp({ variants }: Call, time: number): string {
	const [seconds = '', fraction = ''] = new Date(time).toISOString().slice(0, -1).split('.');
	return variants.checkTime === 'plain' ? `${seconds}+00:00` : `${seconds}.${fraction}+00:00`;
}

function bounceParts({ account }: Call, { targetGroupId }: Mailing): string[] {
	const group = account.targetGroups.get(targetGroupId);
	const contacts = group ? account.membersOf(group) : [];
	const sample = contacts.slice(0, SAMPLE_SIZE);
	const bounces = sample.filter(({ block }) => block?.reason === 'bounce_policy').length;
	return [
		textElement('totalcontactcount', contacts.length),
		textElement('samplesize', sample.length),
		textElement('bouncecount', bounces),
		textElement('bounceforcast', sample.length === 0 ? '0.0' : String(bounces / sample.length)),
		textElement('boucelimit', BOUNCE_LIMIT),
	];
}

function imageParts({ account }: Call, mailing: Mailing): string[] {
	return [parentElement('images', imagesOf(account, mailing).map(imageElement))];
}

function imageElement({ hosted, src, ...further }: ContentImage): string {
	const optional = Object.entries(further).flatMap(([name, value]) =>
		value === null ? [] : [textElement(name, value)],
	);
	return parentElement('image', [
		textElement('hosted', hosted),
		textElement('src', src),
		...optional,
	]);
}
