/**
 * Receives the calls that Maileon makes to the webhook.
 * Rests on "Webhooks: outgoing calls": POST, a JSON object or no body at all, an answer within five
 * seconds. What else may arrive is not documented, so anything does.
 */
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isRecord } from '../../maileon/records';
import { SECRET_PARAMETER } from '../../maileon/webhook/webhook';
import { makerOf } from './maker';
import { readMemory } from './memory';
import { isLaterSecret, isSecret } from './secret';

/**
 * Starts the workflow with what a call brings. A call without a secret of the webhook is answered with
 * 403, written to n8n's log, and starts nothing.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = context.getQueryData() as IDataObject;
	const event = String(context.getNodeParameter('event'));
	if (!(await isGenuine(context, event, query[SECRET_PARAMETER]))) {
		logRefusal(context, query[SECRET_PARAMETER]);
		context.getResponseObject().status(403).json({ message: 'This call is not from Maileon.' });
		return { noWebhookResponse: true };
	}
	const request = context.getRequestObject();
	const items = deliveredItems({
		event,
		receivedAt: new Date(),
		query,
		body: bodyOf(context.getBodyData(), request.rawBody, request.headers['content-type']),
	});
	return { workflowData: [items] };
}

/**
 * Whether a call brings the secret of this registration, of the one before or of a later one, for the
 * event that the node stands for now.
 */
async function isGenuine(
	context: IWebhookFunctions,
	event: string,
	secret: unknown,
): Promise<boolean> {
	const memory = readMemory(context.getWorkflowStaticData('node'));
	const { secretHash, formerSecretHash, secretsSince = '0' } = memory;
	if (isSecret(secret, event, secretHash)) return true;
	if (secretHash !== undefined && isSecret(secret, event, formerSecretHash)) return true;
	const maker = await makerOf(context, event).catch(() => undefined);
	return maker !== undefined && isLaterSecret(secret, maker, Number(secretsSince));
}

function logRefusal(context: IWebhookFunctions, secret: unknown): void {
	const reason =
		secret === undefined ? 'brought no secret' : 'brought a secret that is not that of its webhook';
	context.logger.warn(
		`${context.getNode().name}: a call was refused, since it ${reason}. If events are missing, switch the workflow off and on again to register a new webhook.`,
		{ workflowId: context.getWorkflow().id },
	);
}

/**
 * The body as n8n read it. n8n leaves a body aside whose type is missing or unknown to it, so its
 * text is read here.
 */
export function bodyOf(body: unknown, rawBody: unknown, contentType: unknown): unknown {
	if (/^multipart\//i.test(String(contentType ?? '')))
		return isRecord(body) && isRecord(body.data) ? body.data : {};
	const isUnread = !isRecord(body) || Object.keys(body).length === 0;
	const text = isUnread && Buffer.isBuffer(rawBody) ? rawBody.toString('utf8') : body;
	return typeof text === 'string' ? fromText(text) : text;
}

function fromText(text: string): unknown {
	if (!/^\s*([{[]|null\s*$)/.test(text)) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

export interface ReceivedCall {
	event: string;
	receivedAt: Date;
	query: IDataObject;
	body: unknown;
}

/** The items of a call: one, or one for each entry where the body is a list. */
export function deliveredItems(call: ReceivedCall): INodeExecutionData[] {
	const query = { ...call.query };
	delete query[SECRET_PARAMETER];
	const facts = {
		event: call.event,
		received_at: call.receivedAt.toISOString(),
		...(Object.keys(query).length > 0 && { query }),
	};
	const bodies = Array.isArray(call.body) && call.body.length > 0 ? call.body : [call.body];
	return bodies.map((body) => ({ json: { ...facts, ...fieldsOf(body) } }));
}

/** Names of the output that a field of the body never takes the place of. */
const RESERVED = new Set(['event', 'received_at', 'query', 'body']);

/**
 * The fields of a body, to stand beside the facts of the call. Fields that bear the name of such a
 * fact, and a body that is no object, come out under `body`.
 */
function fieldsOf(body: unknown): IDataObject {
	if (body === undefined || body === null || body === '') return {};
	if (!isRecord(body))
		return Array.isArray(body) && body.length === 0 ? {} : ({ body } as IDataObject);
	const entries = Object.entries(body);
	const aside = entries.filter(([name]) => RESERVED.has(name));
	return {
		...Object.fromEntries(entries.filter(([name]) => !RESERVED.has(name))),
		...(aside.length > 0 && { body: Object.fromEntries(aside) }),
	} as IDataObject;
}
