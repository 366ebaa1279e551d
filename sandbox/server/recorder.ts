import type { RecordedRequest, RecordingOptions } from '../types';

const MEBIBYTE = 1024 * 1024;

/** Remembers requests: all of their metadata, and the bodies of the latest ones. */
export class Recorder {
	readonly requests: RecordedRequest[] = [];
	private readonly withBody: RecordedRequest[] = [];
	private keptBytes = 0;
	private readonly limits: RecordingOptions;

	constructor(limits: Partial<RecordingOptions> = {}) {
		this.limits = { bodies: 2000, bodyBytes: MEBIBYTE, totalBytes: 256 * MEBIBYTE, ...limits };
	}

	/** Adds a request and gives the record, whose status is set when it is answered. */
	add(
		request: Omit<RecordedRequest, 'body' | 'bodyBytes' | 'status' | 'leniencies'>,
		body: Buffer,
	): RecordedRequest {
		const keeps = body.length > 0 && body.length <= this.limits.bodyBytes;
		const record: RecordedRequest = {
			...request,
			body: keeps ? body.toString('utf8') : '',
			bodyBytes: body.length,
			status: 0,
			leniencies: [],
		};
		this.requests.push(record);
		if (keeps) {
			this.withBody.push(record);
			this.keptBytes += body.length;
			this.forgetOldBodies();
		}
		return record;
	}

	clear(): void {
		this.requests.length = 0;
		this.withBody.length = 0;
		this.keptBytes = 0;
	}

	private forgetOldBodies(): void {
		while (this.withBody.length > this.limits.bodies || this.keptBytes > this.limits.totalBytes) {
			const oldest = this.withBody.shift();
			if (!oldest) return;
			this.keptBytes -= oldest.bodyBytes;
			oldest.body = '';
		}
	}
}
