import { createHash } from 'node:crypto';

import type { Account } from '../../account/account';
import { checkMailingName, checkSubject } from '../../account/mailingRules';
import { domainOf, findTemplate, setTemplate } from '../../account/mailingContent';
import type { Mailing, MailingType } from '../../account/mailings';
import type { Editor } from '../../account/mediaTemplates';
import { deactivate, startSendout } from '../../account/sendout';
import type { Answer } from '../../server/answer';
import { empty, plain, xml } from '../../server/answer';
import { TEXT_TYPE } from '../../server/media';
import { notFound, Refusal } from '../../server/refusal';
import type { Call, Route } from '../../server/routing';
import type { Variants } from '../../variants';
import { textElement } from '../../xml';
import { findDraft, findMailing, requireType, valueAnswer } from './mailing';

const CREATED_TYPES: readonly MailingType[] = ['regular', 'trigger', 'doi'];
const EDITORS: Readonly<Record<string, Editor>> = { 1: 'cms1', v1: 'cms1', 2: 'cms2', v2: 'cms2' };
const MAX_NAME = 64;

/** The life of a mailing: it is made, sent, deleted (documentation: create mailing, …). */
export const lifeRoutes: Route[] = [
	{
		method: 'POST',
		path: '/mailings',
		query: {
			name: { kind: 'text', required: true },
			subject: { kind: 'text', required: true },
			type: { kind: 'text', choices: CREATED_TYPES },
			editorVersion: { kind: 'text', ifEmpty: 'refused', choices: Object.keys(EDITORS) },
		},
		run: create,
	},
	{ method: 'POST', path: '/mailings/:mailingId/copy', run: copy },
	{ method: 'DELETE', path: '/mailings/:mailingId', run: remove },
	{
		method: 'GET',
		path: '/mailings/name/:name',
		run: (call) => {
			for (const { id, name } of call.account.mailings.values()) {
				if (name === call.path.name) return valueAnswer(call, 'id', id);
			}
			throw notFound(`mailing with name ${call.path.name} isn't found`);
		},
	},
	{ method: 'POST', path: '/mailings/:mailingId/sendnow', run: sendNow },
	{
		method: 'GET',
		path: '/mailings/:mailingId/archiveurl',
		run: (call) => urlAnswer(call, 'archive'),
	},
	{
		method: 'GET',
		path: '/mailings/:mailingId/reporturl',
		run: (call) => urlAnswer(call, 'report'),
	},
];

function create(call: Call): Answer {
	const { account, variants, query } = call;
	const [name, subject] = [query.text('name') ?? '', query.text('subject') ?? ''];
	checkMailingName(account, variants, name);
	checkSubject(variants, subject);
	const type = CREATED_TYPES.find((each) => each === query.text('type')) ?? 'regular';
	const editor = EDITORS[query.text('editorVersion') ?? ''] ?? account.mailingDefaults.editor;
	const mailing = account.addMailing({ name, subject, type, editor, creator: authorOf(call) });
	if (type === 'doi') mailing.doiKey = `doi-${mailing.id}`;
	const template = findTemplate(account, mailing.template, editor);
	if (template) setTemplate(mailing, template);
	return xml(201, textElement('id', mailing.id));
}

/** `API-` and 8 hexadecimal digits, the same for all that one key makes. */
function authorOf({ key }: Call): string {
	return `API-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}

function copy(call: Call): Answer {
	const original = findMailing(call);
	const { account, variants } = call;
	const { links, ...settings } = original;
	const made = account.addMailing({
		...settings,
		name: nameOfCopy(account, variants, original.name),
		state: 'draft',
		creator: authorOf(call),
		schedule: null,
		scheduleTime: null,
		due: null,
		inTrash: false,
		checks: new Map(),
		properties: new Map(original.properties),
		attachments: original.attachments.map((each) => ({ ...each, id: account.nextId() })),
	});
	if (original.type === 'doi') made.doiKey = `doi-${made.id}`;
	for (const link of links) {
		const id = account.nextId();
		made.links.push({ ...link, id, tags: [...link.tags] });
		made.html = made.html.replaceAll(`/link/${link.id}"`, `/link/${id}"`);
	}
	return xml(variants.copyStatus, textElement('id', made.id));
}

function nameOfCopy(account: Account, { copyName }: Variants, name: string): string {
	const names = new Set([...account.mailings.values()].map((each) => each.name));
	for (let count = 1; ; count += 1) {
		const words = count === 1 ? 'Copy' : `Copy ${count}`;
		const made = copyName === 'before' ? `${words} of ${name}` : `${name} ${words}`;
		const short = [...made].slice(0, MAX_NAME).join('');
		const found = short === made ? made : `${words} of mailing`;
		if (!names.has(found)) return found;
	}
}

function remove(call: Call): Answer {
	const mailing = findMailing(call);
	if (mailing.type === 'trigger' && mailing.state === 'released') {
		throw new Refusal(409, `Mailing with ID ${mailing.id} is an active trigger.`);
	}
	discard(call, mailing);
	return empty(call.variants.deleteStatus);
}

/** Deletes a mailing, or puts it into the trash, where nothing happens to it by itself any more. */
export function discard({ account, variants }: Call, mailing: Mailing): void {
	if (variants.deletedMailing === 'gone') {
		account.mailings.delete(mailing.id);
		return;
	}
	mailing.inTrash = true;
	mailing.due = null;
	if (mailing.state === 'released') deactivate(mailing);
}

function sendNow(call: Call): Answer {
	const mailing = findDraft(call);
	requireType(call, mailing, 'regular');
	if (mailing.schedule) mailing.schedule.state = 'fired';
	startSendout(mailing, call.account.now().getTime());
	return empty(call.variants.sendNowStatus);
}

function urlAnswer(call: Call, page: 'archive' | 'report'): Answer {
	const mailing = findMailing(call);
	const url = `https://${domainOf(call.account, mailing)}/${page}/${mailing.id}`;
	const { urlAnswer: form } = call.variants;
	return form === 'raw' ? plain(200, TEXT_TYPE, url) : valueAnswer(call, form, url);
}
