import { readAnswer } from '../../../nodes/Maileon/maileon/answer';
import type { FailureFacts } from '../../../nodes/Maileon/transport/failure';
import { explain } from '../../../nodes/Maileon/transport/words';

const facts = (parts: Partial<FailureFacts>): FailureFacts => ({
	kind: 'status',
	outcome: 'refused',
	method: 'POST',
	...parts,
});
const said = (words: string) => readAnswer(`<error><message>${words}</message></error>`);

const WHAT = { what: 'contact with external ID "00123"' };

describe('statuses', () => {
	test.each<[number, RegExp, RegExp]>([
		[401, /refused the API key/, /expiry date/],
		[403, /lacks the right for creating \(POST\)/, /Give the key this right/],
		[404, /did not find the contact with external ID "00123"/, /Maileon says: why/],
		[405, /does not allow/, /Base URL/],
		[409, /conflict for the contact with external ID "00123"/, /Maileon says: why/],
		[413, /too large/, /fewer contacts/],
		[429, /too many requests/, /Try again later/],
		[400, /refused the request: why\.$/, /^$/],
		[422, /refused the request: why/, /^$/],
		[302, /Redirect not followed\.$/, /Base URL/],
		[500, /could not process.*500/, /It says: why.*Try again later/],
		[503, /could not process.*503/, /Try again later/],
	])('%i', (status, message, description) => {
		const words = explain(facts({ status, answer: said('why') }), WHAT);
		expect(words.message).toMatch(message);
		expect(words.description ?? '').toMatch(description);
		expect(words.http_status).toBe(status);
	});

	test.each([
		['GET', 'reading (GET)'],
		['POST', 'creating (POST)'],
		['PUT', 'changing (PUT)'],
		['DELETE', 'deleting (DELETE)'],
	] as const)('403 names the right that %s needs', (method, right) => {
		expect(explain(facts({ status: 403, method })).message).toContain(right);
	});

	test('405 is told by what it means at the endpoint, where it means something there', () => {
		const advice = { 405: 'It was sent already.' };
		expect(explain(facts({ status: 405, advice }), WHAT)).toMatchObject({
			message: 'Maileon does not allow this for the contact with external ID "00123".',
			description: 'It was sent already.',
		});
		expect(explain(facts({ status: 405, advice })).message).toBe('Maileon does not allow this.');
	});

	test('404 of something else than Maileon says so', () => {
		const answer = readAnswer('404 page not found');
		const words = explain(facts({ status: 404, fromElsewhere: true, answer }), WHAT);
		expect(words.message).toBe('There is no Maileon API at this address.');
		expect(words.description).toMatch(/not from Maileon.*Base URL.*It says: 404 page not found\.$/);
	});

	const report = (error: string) =>
		readAnswer(
			`<report><success>false</success><contact><error>${error}</error></contact></report>`,
		);

	test.each([200, 400, 409])('%i with a report: the report says more', (status) => {
		const kind = status === 200 ? 'report' : 'status';
		const answer = report('<error_field>email</error_field><error_message>no</error_message>');
		const parts = facts({ kind, status, answer });
		expect(explain(parts, { ...WHAT, advice: { 400: 'x' } })).toEqual({
			message: 'Maileon refused the request: no.',
			description: 'Field: email.',
			http_status: status,
			field: 'email',
		});
		expect(explain(parts, { refused: 'contact' }).message).toBe('Maileon refused the contact: no.');
	});

	test('a duplicate email is told in plain words', () => {
		const answer = report(
			'<error_field>email</error_field><error_message>duplicate email</error_message>',
		);
		expect(explain(facts({ status: 400, answer }))).toEqual({
			message: 'Another contact already has this email.',
			description: 'Use another email, or update that contact instead.',
			http_status: 400,
			field: 'email',
		});
	});

	test('a report with a code explains it, and one without a reason says so', () => {
		const answer = readAnswer(
			'<report><success>false</success><contact><error code="3"><error_field nil="true"/></error></contact></report>',
		);
		expect(explain(facts({ status: 400, answer }))).toEqual({
			message: 'Maileon refused the request: Email is invalid.',
			description: 'Check the address for typing errors.',
			http_status: 400,
			code: 3,
		});
		const bare = readAnswer('<report><success>false</success></report>');
		expect(explain(facts({ status: 400, answer: bare })).message).toBe(
			'Maileon refused the request without giving a reason.',
		);
	});

	test('a report of success does not explain a failure', () => {
		const answer = readAnswer('<report><success>true</success></report>');
		expect(explain(facts({ status: 409, answer })).message).toBe('Maileon found a conflict.');
	});

	test('advice of the operation', () => {
		const subject = { ...WHAT, advice: { 409: 'Use "Update by ID".' } };
		expect(explain(facts({ status: 409 }), subject).description).toBe('Use "Update by ID".');
	});

	test('a web page instead of an answer shows its first words only', () => {
		const answer = readAnswer('<html><script>x()</script><h1>Proxy says no</h1></html>');
		expect(explain(facts({ status: 400, answer })).message).toBe(
			'Maileon refused the request: Proxy says no.',
		);
	});
});

describe('what is unclear is said', () => {
	test.each<[Partial<FailureFacts>, RegExp]>([
		[{ kind: 'timeout', outcome: 'unclear' }, /may have accepted the request/],
		[{ kind: 'broken', outcome: 'unclear', canSendMail: true }, /second double opt-in mail/],
		[{ status: 500, outcome: 'unclear' }, /may have accepted/],
	])('%p', (parts, words) => {
		expect(explain(facts(parts)).description).toMatch(words);
	});

	test('not where nothing was changed', () => {
		const read = explain(facts({ kind: 'timeout', outcome: 'unclear', method: 'GET' }));
		expect(read.description).not.toMatch(/accepted/);
		expect(explain(facts({ kind: 'unreachable' })).description).not.toMatch(/accepted/);
	});

	test('how often it was tried', () => {
		expect(explain(facts({ status: 503, attempts: 4 })).description).toMatch(/Tried 4 times\.$/);
		expect(explain(facts({ status: 503, attempts: 1 })).description).not.toMatch(/Tried/);
	});
});

describe('connections and answers', () => {
	test.each<[Partial<FailureFacts>, RegExp, RegExp]>([
		[
			{ kind: 'unreachable', networkCode: 'ECONNREFUSED', host: 'api.maileon.com' },
			/could not be reached at api\.maileon\.com/,
			/refused.*Check the Base URL/,
		],
		[{ kind: 'unreachable', networkCode: 'ENOTFOUND' }, /could not be reached/, /not found/],
		[
			{ kind: 'unreachable', networkCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
			/could not be reached/,
			/certificate/,
		],
		[{ kind: 'unreachable', networkCode: 'EHOSTUNREACH' }, /reached/, /No connection/],
		[{ kind: 'timeout' }, /did not answer in time/, /later/],
		[{ kind: 'broken', detail: 'x' }, /connection to Maileon was lost/, /^x\.$/],
		[
			{ kind: 'answer', answer: readAnswer('<html>Log in</html>'), status: 200 },
			/^Unexpected response from Maileon\.$/,
			/It begins: Log in\.$/,
		],
		[{ kind: 'answer', answer: readAnswer('<a><b') }, /^Unexpected/, /incomplete/],
		[{ kind: 'answer', answer: readAnswer('') }, /^Unexpected/, /It is empty/],
		[{ kind: 'cancelled' }, /cancelled/, /^$/],
		[{ kind: 'report', answer: said('why'), status: 200 }, /refused the request: why\.$/, /^$/],
		[
			{ kind: 'report', answer: readAnswer('<error/>') },
			/request without giving a reason\.$/,
			/^$/,
		],
		[{ kind: 'report' }, /request without giving a reason\.$/, /^$/],
	])('%p', (parts, message, description) => {
		const words = explain(facts(parts));
		expect(words.message).toMatch(message);
		expect(words.description ?? '').toMatch(description);
	});

	test('what is not known is not there', () => {
		expect(explain(facts({ kind: 'cancelled' }))).toEqual({
			message: 'The execution was cancelled.',
			description: undefined,
		});
		expect(Object.keys(explain(facts({ kind: 'cancelled' })))).toEqual(['message']);
		expect(Object.keys(explain(facts({ kind: 'timeout' })))).toEqual(['message', 'description']);
	});

	test.each([
		[undefined, 'Try again later, or send fewer contacts in one request.'],
		['transactions', 'Try again later, or send fewer transactions in one request.'],
	])('many of what: %s', (things, description) => {
		expect(explain(facts({ kind: 'timeout' }), { things }).description).toBe(description);
		const tooLarge = explain(facts({ status: 413 }), { things }).description;
		expect(tooLarge).toBe(`Send fewer ${things ?? 'contacts'} in one request.`);
	});

	test('sentences are joined by one blank, and those that are missing leave none', () => {
		const answer = readAnswer('<html>Log in</html>');
		expect(explain(facts({ kind: 'answer', answer })).description).toBe('It begins: Log in.');
		expect(explain(facts({ kind: 'answer', detail: 'A detail.', answer })).description).toBe(
			'A detail. It begins: Log in.',
		);
		expect(explain(facts({ kind: 'answer', detail: 'A detail.' })).description).toBe('A detail.');
		expect(explain(facts({ status: 500 })).description).toBe('Try again later.');
		expect(explain(facts({ kind: 'answer', answer: readAnswer('<a><b') })).description).toBe(
			'It is incomplete. It begins: <b.',
		);
	});

	test.each([
		[199, 'Maileon refused the request (status 199).'],
		[299, 'Maileon refused the request (status 299).'],
		[300, 'Redirect not followed.'],
		[399, 'Redirect not followed.'],
		[499, 'Maileon refused the request (status 499).'],
	])('status %i', (status, message) => {
		expect(explain(facts({ status })).message).toBe(message);
	});

	test('the system code is a code', () => {
		expect(explain(facts({ kind: 'unreachable', networkCode: 'ENOTFOUND' })).code).toBe(
			'ENOTFOUND',
		);
	});
});
