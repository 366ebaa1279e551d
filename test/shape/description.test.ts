import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { resources } from '../../nodes/Maileon/actions';
import { loadPackage } from '../support/engine';
import {
	choicesOf,
	closedValues,
	controllersOf,
	entriesOf,
	fieldsOf,
	fieldsOfOperation,
	menuOf,
	settingsOf,
	visibleFields,
	withEntries,
} from '../support/fields';

let nodes: Record<string, INodeType>;
let node: INodeType;
let description: INodeTypeDescription;
let trigger: INodeType | undefined;
let reportTrigger: INodeType | undefined;

beforeAll(async () => {
	const { nodeTypes } = await loadPackage();
	nodes = nodeTypes;
	if (!nodeTypes.maileon) throw new Error('The package holds no node "maileon"');
	node = nodeTypes.maileon;
	description = node.description;
	trigger = nodeTypes.maileonTrigger;
	reportTrigger = nodeTypes.maileonReportTrigger;
});

/** What n8n itself adds to nodes that poll. */
const POLL_TIMES = 'pollTimes';

/** In bytes. */
const LARGEST_DESCRIPTION = 150_000;

/** What breaks a rule, as `where: what`; a test expects none. */
type Findings = string[];

const SMALL_WORDS = /^(a|an|and|as|at|by|for|from|if|in|is|its|of|on|or|per|than|the|to|via|with)$/;
/** Words that are written in capitals in the middle of a sentence too. */
const PROPER_WORDS = /^(ID|IDs|DOI|JSON|CSV|API|Maileon|URL)$/;

function isTitleCase(label: string): boolean {
	const words = label.split(/[\s/-]+/).map((word) => word.replace(/^[("“]+|[)"”,.:]+$/g, ''));
	return words.every(
		(word, index) =>
			word === '' || /^[\p{Lu}\d]/u.test(word) || (index > 0 && SMALL_WORDS.test(word)),
	);
}

function isSentenceCase(text: string): boolean {
	const [first = '', ...others] = text.replaceAll(',', '').split(' ');
	return (
		/^\p{Lu}/u.test(first) &&
		others.every((word) => PROPER_WORDS.test(word) || word === word.toLowerCase())
	);
}

/** One sentence has no final period, several have one. */
function isPunctuated(text: string): boolean {
	const withoutShortForms = text.replace(/\b(e\.g|i\.e|etc)\./g, '$1').replace(/<[^>]*>/g, '');
	const isSeveral = /[.?!] ["“]?\p{Lu}/u.test(withoutShortForms);
	return isSeveral ? /[.?!]$/.test(withoutShortForms) : !/\.$/.test(withoutShortForms);
}

function startsLikeSentence(text: string): boolean {
	return /^["“]?[\p{Lu}\d]/u.test(text);
}

/** All fields of the action node and of the triggers, with those inside collections. */
function allFields(): Array<{ path: string; field: INodeProperties }> {
	const ofAction = menuOf(description).flatMap(({ resource, operation }) =>
		fieldsOfOperation(description, { resource, operation }).flatMap((field) =>
			withEntries(field, `${resource}.${operation}`),
		),
	);
	const ofNode = (type: INodeType | undefined, name: string) =>
		(type?.description.properties ?? [])
			.filter(({ name: field }) => field !== POLL_TIMES)
			.flatMap((field) => withEntries(field, name));
	return [...ofAction, ...ofNode(trigger, 'trigger'), ...ofNode(reportTrigger, 'reportTrigger')];
}

function findings(broken: (field: INodeProperties, path: string) => boolean | string): Findings {
	return allFields().flatMap(({ path, field }) => {
		const finding = broken(field, path);
		if (finding === false) return [];
		return [finding === true ? path : `${path}: ${finding}`];
	});
}

describe('menus', () => {
	it('holds operations for every resource', () => {
		const resources = description.properties.find(({ name }) => name === 'resource');
		const labels = choicesOf(resources ?? ({} as INodeProperties)).map(({ name }) => name);
		expect(labels.slice(0, 2)).toEqual(['Contact', 'Transaction']);
		expect(labels.filter((label) => !isTitleCase(label))).toEqual([]);
		const filled = new Set(menuOf(description).map(({ resourceName }) => resourceName));
		expect([...filled]).toEqual(labels);
	});

	it('begins with what is harmless, and ends with what is not for agents', () => {
		for (const { operations } of resources.filter(({ value }) => value !== 'contact')) {
			const destroying = operations.map(({ value }) => /^(delete|clear)/.test(value));
			expect(destroying).toEqual([...destroying].sort((one, other) => +one - +other));
		}
	});

	it('names operations in title case, without the resource', () => {
		const broken = menuOf(description).filter(
			({ entry, resourceName }) =>
				!isTitleCase(entry.name) ||
				/[.!?]$/.test(entry.name) ||
				entry.name.toLowerCase().split(' ').includes(resourceName.toLowerCase()),
		);
		expect(broken.map(({ entry }) => entry.name)).toEqual([]);
	});

	it('names actions in sentence case, with the resource', () => {
		const broken = menuOf(description).filter(({ entry, resourceName }) => {
			const action = entry.action ?? '';
			const words = resourceName.toLowerCase();
			const plural = words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s`;
			const hasResource = action.toLowerCase().includes(words) || action.includes(plural);
			return !isSentenceCase(action) || !hasResource;
		});
		expect(broken.map(({ entry }) => entry.action)).toEqual([]);
	});

	it('has one action and one value for each operation', () => {
		const actions = menuOf(description).map(({ entry }) => entry.action);
		expect(new Set(actions).size).toBe(actions.length);
		const values = menuOf(description).map((one) => `${one.resource}.${one.operation}`);
		expect(new Set(values).size).toBe(values.length);
		expect(values.filter((value) => !/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/.test(value))).toEqual([]);
	});

	it('describes every operation in sentences', () => {
		const broken = menuOf(description).filter(({ entry }) => {
			const text = entry.description ?? '';
			return text.length < 20 || !startsLikeSentence(text) || !isPunctuated(text);
		});
		expect(broken.map(({ entry }) => `${entry.action}: ${entry.description}`)).toEqual([]);
	});

	it('starts with a choice that the menu holds', () => {
		const menus = description.properties.filter(({ name }) => /^(resource|operation)$/.test(name));
		const broken = menus.filter(
			(menu) => !choicesOf(menu).some(({ value }) => value === menu.default),
		);
		expect(broken.map(({ displayOptions }) => displayOptions)).toEqual([]);
	});
});

describe('reach', () => {
	it('shows every field for its operation in some settings, and for no other operation', () => {
		const shownFor = new Map<INodeProperties, Set<string>>();
		for (const choice of menuOf(description)) {
			const name = `${choice.resource}.${choice.operation}`;
			for (const settings of settingsOf(description, choice))
				for (const field of visibleFields(description, settings))
					shownFor.set(field, (shownFor.get(field) ?? new Set()).add(name));
		}
		const broken = fieldsOf(description).flatMap((field) => {
			const { resource = [], operation = [] } = field.displayOptions?.show ?? {};
			const wanted = resource.flatMap((one) => operation.map((other) => `${one}.${other}`));
			const shown = [...(shownFor.get(field) ?? [])];
			return shown.length > 0 && shown.join() === wanted.join()
				? []
				: [`${field.name}: ${shown.join(', ') || 'never'}`];
		});
		expect(broken).toEqual([]);
	});

	it('gives every operation its fields, in their order', () => {
		const namesOf = (fields: readonly INodeProperties[]) => fields.map(({ name }) => name);
		for (const { value: resource, operations } of resources)
			for (const { value: operation, properties } of operations) {
				const shown = namesOf(fieldsOfOperation(description, { resource, operation }));
				expect(shown).not.toEqual([]);
				expect({ resource, operation, shown }).toEqual({
					resource,
					operation,
					shown: namesOf(properties),
				});
			}
	});

	it('shows no two fields of the same name or label', () => {
		const broken = menuOf(description).flatMap((choice) =>
			settingsOf(description, choice).flatMap((settings) => {
				const shown = visibleFields(description, settings);
				const repeated = (texts: string[]) =>
					texts.filter((text, index) => texts.indexOf(text) !== index);
				return [
					...repeated(shown.map(({ name }) => name)),
					...repeated(shown.map(({ displayName }) => displayName)),
				].map((text) => `${choice.entry.action}: ${text}`);
			}),
		);
		expect(broken).toEqual([]);
	});

	it('depends only on fields of the operation, and on values that they can have', () => {
		const broken = menuOf(description).flatMap((choice) => {
			const fields = fieldsOfOperation(description, choice);
			return fields.flatMap((field) =>
				controllersOf(field).flatMap((name) => {
					const controllers = fields.filter((one) => one.name === name);
					const possible = new Set(controllers.flatMap(closedValues));
					const wanted = [
						...(field.displayOptions?.show?.[name] ?? []),
						...(field.displayOptions?.hide?.[name] ?? []),
					];
					return wanted.every((value) => possible.has(value as string))
						? []
						: [`${choice.entry.action}: ${field.name} depends on ${name}`];
				}),
			);
		});
		expect(broken).toEqual([]);
	});

	it('lists what a collection holds in the order of the labels', () => {
		const broken = findings((field) => {
			if (field.type !== 'collection') return false;
			const labels = entriesOf(field).map(({ displayName }) => displayName);
			const sorted = [...labels].sort((one, other) => one.localeCompare(other, 'en'));
			return labels.join() !== sorted.join() && labels.join(', ');
		});
		expect(broken).toEqual([]);
	});

	it('keeps names inside a collection apart', () => {
		const broken = findings(({ options = [], type }) => {
			if (type !== 'collection') return false;
			const names = options.map(({ name }) => name);
			return new Set(names).size !== names.length;
		});
		expect(broken).toEqual([]);
	});
});

describe('defaults', () => {
	it('are a valid choice', () => {
		const broken = findings((field) => {
			const values = choicesOf(field).map(({ value }) => value);
			const hasMethod = field.typeOptions?.loadOptionsMethod !== undefined;
			if (field.type === 'options')
				return !values.includes(field.default as string) && !(field.required || hasMethod);
			if (field.type === 'multiOptions')
				return !(
					Array.isArray(field.default) &&
					(hasMethod || field.default.every((one) => values.includes(one as string)))
				);
			return false;
		});
		expect(broken).toEqual([]);
	});

	it('have the type of their field', () => {
		const broken = findings(({ type, default: preset, typeOptions, modes = [] }) => {
			switch (type) {
				case 'boolean':
					return typeof preset !== 'boolean';
				case 'number': {
					const { minValue = -Infinity, maxValue = Infinity } = typeOptions ?? {};
					return !(typeof preset === 'number' && preset >= minValue && preset <= maxValue);
				}
				case 'string':
				case 'dateTime':
					return typeof preset !== 'string' && !Array.isArray(preset);
				case 'collection':
				case 'fixedCollection':
					return typeof preset !== 'object';
				case 'json':
					return typeof preset !== 'string' || (preset !== '' && !isJson(preset));
				case 'resourceLocator': {
					const mode = (preset as { mode?: string }).mode;
					return !modes.some(({ name }) => name === mode);
				}
				default:
					return false;
			}
		});
		expect(broken).toEqual([]);
	});
});

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

describe('texts', () => {
	const isText = ({ type }: INodeProperties) => type !== 'notice';

	it('labels fields and choices in title case', () => {
		const broken = [
			...findings((field) => isText(field) && !isTitleCase(field.displayName) && field.displayName),
			...findings((field) => {
				const names = choicesOf(field).map(({ name }) => name);
				const wrong = names.filter((name) => !isTitleCase(name));
				return wrong.length > 0 && wrong.join(', ');
			}),
		];
		expect(broken).toEqual([]);
	});

	it('describes every field, in sentences', () => {
		const broken = findings((field, path) => {
			if (!isText(field)) return false;
			const isGroup = field.type === 'fixedCollection' || field.type === 'collection';
			const text = field.description ?? '';
			if (text === '') return !isGroup && path !== 'trigger.authentication';
			return (!startsLikeSentence(text) || !isPunctuated(text)) && text;
		});
		expect(broken).toEqual([]);
	});

	it('describes choices in sentences, where it does', () => {
		const broken = findings((field) => {
			const texts = choicesOf(field).flatMap(({ description: text }) => text ?? []);
			const wrong = texts.filter((text) => !startsLikeSentence(text) || !isPunctuated(text));
			return wrong.length > 0 && wrong.join(' | ');
		});
		expect(broken).toEqual([]);
	});

	it('asks of booleans whether', () => {
		const broken = findings(
			({ type, description: text = '' }) => type === 'boolean' && !text.startsWith('Whether '),
		);
		expect(broken).toEqual([]);
	});

	it('shows examples in placeholders', () => {
		const broken = findings(({ type, placeholder, modes = [] }) => {
			const isGroup = type === 'collection' || type === 'fixedCollection';
			const texts = [placeholder, ...modes.map((mode) => mode.placeholder)].filter(Boolean);
			const start = isGroup ? 'Add ' : 'e.g. ';
			return texts.some((text) => !text?.startsWith(start)) && texts.join(' | ');
		});
		expect(broken).toEqual([]);
	});

	it('gives no hint on a mapper, where n8n shows none', () => {
		expect(findings(({ type, hint }) => type === 'resourceMapper' && hint !== undefined)).toEqual(
			[],
		);
	});

	it('gives the values of a mapper the heading that the mapper has, which n8n does not show', () => {
		const broken = findings(
			({ type, displayName, typeOptions }) =>
				type === 'resourceMapper' && typeOptions?.resourceMapper?.valuesLabel !== displayName,
		);
		expect(broken).toEqual([]);
	});

	it('tells below each mapper of contact fields what helps a key that may not read', () => {
		const broken = menuOf(description).flatMap((choice) => {
			const shown = fieldsOfOperation(description, choice);
			const mapper = shown.findIndex(({ name }) => name === 'contactFields');
			if (mapper < 0) return [];
			const { type, displayName, displayOptions } = shown[mapper + 1] ?? {};
			const tells = type === 'notice' && displayName?.includes('"Custom Fields (JSON)"');
			const together =
				JSON.stringify(displayOptions) === JSON.stringify(shown[mapper]?.displayOptions);
			return tells && together ? [] : [choice.operation];
		});
		expect(broken).toEqual([]);
	});

	it('does not speak of errors where nothing went wrong', () => {
		const namesOfN8n = /"(On Error|Continue \(using error output\))"|error branch/g;
		const broken = findings(({ displayName, description: text = '' }) =>
			/\b(errors?|problems?|failures?|mistakes?)\b/i.test(
				`${displayName} ${text}`.replace(namesOfN8n, ''),
			),
		);
		expect(broken).toEqual([]);
	});
});

describe('size', () => {
	it('stays small, since n8n sends the descriptions of all nodes to every browser', () => {
		const sizes = Object.entries(nodes).map(([name, type]) => ({
			name,
			bytes: Buffer.byteLength(JSON.stringify(type.description)),
		}));
		expect(sizes.length).toBeGreaterThan(3);
		expect(sizes.filter(({ bytes }) => bytes > LARGEST_DESCRIPTION)).toEqual([]);
	});
});

describe('what the editor asks for', () => {
	it('is there: searches, lists and mappers', () => {
		const all = [node, trigger, reportTrigger].map((type) => type?.methods ?? {});
		const namesOf = (kind: 'listSearch' | 'loadOptions' | 'resourceMapping') =>
			new Set(all.flatMap((methods) => Object.keys(methods[kind] ?? {})));
		const known = {
			listSearch: namesOf('listSearch'),
			loadOptions: namesOf('loadOptions'),
			resourceMapping: namesOf('resourceMapping'),
		};
		const asked = allFields().flatMap(({ path, field }) => {
			const { loadOptionsMethod, resourceMapper } = field.typeOptions ?? {};
			const searches = (field.modes ?? []).flatMap(
				({ typeOptions }) => typeOptions?.searchListMethod ?? [],
			);
			return [
				...searches.map((name) => ({ path, kind: 'listSearch', name }) as const),
				...(loadOptionsMethod
					? [{ path, kind: 'loadOptions', name: loadOptionsMethod } as const]
					: []),
				...(resourceMapper
					? [
							{
								path,
								kind: 'resourceMapping',
								name: String(resourceMapper.resourceMapperMethod),
							} as const,
						]
					: []),
			];
		});
		expect(asked.filter(({ kind, name }) => !known[kind].has(name))).toEqual([]);
		const used = new Set(asked.map(({ name }) => name));
		const unused = Object.values(known).flatMap((names) =>
			[...names].filter((name) => !used.has(name)),
		);
		expect(unused).toEqual([]);
	});

	it('can be typed in too: every resource locator has a mode besides the list', () => {
		const broken = findings(
			({ type, modes = [] }) =>
				type === 'resourceLocator' && !modes.some((mode) => mode.type === 'string'),
		);
		expect(broken).toEqual([]);
	});
});
