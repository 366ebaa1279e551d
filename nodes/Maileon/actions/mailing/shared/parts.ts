import {
	MAILING_ELEMENTS,
	type MailingChanges,
	type Setting,
} from '../../../maileon/mailing/elements';
import type { MailingProperty } from '../../../maileon/mailing/parts';
import {
	missingProperties,
	planProperties,
	propertiesDocument,
	type PropertyChange,
	type SetProperty,
} from '../../../maileon/mailing/properties';
import type { Endpoint } from '../../../maileon/endpoints/endpoint';
import { mailingValues } from '../../../maileon/endpoints/mailingValues';
import { mailingContents, mailingSettings } from '../../../maileon/endpoints/mailings';
import type { MaileonRequest } from '../../../maileon/request';
import { isNotFound } from '../../../run/notFound';
import type { Step } from '../../../run/steps';
import { readWriteAnswer } from '../../../transport/answers';
import { fetchProperties } from '../../../transport/mailingProperties';
import type { Send } from '../../../transport/mailings';
import { ExplainedFailure } from '../../../transport/refusal';

/** What setting parts of a mailing can ask Maileon for. */
export const PART_ENDPOINTS: readonly Endpoint[] = [
	...Object.values(mailingValues).map(({ set }) => set),
	mailingContents.setCms2Template,
	mailingContents.setHtml,
	mailingContents.setText,
	mailingSettings.setReplyTo,
	mailingSettings.addBlacklist,
	mailingSettings.removeBlacklist,
	mailingSettings.getProperties,
	mailingSettings.updateProperty,
	mailingSettings.removeProperty,
	mailingSettings.addProperties,
	mailingSettings.disableQosChecks,
];

/** The mailing that is set, and the way to ask Maileon about it. */
export interface Draft {
	/** As it stands in paths. */
	id: string;
	send: Send;
}

/** A step, before it is known which mailing it is done to. */
export interface Part extends Omit<Step, 'run'> {
	isContent: boolean;
	run(draft: Draft): ReturnType<Step['run']>;
}

/** The steps that set parts of a mailing. */
export function stepsOn(draft: Draft, parts: readonly Part[]): Step[] {
	return parts.map((part) => ({ ...part, run: async () => await part.run(draft) }));
}

/**
 * What has to be done so that changes come true, in the order of the table of elements.
 * @param attachments what adds files; they have their place in the table, too
 */
export function partsOf(changes: MailingChanges, attachments: readonly Part[] = []): Part[] {
	return MAILING_ELEMENTS.flatMap((row) => {
		if ('settings' in row) return row.settings(changes).map(settingPart);
		if (row.kind === 'attachments') return attachments;
		return changes.properties.length > 0 ? [propertiesPart(changes.properties)] : [];
	});
}

/** Sends a change, which has no further steps. */
export async function sendChange(send: Send, request: MaileonRequest): Promise<undefined> {
	readWriteAnswer(await send(request), request);
	return undefined;
}

function settingPart({ name, request, isRemoval = false, ...about }: Setting): Part {
	return {
		...about,
		names: [name],
		run: async ({ id, send }) =>
			await sendChange(send, request(id)).catch((error: unknown) => {
				if (isRemoval && isNotFound(error)) return undefined;
				throw error;
			}),
	};
}

const ABOUT_PROPERTIES = { what: 'custom properties', deed: 'set', isContent: false };

/** Which of the properties have to be added is known only when it is seen which ones there are. */
function propertiesPart(changes: readonly PropertyChange[]): Part {
	return {
		...ABOUT_PROPERTIES,
		names: ['properties'],
		run: async (draft) => {
			const existing = await fetchProperties(draft.send, draft.id);
			return stepsOn(draft, propertyParts(existing, changes));
		},
	};
}

function propertyParts(
	existing: readonly MailingProperty[],
	changes: readonly PropertyChange[],
): Part[] {
	const { updated, removed, added } = planProperties(existing, changes);
	const names = added.map(({ key }) => propertyName(key));
	const after = [
		...existing.filter(({ key }) => !removed.includes(key)).map((one) => changedBy(one, updated)),
		...added,
	];
	return [
		...updated.map(({ key, value }) =>
			propertyPart(key, 'set', (id) =>
				mailingSettings.updateProperty.request({ id }, [
					['name', key],
					['value', value],
				]),
			),
		),
		...removed.map((key) =>
			propertyPart(key, 'removed', (id) =>
				mailingSettings.removeProperty.request({ id }, [['name', key]]),
			),
		),
		...(added.length > 0
			? [{ ...ABOUT_PROPERTIES, names, deed: 'added', run: adding(after) }]
			: []),
	];
}

function propertyName(key: string): string {
	return `property ${key}`;
}

function changedBy(one: MailingProperty, updated: readonly SetProperty[]): MailingProperty {
	return updated.find(({ key }) => key === one.key) ?? one;
}

function propertyPart(
	key: string,
	deed: 'set' | 'removed',
	request: (id: string) => MaileonRequest,
): Part {
	return {
		names: [deed === 'removed' ? `${propertyName(key)} removed` : propertyName(key)],
		what: `custom property "${key}"`,
		deed,
		isContent: false,
		run: async ({ id, send }) => await sendChange(send, request(id)),
	};
}

/**
 * Adds properties by writing all that the mailing is to have, and looks whether it has them then.
 * @throws ExplainedFailure when one got lost
 */
function adding(properties: readonly MailingProperty[]): Part['run'] {
	return async ({ id, send }) => {
		const content = propertiesDocument(properties);
		await sendChange(send, mailingSettings.addProperties.request({ id }, [], content));
		const missing = missingProperties(properties, await fetchProperties(send, id));
		if (missing.length === 0) return undefined;
		throw new ExplainedFailure({
			message: `Maileon took the custom properties, but does not show ${missing.map((key) => `"${key}"`).join(', ')} as sent`,
			description: 'Look at the custom properties of the mailing in Maileon.',
			field: 'customProperties',
		});
	};
}
