/**
 * Reads the body of an answer: bounded in size and time, in the character set that it is written in.
 */

import { translatingRejections } from '../maileon/translate';

/** A stream as n8n hands it out. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/** Largest answer that is read, in bytes. A page of 1,000 contacts with many fields stays far below. */
export const LARGEST_ANSWER = 64 * 1024 * 1024;

export type BodyTrouble = 'too large' | 'timeout' | 'broken' | 'cancelled';

export class BodyRefusal extends Error {
	constructor(
		readonly trouble: BodyTrouble,
		readonly cause?: unknown,
	) {
		super(`The answer is ${trouble}`);
		this.name = 'BodyRefusal';
	}
}

/**
 * Reads a stream to its end.
 * @param limits `announced` is the `Content-Length`: what is too large is not even begun
 * @throws BodyRefusal when it is too large, takes too long, breaks off or is cancelled
 */
export async function readBody(
	stream: ByteStream,
	limits: { timeout: number; cancel?: AbortSignal; announced?: unknown },
): Promise<Buffer> {
	const deadline = AbortSignal.timeout(Math.max(1, limits.timeout));
	// A stream that n8n 2.x hands out goes on waiting for bytes although it is destroyed.
	let giveUp = (): void => undefined;
	const givenUp = new Promise<void>((resolve) => {
		giveUp = resolve;
	});
	const stop = () => {
		stream.destroy();
		giveUp();
	};
	deadline.addEventListener('abort', stop);
	limits.cancel?.addEventListener('abort', stop);
	if (limits.cancel?.aborted) stop();
	const trouble = (error?: unknown) => {
		if (error instanceof BodyRefusal) return error;
		if (limits.cancel?.aborted) return new BodyRefusal('cancelled', error);
		return new BodyRefusal(deadline.aborted ? 'timeout' : 'broken', error);
	};
	try {
		if (Number(limits.announced) > LARGEST_ANSWER) throw new BodyRefusal('too large');
		const bytes = await translatingRejections(
			async () => await Promise.race([readAll(stream), givenUp]),
			trouble,
		);
		if (!bytes || limits.cancel?.aborted || deadline.aborted) throw trouble();
		return bytes;
	} finally {
		deadline.removeEventListener('abort', stop);
		limits.cancel?.removeEventListener('abort', stop);
		stop();
	}
}

async function readAll(stream: ByteStream): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > LARGEST_ANSWER) throw new BodyRefusal('too large');
		chunks.push(bytes);
	}
	return Buffer.concat(chunks);
}

/**
 * The text of a body. The character set is that of the byte-order mark, the `Content-Type` header or
 * the XML declaration, in this order, else UTF-8.
 */
export function decodeBody(bytes: Buffer, contentType: unknown): string {
	const charset =
		markedCharset(bytes) ??
		/charset\s*=\s*"?([\w.:-]+)/i.exec(String(contentType ?? ''))?.[1] ??
		/^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 200))?.[1] ??
		'utf-8';
	return decoder(charset).decode(bytes);
}

/** The media type of a body without its parameters; that of any file where none is told. */
export function mediaTypeOf(contentType: unknown): string {
	const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(String(contentType ?? ''))?.[1];
	return type?.toLowerCase() ?? 'application/octet-stream';
}

function markedCharset(bytes: Buffer): string | undefined {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return undefined;
}

function decoder(charset: string): InstanceType<typeof TextDecoder> {
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder('utf-8');
	}
}
