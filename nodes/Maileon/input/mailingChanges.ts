/**
 * What an item asks to set of a mailing: read from the collections of the node, and checked against the
 * limits of Maileon before anything is sent.
 */
import type { MailingValue } from '../maileon/endpoints/mailingValues';
import type { Html, MailingChanges } from '../maileon/mailing/elements';
import {
	localeRefusal,
	mailingNameRefusal,
	NO_CONTACT_LIMIT,
	previewTextRefusal,
	propertyRefusal,
	senderRefusal,
	subjectRefusal,
} from '../maileon/mailing/limits';
import type { PropertyChange } from '../maileon/mailing/properties';
import { tagsText } from '../maileon/mailing/values';
import { translatingErrors } from '../maileon/translate';
import { toBoolean, toText, ValueRefusal } from '../maileon/values';
import { located } from './locator';
import type { ItemParameters } from './parameters';
import { InputRefusal } from './refusal';

export const SPEED_LEVELS = ['low', 'medium', 'high', 'supersonic'] as const;
export const TRACKING_STRATEGIES = [
	'none',
	'anonymous',
	'single-recipient',
	'highest-permission',
] as const;
export const BLACKLIST_CHANGES = ['add', 'remove'] as const;

/** Names of what stands in the open. */
const SUBJECT = 'subject';
const HTML = 'html';
const TARGET_GROUP = 'targetGroup';

/** Names of the collections of the node. */
export const CONTENT = 'content';
export const SENDER = 'sender';
export const AUDIENCE = 'audience';
export const SETTINGS = 'settings';
export const CUSTOM_PROPERTIES = 'customProperties';

/** Says why a text cannot be sent, in words that can follow the name of its parameter. */
type Check = (text: string) => string | undefined;

/**
 * What an item asks to set of a mailing that has a subject already, or gets it as it is made. Only what was
 * filled in or added is set, as far as the operation offers it.
 * @throws InputRefusal for what Maileon would refuse, and for an expression that gives nothing
 */
export function readMailingChanges(parameters: ItemParameters): MailingChanges {
	const content = parameters.within(CONTENT);
	const sender = parameters.within(SENDER);
	const audience = parameters.within(AUDIENCE);
	const settings = parameters.within(SETTINGS);
	if (isAdded(content, 'template') && isAdded(content, 'cms2Template'))
		throw new InputRefusal('A mailing has one template: of CMS1 or of CMS2.', {
			description: 'Take one of the two out.',
			field: 'template',
		});
	return {
		values: present({
			template: locatedText(content, 'template'),
			previewText: checkedText(content, 'previewText', previewTextRefusal),
			sender: checkedText(sender, 'senderAddress', senderRefusal),
			senderAlias: checkedText(sender, 'senderAlias'),
			recipientAlias: checkedText(sender, 'recipientAlias'),
			targetGroupId: readTargetGroup(parameters),
			targetGroupUpdate: readFlag(audience, 'updateTargetGroup'),
			contactsLimit: readContactLimit(audience),
			name: checkedText(settings, 'name', mailingNameRefusal),
			locale: checkedText(settings, 'locale', localeRefusal),
			tags: readTags(settings),
			speedLevel: readChoice(settings, 'speedLevel', SPEED_LEVELS),
			trackingStrategy: readChoice(settings, 'trackingStrategy', TRACKING_STRATEGIES),
			ignorePermission: readFlag(settings, 'ignorePermission'),
			postSendoutCleanup: readFlag(settings, 'cleanUp'),
			doiKey: locatedText(settings, 'doiKey'),
		}),
		cms2Template: locatedText(content, 'cms2Template'),
		html: readHtml(parameters),
		text: isAdded(content, 'text') ? asTyped(content, 'text') : undefined,
		replyTo: checkedText(sender, 'replyTo', addressRefusal)?.trim(),
		...readBlacklists(audience),
		properties: readProperties(parameters),
		disableChecks: readFlag(settings, 'disableChecks') === 'true',
	};
}

/**
 * What an item asks to change of a mailing that exists: its subject as well.
 * @throws InputRefusal for what Maileon would refuse, and for an expression that gives nothing
 */
export function readChangesOfExisting(parameters: ItemParameters): MailingChanges {
	const changes = readMailingChanges(parameters);
	if (!isFilledIn(parameters, SUBJECT)) return changes;
	const subject = readChecked(parameters, SUBJECT, subjectRefusal);
	return { ...changes, values: { ...changes.values, subject } };
}

/** Whether nothing is to be set. */
export function isWithoutChanges(changes: MailingChanges): boolean {
	const { values, addedBlacklists, removedBlacklists, properties, disableChecks, ...others } =
		changes;
	const lists = [Object.values(values), addedBlacklists, removedBlacklists, properties];
	return (
		lists.every((list) => list.length === 0) &&
		!disableChecks &&
		Object.values(others).every((other) => other === undefined)
	);
}

/**
 * The text of a parameter that Maileon has to take.
 * @throws InputRefusal when it does not
 */
export function readChecked(parameters: ItemParameters, name: string, check: Check): string {
	const text = parameters.text(name);
	const reason = check(text);
	if (reason === undefined) return text;
	throw new InputRefusal(`${parameters.label(name)} ${reason}.`, { field: name });
}

/**
 * Whether a parameter in the open was filled in.
 * @throws InputRefusal when its expression gives nothing, not even an empty text: what an older mailing says
 * must not go out in the place of what is missing
 */
function isFilledIn(parameters: ItemParameters, name: string): boolean {
	const { value } = located(parameters.raw(name));
	if (value !== undefined && value !== null) return value !== '';
	if (parameters.isTyped(name)) return false;
	throw new InputRefusal(`${parameters.label(name)}: its expression gives nothing.`, {
		description: 'Give a value, or an empty text where it is not to be set.',
		field: name,
	});
}

/**
 * Whether an entry was added to its collection.
 * @throws InputRefusal when it was, but its expression gives nothing, which must not clear anything
 */
function isAdded(collection: ItemParameters, name: string): boolean {
	if (!collection.declares(name) || !collection.isGiven(name)) return false;
	const value = collection.raw(name);
	if (value !== undefined && value !== null) return true;
	throw new InputRefusal(`${collection.label(name)}: its expression gives nothing.`, {
		description: 'Give an empty text to clear what can be empty, or take the entry out.',
		field: name,
	});
}

function checkedText(
	collection: ItemParameters,
	name: string,
	check: Check = () => undefined,
): string | undefined {
	return isAdded(collection, name) ? readChecked(collection, name, check) : undefined;
}

/** Text as it is, with all of its characters. */
function asTyped(collection: ItemParameters, name: string): string {
	const value = collection.raw(name);
	return typeof value === 'string' ? value : collection.text(name);
}

function locatedText(collection: ItemParameters, name: string): string | undefined {
	return isAdded(collection, name) ? collection.locator(name).value.trim() : undefined;
}

/** @throws InputRefusal when it is neither true nor false */
function readFlag(collection: ItemParameters, name: string): string | undefined {
	return isAdded(collection, name) ? String(collection.flag(name)) : undefined;
}

function readChoice(
	collection: ItemParameters,
	name: string,
	choices: readonly string[],
): string | undefined {
	return isAdded(collection, name) ? collection.choice(name, choices) : undefined;
}

function readTargetGroup(parameters: ItemParameters): string | undefined {
	if (!isFilledIn(parameters, TARGET_GROUP)) return undefined;
	const id = parameters.locator(TARGET_GROUP).value.trim();
	if (isId(id)) return id;
	throw idRefusal(parameters.label(TARGET_GROUP), id, TARGET_GROUP);
}

function readContactLimit(audience: ItemParameters): string | undefined {
	const range = { min: 1, max: NO_CONTACT_LIMIT };
	return isAdded(audience, 'contactLimit')
		? String(audience.wholeNumber('contactLimit', range))
		: undefined;
}

/** Tags have commas between them, or `#` as Maileon writes them. */
function readTags(settings: ItemParameters): string | undefined {
	if (!isAdded(settings, 'tags')) return undefined;
	const tags = settings.texts('tags').flatMap((text) => text.split('#'));
	return tagsText(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''));
}

/** @throws InputRefusal when the switches of HTML were added without it */
function readHtml(parameters: ItemParameters): Html | undefined {
	const content = parameters.within(CONTENT);
	const switches = ['grabImages', 'trackLinks'];
	const [grabImages = true, trackLinks = true] = switches.map((name) => {
		const flag = readFlag(content, name);
		return flag === undefined ? undefined : flag === 'true';
	});
	if (isFilledIn(parameters, HTML))
		return { html: asTyped(parameters, HTML), grabImages, trackLinks };
	const lonely = switches.find((name) => isAdded(content, name));
	if (lonely === undefined) return undefined;
	throw new InputRefusal(`${content.label(lonely)} counts only when HTML is set.`, {
		description: 'Fill in HTML, or take the switch out.',
		field: lonely,
	});
}

function addressRefusal(address: string): string | undefined {
	const trimmed = address.trim();
	return trimmed === '' || /^[^\s@]+@[^\s@]+$/.test(trimmed)
		? undefined
		: `must be an email address, but is "${trimmed}"`;
}

const BLACKLISTS = 'blacklists';

function readBlacklists(
	audience: ItemParameters,
): Pick<MailingChanges, 'addedBlacklists' | 'removedBlacklists'> {
	const lists = { add: new Set<string>(), remove: new Set<string>() };
	if (isAdded(audience, BLACKLISTS))
		for (const { change = 'add', blacklist } of audience.entries(BLACKLISTS)) {
			const known = BLACKLIST_CHANGES.find((one) => one === change);
			if (!known)
				throw new InputRefusal(
					`${audience.label(BLACKLISTS)}: the change must be one of ${BLACKLIST_CHANGES.join(', ')}.`,
					{ field: BLACKLISTS },
				);
			lists[known].add(readBlacklistId(blacklist, audience.label(BLACKLISTS)));
		}
	const both = [...lists.add].find((id) => lists.remove.has(id));
	if (both !== undefined)
		throw new InputRefusal(`Mailing blacklist ${both} cannot be both added and removed.`, {
			field: BLACKLISTS,
		});
	return { addedBlacklists: [...lists.add], removedBlacklists: [...lists.remove] };
}

function readBlacklistId(given: unknown, label: string): string {
	const { value } = located(given);
	const id = entryText(value, label, BLACKLISTS).trim();
	if (isId(id)) return id;
	throw idRefusal(label, id, BLACKLISTS);
}

function isId(text: string): boolean {
	return /^\d+$/.test(text);
}

function idRefusal(label: string, id: string, field: string): InputRefusal {
	return new InputRefusal(`${label} must be a number, but is "${id}".`, {
		description: 'Choose from the list, or fill in the ID that Maileon shows.',
		field,
	});
}

function readProperties(parameters: ItemParameters): PropertyChange[] {
	const changes = parameters
		.entries(CUSTOM_PROPERTIES)
		.map((entry, index) => readProperty(entry, `Custom property ${index + 1}`));
	const keys = new Set<string>();
	for (const { key } of changes) {
		if (keys.has(key)) throw propertiesRefusal(`Custom property "${key}" is listed twice.`);
		keys.add(key);
	}
	return changes;
}

function readProperty(
	{ name, value: given, ...others }: Record<string, unknown>,
	where: string,
): PropertyChange {
	const text = (part: unknown) => entryText(part, where, CUSTOM_PROPERTIES);
	const key = text(name).trim();
	const value = text(given);
	if (key === '') throw propertiesRefusal(`${where} has no name.`);
	for (const part of [key, value]) {
		const reason = propertyRefusal(part);
		if (reason) throw propertiesRefusal(`Custom property "${key}" ${reason}.`);
	}
	const isRemoved =
		others.remove !== undefined &&
		converted(where, CUSTOM_PROPERTIES, () => toBoolean(others.remove)) === 'true';
	if (isRemoved && value !== '')
		throw propertiesRefusal(
			`Custom property "${key}" cannot both be removed and have a value.`,
			'Leave Value empty to remove it.',
		);
	if (!isRemoved && value === '')
		throw propertiesRefusal(
			`Custom property "${key}" has no value.`,
			'Fill in a value. In a mailing that has the property, Remove takes it away.',
		);
	return { key, value: isRemoved ? null : value };
}

/** Text in an entry of a fixed collection; '' where there is none. */
function entryText(value: unknown, where: string, field: string): string {
	if (value === undefined || value === null) return '';
	return converted(where, field, () => toText(value));
}

function converted(where: string, field: string, convert: () => string): string {
	return translatingErrors(convert, (error) =>
		error instanceof ValueRefusal
			? new InputRefusal(`${where}: ${error.message}.`, { field })
			: error,
	);
}

function propertiesRefusal(message: string, description?: string): InputRefusal {
	return new InputRefusal(message, { description, field: CUSTOM_PROPERTIES });
}

/** Only the values that there are. */
function present(
	values: Readonly<Partial<Record<MailingValue, string | undefined>>>,
): MailingChanges['values'] {
	return Object.fromEntries(Object.entries(values).filter(([, text]) => text !== undefined));
}
