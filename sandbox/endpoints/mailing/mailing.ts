import type { Mailing, MailingType } from '../../account/mailings';
import { isSealed } from '../../account/mailings';
import type { Editor } from '../../account/mediaTemplates';
import type { Answer } from '../../server/answer';
import { empty, xml } from '../../server/answer';
import { MAILEON_XML } from '../../server/media';
import { notFound, Refusal } from '../../server/refusal';
import type { Call } from '../../server/routing';
import { textElement } from '../../xml';

/** What a single value of a mailing can be. */
export type Value = string | number | boolean | null;

/**
 * The mailing that the path names.
 *
 * @throws Refusal (404) when there is none
 */
export function findMailing(call: Call): Mailing {
	return mailingWithId(call, call.path.mailingId ?? '');
}

/** @throws Refusal (404) when there is no mailing with this ID */
export function mailingWithId(call: Call, id: string): Mailing {
	const mailing = /^\d{1,15}$/.test(id) ? call.account.mailings.get(Number(id)) : undefined;
	if (!mailing) throw notFound(`mailing with ID ${id} isn't found`);
	return mailing;
}

/**
 * The mailing that the path names, which is to be changed.
 *
 * @throws Refusal (404) when there is none, or (409) when it is sealed
 */
export function findDraft(call: Call): Mailing {
	const mailing = findMailing(call);
	if (isSealed(mailing, call.variants)) throw sealed(mailing);
	return mailing;
}

/** A sealed mailing cannot be changed. */
export function sealed({ id }: Mailing, status = 409): Refusal {
	return new Refusal(status, `Mailing with ID ${id} cannot be changed as it is sealed.`);
}

/** @throws Refusal when the mailing has another type */
export function requireType(call: Call, { id, type }: Mailing, ...types: MailingType[]): void {
	if (types.includes(type)) return;
	throw new Refusal(
		call.variants.mailingTypeStatus,
		`this needs a mailing of type ${types.join(' or ')} but mailing ${id} is of type ${type}`,
	);
}

/** @throws Refusal when the mailing is made with another editor */
export function requireEditor(call: Call, { id, editor }: Mailing, needed: Editor): void {
	if (editor === needed) return;
	if (editor === 'cms2' && call.variants.cms1CallsOnCms2 === 'accepted') return;
	throw new Refusal(
		call.variants.mailingTypeStatus,
		`this needs a ${needed.toUpperCase()} mailing but mailing ${id} is made with ${editor.toUpperCase()}`,
	);
}

/** An element with a value of a mailing. */
export function valueElement({ variants }: Call, name: string, value: Value): string {
	const isEmpty = value === null && variants.mailingNoValue === 'empty';
	return textElement(name, isEmpty ? '' : value);
}

/** The answer to a question for one value of a mailing. */
export function valueAnswer(call: Call, name: string, value: Value): Answer {
	const element = valueElement(call, name, value);
	if (call.variants.mailingValueStart === 'declaration') return xml(200, element);
	return { status: 200, type: MAILEON_XML, body: `\n${element}` };
}

/** The answer to a call that set something; with the new element where there is one. */
export function setAnswer({ variants }: Call, element?: string): Answer {
	const { mailingSetStatus, mailingSetAnswer } = variants;
	const isEmpty = mailingSetStatus === 204 || mailingSetAnswer === 'empty';
	return isEmpty || element === undefined
		? empty(mailingSetStatus)
		: xml(mailingSetStatus, element);
}
