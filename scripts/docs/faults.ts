/**
 * docs/faults.md, the page that tells users how the node behaves when something goes wrong, made from
 * the very rules that test/integration/faults.test.ts runs.
 */
import type { AnswerKind } from '../../nodes/Maileon/maileon/endpoints/endpoint';
import { CASES, casesOn, kindOf, tellingFaults } from '../../test/support/faultMatrix';
import { OPERATIONS, titleOf, type FaultOperation } from '../../test/support/faultOperations';
import { FAULTS, ON_ERROR, verdictOf, type Fault } from '../../test/support/faults';
import { markdownTable } from './markdown';

function repeated({ repeat, note, verdict }: Fault): string {
	if (verdict === 'works') return '';
	if (repeat === 'never') return 'no';
	const pauses = note ?? 'after 1, 2, 4 … seconds';
	return repeat === 'always' ? `yes, ${pauses}` : `yes, ${pauses}; not if it can send a mail`;
}

const WORDS = {
	fails: 'fails',
	works: 'works',
	'works bare': 'works',
	nothing: 'gives no items',
} as const;

const outcome = (fault: Fault, answer: AnswerKind) => WORDS[verdictOf(fault, answer)];

/** What comes out, then what comes out otherwise, and where. */
function outcomes(fault: Fault): string {
	const usual = outcome(fault, 'confirmation');
	const others = [
		['reading one thing', outcome(fault, 'document')],
		['lists', outcome(fault, 'list')],
		['Synchronize', outcome(fault, 'report')],
		['Send', outcome(fault, 'transactionReports')],
		['content of mailings', outcome(fault, 'html')],
	] as const;
	const different = Object.values(WORDS)
		.filter((word) => word !== usual)
		.map((word) => [word, others.filter(([, other]) => other === word)] as const)
		.filter(([, where]) => where.length > 0)
		.map(([word, where]) => `${where.map(([what]) => what).join(', ')}: ${word}`);
	return [usual, ...new Set(different)].join('; ');
}

const ANSWERS: Readonly<Record<AnswerKind, string>> = {
	confirmation: 'a confirmation',
	document: 'a document',
	list: 'a list',
	report: 'a report',
	transactionReports: 'reports of contact events',
	json: 'JSON',
	jsonList: 'a list in JSON',
	text: 'a text',
	html: 'a web page',
	bytes: 'a file',
};

const SETTINGS = {
	stopWorkflow: 'Stop Workflow',
	continueRegularOutput: 'Continue',
	continueErrorOutput: 'Continue (using error output)',
} as const;

/** The telling faults in words. */
function telling(answer: AnswerKind): string {
	return tellingFaults(answer)
		.map(([onError, { name }]) => `${name} (${SETTINGS[onError]})`)
		.join(', ');
}

const quoted = (operation: FaultOperation) => `\`${titleOf(operation)}\``;

function message({ message: words, verdict }: Fault): string {
	if (verdict === 'works') return '';
	const text = typeof words === 'object' ? words.confirmation : words;
	return `${text ?? ''} …`.replace('{right}', 'creating (POST)');
}

/** The page, as it has to be. */
export function faultsPage(): string {
	const mailing = OPERATIONS.filter(({ endpoint }) => endpoint.canSendMail).map(quoted);
	const full = OPERATIONS.filter(({ meetsEveryFault }) => meetsEveryFault);
	const fullCases = CASES.filter(({ operation }) => operation.meetsEveryFault).length;
	return `# When something goes wrong

<!-- Made by "npm run docs" from test/support/faults.ts and faultMatrix.ts; do not edit. -->

What the node does in each kind of fault, whatever the operation. Tests run it through n8n's engine: ${CASES.length} cases at ${OPERATIONS.length} operations (some of them counted twice, with and without double opt-in), on n8n 1.x; on 2.x ${casesOn(2).length}, each fault under one setting of On Error. In each case the fault hits one item in the middle (or all, where the connection itself is at fault), and the test looks at the requests that were sent, the items that came out, the input items they are linked to, the message, and that the API key is nowhere to be seen.

- **Stop Workflow**: the node stops with the message. Items before it were sent, and nothing is begun after it. Where several requests are on their way at a time (option _Concurrency_), items after it can be done already; the message says how many. What deletes, clears or unsubscribes goes one item at a time unless _Concurrency_ is raised.
- **Continue**: the item becomes \`{ "error": … }\` in its place among the others, linked to its input item. The others go on.
- **Continue (using error output)**: the same, on the error branch.

"Unclear" means that Maileon may have acted on the request although the item failed. The error then says "Maileon may have accepted the request; check before sending it again"; where a mail can be sent, "Maileon may have accepted this contact; check before sending it again".

${markdownTable(
	['what happens', 'the item', 'repeated', 'unclear', 'message'],
	FAULTS.map((fault) => [
		fault.name,
		outcomes(fault),
		repeated(fault),
		fault.unclear ? 'yes' : '',
		message(fault),
	]),
)}

## What is tested where

Operations differ in how they run and in what Maileon answers them with. One operation of each kind meets all ${FAULTS.length} faults with all ${ON_ERROR.length} settings of **On Error**, which makes ${full.length} × ${FAULTS.length} × ${ON_ERROR.length} = ${fullCases} cases:

${markdownTable(
	[
		'how it runs',
		'Maileon answers with',
		'can send a mail',
		'tested with',
		'operations of this kind',
	],
	full.map((operation) => [
		operation.runner,
		ANSWERS[operation.endpoint.answer],
		operation.endpoint.canSendMail ? 'yes' : '',
		quoted(operation),
		String(OPERATIONS.filter((other) => kindOf(other) === kindOf(operation)).length),
	]),
)}

Each of the other ${OPERATIONS.length - full.length} operations meets three faults, each under another setting of **On Error**: ${telling('confirmation')}. Where Maileon answers with more than a confirmation, the last of them is ${tellingFaults('document')[2]?.[1].name}, and where content is taken as it is, ${tellingFaults('html')[2]?.[1].name}. Where a 404 is an answer, that is run as well. Together these are ${CASES.length - fullCases} cases.

Requests that can send a mail, and so are never repeated when the outcome is unclear: ${mailing.join(', ')}. **Delete All** (contacts) is never repeated at all.

A 404 is not an error where the operation has **If Not Found** set to something else than _Fail_, and where it is an answer: **Get** and **Delete Unsubscription Marker**.
`;
}
