import { Readable } from 'node:stream';

import {
	BodyRefusal,
	decodeBody,
	LARGEST_ANSWER,
	readBody,
	type ByteStream,
} from '../../../nodes/Maileon/transport/body';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('the character set of an answer', () => {
	test.each<[string, Buffer, unknown, string]>([
		['UTF-8 without a word about it', Buffer.from('ü€'), undefined, 'ü€'],
		['the header', latin1('ü'), 'application/xml; charset=ISO-8859-1', 'ü'],
		['the header, quoted', latin1('ü'), 'text/xml;charset="iso-8859-1"', 'ü'],
		[
			'the XML declaration',
			latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'),
			'application/xml',
			'<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>',
		],
		[
			'the header before the declaration',
			Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>"),
			'application/xml; charset=utf-8',
			"<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>",
		],
		[
			'the byte-order mark before the header',
			Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('ü')]),
			'text/plain; charset=iso-8859-1',
			'ü',
		],
		[
			'UTF-16 LE',
			Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ü€', 'utf16le')]),
			'',
			'ü€',
		],
		['UTF-16 BE', Buffer.from([0xfe, 0xff, 0x00, 0xfc]), '', 'ü'],
		['an unknown name', Buffer.from('ü'), 'text/plain; charset=klingon', 'ü'],
		['broken UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'text/plain; charset=utf-8', 'a\ufffdb'],
		['nothing', Buffer.alloc(0), undefined, ''],
		['the header, with blanks around =', latin1('ü'), 'application/xml; charset = ISO-8859-1', 'ü'],
		[
			'the XML declaration, with blanks in it',
			latin1("\n <?xml version='1.0' encoding = 'ISO-8859-1' ?><a>ü</a>"),
			undefined,
			"\n <?xml version='1.0' encoding = 'ISO-8859-1' ?><a>ü</a>",
		],
		[
			'a declaration that does not stand at the beginning',
			Buffer.from('<a><?xml encoding="ISO-8859-1"?>ü</a>'),
			undefined,
			'<a><?xml encoding="ISO-8859-1"?>ü</a>',
		],
		['half a UTF-8 mark', latin1('ï»x'), 'text/plain; charset=iso-8859-1', 'ï»x'],
		['a third of a UTF-8 mark', latin1('ïx¿'), 'text/plain; charset=iso-8859-1', 'ïx¿'],
		['the end of a UTF-8 mark', latin1('x»¿'), 'text/plain; charset=iso-8859-1', 'x»¿'],
		['half a UTF-16 LE mark', latin1('ÿxyz'), 'text/plain; charset=iso-8859-1', 'ÿxyz'],
		['the end of a UTF-16 LE mark', latin1('xþyz'), 'text/plain; charset=iso-8859-1', 'xþyz'],
		['half a UTF-16 BE mark', latin1('þxyz'), 'text/plain; charset=iso-8859-1', 'þxyz'],
		['the end of a UTF-16 BE mark', latin1('xÿyz'), 'text/plain; charset=iso-8859-1', 'xÿyz'],
	])('%s', (_what, bytes, contentType, text) => {
		expect(decodeBody(bytes, contentType)).toBe(text);
	});
});

/** A stream of the given chunks, which notes that it was destroyed. */
function streamOf(chunks: () => AsyncGenerator<Uint8Array>): ByteStream & { destroyed: boolean } {
	const state = { destroyed: false };
	return {
		[Symbol.asyncIterator]: chunks,
		destroy: () => {
			state.destroyed = true;
		},
		get destroyed() {
			return state.destroyed;
		},
	};
}

const trouble = async (promise: Promise<unknown>) => {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	return error instanceof BodyRefusal ? error.trouble : error;
};

describe('reading a body', () => {
	test('joins the chunks and lets the stream go', async () => {
		const stream = streamOf(async function* () {
			yield Buffer.from('a');
			yield Buffer.from('b');
		});
		expect((await readBody(stream, { timeout: 1_000 })).toString()).toBe('ab');
		expect(stream.destroyed).toBe(true);
	});

	test('a stream that breaks', async () => {
		const stream = streamOf(async function* () {
			yield Buffer.from('a');
			throw new Error('ECONNRESET');
		});
		expect(await trouble(readBody(stream, { timeout: 1_000 }))).toBe('broken');
	});

	test('a stream without end is cut off', async () => {
		const chunk = Buffer.alloc(16 * 1024 * 1024);
		let handedOut = 0;
		const stream = streamOf(async function* () {
			for (;;) {
				handedOut += chunk.length;
				yield chunk;
			}
		});
		expect(await trouble(readBody(stream, { timeout: 10_000 }))).toBe('too large');
		expect(handedOut).toBeLessThanOrEqual(LARGEST_ANSWER + chunk.length);
		expect(stream.destroyed).toBe(true);
	});

	/** A stream that stays silent until it is destroyed, and then breaks, or ends as if it were whole. */
	function silent({ breaks = true } = {}): ByteStream {
		let wake = (): void => undefined;
		const destroyed = new Promise<void>((resolve) => {
			wake = resolve;
		});
		return {
			async *[Symbol.asyncIterator]() {
				yield Buffer.from('a');
				await destroyed;
				if (breaks) throw new Error('destroyed');
			},
			destroy: () => wake(),
		};
	}

	test('a stream that falls silent', async () => {
		expect(await trouble(readBody(silent(), { timeout: 1 }))).toBe('timeout');
		expect(await trouble(readBody(silent(), { timeout: -5 }))).toBe('timeout');
	});

	test('a stream that is cancelled', async () => {
		const controller = new AbortController();
		const reading = readBody(silent(), { timeout: 60_000, cancel: controller.signal });
		controller.abort();
		expect(await trouble(reading)).toBe('cancelled');
	});

	/** As axios 1.18 in n8n 2.x hands out an answer: a generator that does not notice the end while it waits. */
	function deaf(): ByteStream {
		const forever = new Promise<never>(() => undefined);
		return Readable.from(
			(async function* () {
				yield Buffer.from('a');
				await forever;
			})(),
		);
	}

	test('a silent stream that goes on when it is destroyed', async () => {
		expect(await trouble(readBody(deaf(), { timeout: 1 }))).toBe('timeout');
		const controller = new AbortController();
		const limits = { timeout: 60_000, cancel: controller.signal };
		const reading = readBody(deaf(), limits);
		controller.abort();
		expect(await trouble(reading)).toBe('cancelled');
		expect(await trouble(readBody(deaf(), limits))).toBe('cancelled');
	});

	test('half a body is never taken for all of it', async () => {
		expect(await trouble(readBody(silent({ breaks: false }), { timeout: 1 }))).toBe('timeout');
		const controller = new AbortController();
		const limits = { timeout: 60_000, cancel: controller.signal };
		const reading = readBody(silent({ breaks: false }), limits);
		controller.abort();
		expect(await trouble(reading)).toBe('cancelled');
	});

	test('the largest body is read, and one byte more is not', async () => {
		const stream = (size: number) =>
			streamOf(async function* () {
				yield Buffer.alloc(size);
			});
		const limits = (size: number) => ({ timeout: 60_000, announced: String(size) });
		const read = readBody(stream(LARGEST_ANSWER), limits(LARGEST_ANSWER));
		await expect(read).resolves.toHaveLength(LARGEST_ANSWER);
		const more = LARGEST_ANSWER + 1;
		expect(await trouble(readBody(stream(more), { timeout: 60_000 }))).toBe('too large');
	});
});
