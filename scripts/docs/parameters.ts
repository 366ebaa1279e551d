/** Tables of parameters, made from the descriptions of the nodes. */
import type { INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';

import { fromEditor, markdownTable, sentence } from './markdown';
import { choicesOf, groupsOf, membersOf } from './nodes';

/** Options that nearly every operation has. They are described once, in docs/scale.md. */
const SHARED_OPTIONS = ['concurrency', 'retries', 'timeout'];
const SHARED_OPTIONS_PAGE = 'scale.md#options-of-requests';

/** Parameters whose choices are described once, by name, with the place. */
const DESCRIBED_ONCE: Readonly<Record<string, string>> = { permission: 'contact.md#permissions' };

const PERMISSION = 'permission';

/** Longer lists of choices are told by their names. */
const MOST_DESCRIBED_CHOICES = 10;

interface Row {
	property: INodeProperties;
	/** Labels of the collections that it stands in. */
	within: readonly string[];
}

/** The notices and the parameters of an operation or a node: what each means, when it shows, its default. */
export function parametersTable(all: readonly INodeProperties[]): string {
	const notices = all
		.filter(({ type }) => type === 'notice')
		.map((notice) => {
			const condition = conditionText(notice, all);
			const text = fromEditor(notice.displayName);
			return condition ? `> When ${condition}: ${text}` : `> ${text}`;
		});
	const rows = all.filter(({ type }) => type !== 'notice' && type !== 'hidden').flatMap(rowsOf);
	const own = rows.filter(({ property }) => !SHARED_OPTIONS.includes(property.name));
	const shared = rows.filter(({ property }) => SHARED_OPTIONS.includes(property.name));
	const cells = variantsOf(own).map((variants) => cellsOf(variants, all));
	if (shared.length > 0) cells.push(sharedCells(shared));
	return [...notices, markdownTable(['Parameter', 'Default', 'Meaning'], cells)].join('\n\n');
}

/** The options that nearly every operation has. */
export function sharedOptionsTable(all: readonly INodeProperties[]): string {
	const members = all.filter(({ type }) => type === 'collection').flatMap(membersOf);
	const cells = SHARED_OPTIONS.flatMap((name) => {
		const found = members.find((member) => member.name === name);
		return found ? [cellsOf([{ property: found, within: [] }], members)] : [];
	});
	return markdownTable(['Option', 'Default', 'Meaning'], cells);
}

/** The permissions that Maileon knows, with the codes that expressions take. */
export function permissionsTable(all: readonly INodeProperties[]): string {
	const menu = all.find(({ name }) => name === PERMISSION);
	const rows = choicesOf(menu)
		.filter(({ value }) => typeof value === 'number')
		.map(({ name, value, description = '' }) => [
			String(value),
			`**${name}**`,
			sentence(description),
		]);
	return markdownTable(['Code', 'Permission', 'Meaning'], rows);
}

function rowsOf(property: INodeProperties): Row[] {
	if (property.type === 'collection') {
		const within = [property.displayName];
		return membersOf(property).map((member) => ({ property: member, within }));
	}
	const parts = groupsOf(property).flatMap(({ values }) => values);
	const within = [property.displayName];
	return [{ property, within: [] }, ...parts.map((part) => ({ property: part, within }))];
}

/** Parameters of the same name stand in one row, where only the conditions and defaults differ. */
function variantsOf(rows: readonly Row[]): Row[][] {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const { displayName, name, type } = row.property;
		const key = [...row.within, displayName, name, type].join('\n');
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()];
}

function cellsOf(variants: readonly Row[], all: readonly INodeProperties[]): string[] {
	const [first] = variants;
	if (!first) return [];
	const { property, within } = first;
	const label = [...within, `**${property.displayName}**`].join(' › ');
	const choices = variants.length === 1 ? choicesText(property) : choiceNames(property);
	const parts = [sentence(property.description ?? ''), sentence(property.hint ?? ''), choices];
	if (variants.length === 1) {
		const condition = conditionText(property, all);
		const meaning = [...parts, condition && `Shown when ${condition}.`];
		return [label, defaultText(property), meaning.filter(Boolean).join(' ')];
	}
	const defaults = variants.map(
		(one) => `${defaultText(one.property)} when ${conditionText(one.property, all)}`,
	);
	const meaning = [...parts, `Default: ${defaults.join('; ')}.`];
	return [label, 'depends', meaning.filter(Boolean).join(' ')];
}

function sharedCells(rows: readonly Row[]): string[] {
	const labels = rows.map(({ property }) => `**${property.displayName}**`);
	const [first] = rows;
	const defaults = rows.map(({ property }) => defaultText(property)).join(', ');
	return [
		[...(first?.within ?? []), labels.join(', ')].join(' › '),
		defaults,
		`See [options of requests](${SHARED_OPTIONS_PAGE}).`,
	];
}

function choicesText(property: INodeProperties): string {
	const page = DESCRIBED_ONCE[property.name];
	if (page) return `See [${property.displayName.toLowerCase()}s](${page}).`;
	const choices = choicesOf(property);
	const described = choices.some(({ description, name, value }) =>
		description ? description !== value && description !== name : false,
	);
	if (!described || choices.length > MOST_DESCRIBED_CHOICES) return choiceNames(property);
	return choices
		.map(({ name, description }) =>
			description ? `<br>_${name}_: ${sentence(description)}` : `<br>_${name}_`,
		)
		.join(' ');
}

function choiceNames(property: INodeProperties): string {
	const names = choicesOf(property).map(({ name }) => `_${name}_`);
	return names.length > 0 ? `Choices: ${names.join(', ')}.` : '';
}

/** The default as a person meets it in the panel. */
function defaultText(property: INodeProperties): string {
	const { default: value, type } = property;
	if (property.required && isBlank(value)) return 'required';
	switch (type) {
		case 'boolean':
			return value === true ? 'on' : 'off';
		case 'resourceMapper':
		case 'fixedCollection':
			return 'none';
		case 'options':
			return nameOf(property, value) ?? 'none';
		case 'multiOptions': {
			const names = (Array.isArray(value) ? value : []).map(
				(one) => nameOf(property, one) ?? (one === '*' ? 'All Fields' : String(one)),
			);
			return names.join(', ') || 'none';
		}
		default:
			return isBlank(value) ? 'empty' : String(value);
	}
}

function nameOf(property: INodeProperties, wanted: unknown): string | undefined {
	return choicesOf(property).find(({ value }) => value === wanted)?.name;
}

function isBlank(value: INodeProperties['default']): boolean {
	if (typeof value === 'object' && value !== null && 'mode' in value)
		return (value as INodeParameterResourceLocator).value === '';
	return value === '' || value === undefined || value === '{}' || value === '[]';
}

/** When a parameter shows, besides its operation; empty when always. */
function conditionText(
	{ displayOptions }: INodeProperties,
	all: readonly INodeProperties[],
): string {
	const shown = Object.entries(displayOptions?.show ?? {}).filter(
		([name]) => !['resource', 'operation'].includes(name) && !name.startsWith('@'),
	);
	return shown.map(([name, values]) => oneCondition(name, values, all)).join(' and ');
}

function oneCondition(
	name: string,
	values: readonly unknown[] | undefined,
	all: readonly INodeProperties[],
): string {
	const property = all.find((one) => one.name === name.replace(/^\//, '').split('.')[0]);
	const label = `**${property?.displayName ?? name}**`;
	const named = (values ?? []).map((value) => valueText(property, value));
	return named.includes(undefined) ? `${label} is set` : `${label} is ${named.join(' or ')}`;
}

function valueText(property: INodeProperties | undefined, value: unknown): string | undefined {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (typeof value === 'object') return undefined;
	const name = property ? nameOf(property, value) : undefined;
	return `_${name ?? String(value)}_`;
}
