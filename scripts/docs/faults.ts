/**
 * docs/faults.md, the page that tells users how the node behaves when something goes wrong, made from
 * the very rules that test/integration/faults.test.ts runs.
 */
import { OPERATIONS, titleOf } from '../../test/support/faultOperations';
import { FAULTS, ON_ERROR, type Fault, type Needs } from '../../test/support/faults';
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

function outcome(fault: Fault, needs: Needs): string {
	const verdict = typeof fault.verdict === 'string' ? fault.verdict : fault.verdict[needs];
	return WORDS[verdict ?? 'fails'];
}

function outcomes(fault: Fault): string {
	const writes = outcome(fault, 'nothing');
	const others = [
		['reading one thing', outcome(fault, 'document')],
		['lists', outcome(fault, 'list')],
		['Synchronize', outcome(fault, 'report')],
	] as const;
	const different = others.filter(([, word]) => word !== writes);
	return [writes, ...different.map(([what, word]) => `${what}: ${word}`)].join('; ');
}

function message({ message: words, verdict }: Fault): string {
	if (verdict === 'works') return '';
	const text = typeof words === 'object' ? words.nothing : words;
	return `${text ?? ''} …`.replace('{right}', 'creating (POST)');
}

/** The page, as it has to be. */
export function faultsPage(): string {
	const cells = FAULTS.length * OPERATIONS.length * ON_ERROR.length;
	const mailing = OPERATIONS.filter(({ canSendMail }) => canSendMail).map(
		(operation) => `\`${titleOf(operation)}\``,
	);
	return `# When something goes wrong

<!-- Made by "npm run docs" from test/support/faults.ts; do not edit. -->

What the node does in each kind of fault, whatever the operation. Every line is run by a test for every operation and every setting of **On Error**: ${FAULTS.length} faults, ${OPERATIONS.length} operations and ${ON_ERROR.length} settings make ${cells} cases. In each case the fault hits one item in the middle (or all, where the connection itself is at fault), and the test looks at the requests that were sent, the items that came out, the input items they are linked to, the message, and that the API key is nowhere to be seen.

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

Requests that can send a mail, and so are never repeated when the outcome is unclear: ${mailing.join(', ')}. **Delete All** (contacts) is never repeated at all.

A 404 is not an error where the operation has **If Not Found** set to something else than _Fail_, and where it is an answer: **Get** and **Delete Unsubscription Marker**.
`;
}
