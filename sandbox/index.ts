import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Account, Method } from './account/account';
import { defaultAccount } from './account/account';
import type { BlockReason, BounceType } from './account/happenings';
import type { WentOut } from './account/sendout';
import { catchUp } from './account/sendout';
import type { ClockSetting } from './clock';
import { setClock } from './clock';
import { routes } from './endpoints';
import { Life } from './life';
import { serveLive } from './live/control';
import type { InputOf } from './recipients';
import { Recipients } from './recipients';
import { Faults } from './server/faults';
import { Recorder } from './server/recorder';
import { Router } from './server/routing';
import { API_PREFIX, createApiServer } from './server/server';
import type { Delivery, Fault, Sandbox, SandboxOptions } from './types';
import type { Variants } from './variants';
import { defaultVariants } from './variants';
import { WebhookCaller } from './webhookCalls';

export type { Account, Method } from './account/account';
export type { ContactPreference, SandboxContact } from './account/contact';
export type {
	Delivery,
	Fault,
	RecordedRequest,
	RecordingOptions,
	Sandbox,
	SandboxOptions,
} from './types';
export type { SentMail } from './account/sentMail';
export type { Leniency } from './server/leniency';
export type { Variants } from './variants';

const DEFAULT_KEY = 'sandbox-api-key';

/** Starts a Maileon on 127.0.0.1 that lives in memory until it is closed. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const sandbox = new RunningSandbox(options);
	await sandbox.listen(options.port ?? 0);
	return sandbox;
}

class RunningSandbox implements Sandbox {
	readonly apiKey: string;
	readonly account: Account;
	readonly variants: Variants;
	readonly recipients: Recipients;
	port = 0;
	private readonly router = new Router(routes);
	private readonly faults = new Faults();
	private readonly recorder: Recorder;
	private readonly webhooks: WebhookCaller;
	private readonly life: Life;
	private readonly server = createApiServer({
		record: (request, body) => this.recorder.add(request, body),
		takeFault: (method, path) => this.faults.take(method, path),
		run: (call) => {
			this.catchUp();
			return this.router.run(call, {
				account: this.account,
				variants: this.variants,
				unsubscribe: (contact, method, details) =>
					this.life.unsubscribeLater(contact, method, details),
			});
		},
		answerCharset: () => this.variants.answerCharset,
		answered: (record) => {
			if (this.options.quiet === false) {
				console.log(`${record.status || 'broken'} ${record.method} ${record.rawUrl}`);
			}
		},
		other: async (request: IncomingMessage, response: ServerResponse, body: Buffer) =>
			await serveLive(this, request, response, body),
	});

	constructor(private readonly options: SandboxOptions) {
		this.apiKey = options.apiKey ?? DEFAULT_KEY;
		this.account = defaultAccount(this.apiKey);
		this.variants = { ...defaultVariants(), ...options.variants };
		this.recorder = new Recorder(options.recording);
		this.webhooks = new WebhookCaller(this.account, this.variants);
		this.recipients = new Recipients(this.account, this.variants);
		this.life = new Life(this.account, this.variants, this.webhooks, this.recipients);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get baseUrl(): string {
		return `${this.url}${API_PREFIX}`;
	}

	get requests() {
		return this.recorder.requests;
	}

	get mails() {
		return this.account.mails;
	}

	get deliveries() {
		return this.webhooks.deliveries;
	}

	/** @throws Error when the port is taken */
	async listen(port: number): Promise<void> {
		this.server.listen(port, '127.0.0.1');
		await once(this.server, 'listening');
		this.port = (this.server.address() as AddressInfo).port;
	}

	contacts() {
		return [...this.account.contacts.all()];
	}

	fail(fault: Fault): void {
		this.faults.add(fault);
	}

	clearFaults(): void {
		this.faults.clear();
	}

	addKey(key: string, rights: Method[]): void {
		this.account.keys.set(key, new Set(rights));
	}

	setClock(setting: ClockSetting): Date {
		const now = setClock(this.account, setting);
		this.catchUp();
		return now;
	}

	passTime(milliseconds: number): WentOut[] {
		setClock(this.account, { advance: milliseconds, running: this.account.isClockRunning });
		return this.catchUp();
	}

	catchUp(): WentOut[] {
		return catchUp(this.account, this.variants);
	}

	async confirmDoi(email: string, details?: InputOf['subscribers']): Promise<Delivery[]> {
		return await this.life.confirmDoi(email, details);
	}

	async bounce(
		email: string,
		type: BounceType = 'permanent',
		details?: InputOf['bounces'],
	): Promise<Delivery[]> {
		return await this.life.bounce(email, type, details);
	}

	block(email: string, reason: BlockReason = 'blacklist', at?: number): void {
		this.life.block(email, reason, at);
	}

	unblock(email: string, at?: number): void {
		this.life.unblock(email, at);
	}

	async unsubscribe(email: string, details?: InputOf['unsubscriptions']): Promise<Delivery[]> {
		return await this.life.unsubscribe(email, details);
	}

	async changeField(email: string, field: string, value: string): Promise<Delivery[]> {
		return await this.life.changeField(email, field, value);
	}

	async filterOut(email: string, details?: InputOf['filteredContacts']): Promise<Delivery[]> {
		return await this.life.filterOut(email, details);
	}

	async settleUnsubscriptions(): Promise<void> {
		await this.life.settleUnsubscriptions();
	}

	async settled(): Promise<void> {
		await this.webhooks.settled();
	}

	reset(): void {
		const mails = this.account.mails;
		mails.length = 0;
		Object.assign(this.account, defaultAccount(this.apiKey), { mails });
		Object.assign(this.variants, defaultVariants(), this.options.variants);
		this.faults.clear();
		this.recorder.clear();
		this.life.clear();
		this.webhooks.deliveries.length = 0;
	}

	async close(): Promise<void> {
		const closed = once(this.server, 'close');
		this.server.close();
		this.server.closeAllConnections();
		await closed;
	}
}
