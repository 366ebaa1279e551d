/**
 * Reads the parameters of an operation: those without an expression once a run, the others once an
 * item; and checks what an expression may have made of them, in words that name the parameter.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyCollection,
} from 'n8n-workflow';

import { isRecord } from '../maileon/records';
import { translatingErrors } from '../maileon/translate';
import { toBoolean, toDate, toText, quote, ValueRefusal } from '../maileon/values';
import { InputRefusal } from './refusal';
import { located, locatedText } from './locator';
import { givenEntries, givenObject, parsed } from './given';
import { IN_DOUBT, plainReference, type Reference } from './references';

/** Whether anything inside a raw parameter is an expression. */
export function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.values(raw).some(hasExpression);
}

/** A parameter as it was saved, with its expressions. */
interface SavedParameter {
	value: unknown;
	varies: boolean;
	/** Reads the value of an item where its expression is a plain reference. */
	reference?: Reference;
}

/** Where the values come from: a run, or whatever else hands out parameters in the same way. */
export type ParameterSource = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** The parameters of all items of a run. */
export class Parameters {
	private readonly known = new Map<string, SavedParameter>();

	/**
	 * @param items the input: what plain references read of it need not be evaluated by n8n, which takes a
	 * fifth of the time of a create
	 */
	constructor(
		private readonly node: ParameterSource,
		private readonly properties: readonly INodeProperties[],
		private readonly items: ReadonlyArray<{ json: IDataObject }> = [],
	) {}

	/** The parameters as item `index` sees them. */
	ofItem(index: number): ItemParameters {
		return new ItemParameters(this, index, '');
	}

	/** The value of a parameter, or its default where it is hidden or missing. */
	read(name: string, index: number): unknown {
		const { value, varies, reference } = this.saved(name);
		if (!varies) return value;
		const item = reference && this.items[index];
		const found = item ? reference(item.json) : IN_DOUBT;
		return found === IN_DOUBT
			? this.node.getNodeParameter(name, index, this.presetOf(name))
			: found;
	}

	/** Whether all items see the same value: that of a parameter, or of one entry of a collection. */
	isConstant(name: string, entry?: string): boolean {
		const { value, varies } = this.saved(name);
		if (!varies) return true;
		return entry !== undefined && isRecord(value) && !hasExpression(value[entry]);
	}

	private saved(name: string): SavedParameter {
		const known = this.known.get(name);
		if (known) return known;
		const value: unknown = this.node.getNodeParameter(name, 0, this.presetOf(name), {
			rawExpressions: true,
		});
		const varies = hasExpression(value);
		const reference = varies ? referenceOf(value, this.property(name)) : undefined;
		const saved = { value, varies, reference };
		this.known.set(name, saved);
		return saved;
	}

	private presetOf(name: string) {
		return this.property(name)?.default ?? null;
	}

	property(name: string): INodeProperties | undefined {
		return this.properties.find((property) => property.name === name);
	}
}

/** Reads a parameter of one item; undefined where n8n has to evaluate it, or takes no expressions. */
function referenceOf(value: unknown, property?: INodeProperties): Reference | undefined {
	if (property === undefined || property.noDataExpression) return undefined;
	if (property.type === 'string' && typeof value === 'string') return plainReference(value);
	return property.type === 'resourceLocator' && isRecord(value)
		? locatorReference(value)
		: undefined;
}

/** Reads a resource locator of which only the value is an expression, a plain reference. */
function locatorReference({ value, ...rest }: Record<string, unknown>): Reference | undefined {
	if (typeof value !== 'string' || hasExpression(rest)) return undefined;
	const reference = plainReference(value);
	if (!reference) return undefined;
	return (json) => {
		const found = reference(json);
		return found === IN_DOUBT ? IN_DOUBT : { ...rest, value: found };
	};
}

/** The parameters of one item, or the entries of one of its collections. */
export class ItemParameters {
	private values?: Readonly<Record<string, unknown>>;

	constructor(
		private readonly parameters: Parameters,
		readonly index: number,
		private readonly collection: string,
	) {}

	/**
	 * The value as it is.
	 * @throws InputRefusal when the collection that it stands in is no object
	 */
	raw(name: string): unknown {
		if (this.collection === '') return this.parameters.read(name, this.index);
		const values = this.collected();
		return Object.hasOwn(values, name) ? values[name] : undefined;
	}

	private collected(): Readonly<Record<string, unknown>> {
		if (this.values) return this.values;
		const property = this.parameters.property(this.collection);
		const about = { name: this.collection, label: property?.displayName ?? this.collection };
		const given = this.parameters.read(this.collection, this.index);
		this.values = property ? givenObject(given, about) : {};
		return this.values;
	}

	/** Whether there is a value, be it undefined, and not only a place for one. */
	isGiven(name: string): boolean {
		return this.collection === '' || Object.hasOwn(this.collected(), name);
	}

	/** Whether the operation, or its collection, has a parameter of that name. */
	declares(name: string): boolean {
		return this.declaration(name) !== undefined;
	}

	/** Whether the entry was added to its collection, or the parameter has a value. */
	has(name: string): boolean {
		return this.raw(name) !== undefined;
	}

	/** The entries of a collection. */
	within(collection: string): ItemParameters {
		return new ItemParameters(this.parameters, this.index, collection);
	}

	/** Label of a parameter, as the editor shows it. */
	label(name: string): string {
		return this.declaration(name)?.displayName ?? name;
	}

	/** The default that a parameter is declared with; undefined where the operation has no such parameter. */
	declaredDefault(name: string): unknown {
		return this.declaration(name)?.default;
	}

	private declaration(name: string): INodeProperties | undefined {
		if (this.collection === '') return this.parameters.property(name);
		const options = this.parameters.property(this.collection)?.options ?? [];
		const found = options.find((option) => option.name === name && 'displayName' in option);
		return found as INodeProperties | undefined;
	}

	/**
	 * Text; '' where nothing is filled in. Numbers become plain decimal text.
	 * @throws InputRefusal for lists, objects and numbers that are not exact
	 */
	text(name: string): string {
		const value = this.raw(name);
		if (value === undefined || value === null) return '';
		return this.converted(name, () => toText(value));
	}

	/** @throws InputRefusal when it is empty */
	requiredText(name: string): string {
		const text = this.text(name);
		if (text.trim() === '')
			throw new InputRefusal(`${this.label(name)} is empty.`, {
				description: `Fill in "${this.label(name)}" for this item.`,
				field: name,
			});
		return text;
	}

	/** Whether a parameter stands in the node itself: no expression, and no model, can have made it. */
	isTyped(name: string): boolean {
		return this.parameters.isConstant(this.collection === '' ? name : this.collection);
	}

	/**
	 * Text that stands in the node itself.
	 * @throws InputRefusal when it is an expression
	 */
	typedText(name: string): string {
		if (!this.isTyped(name))
			throw new InputRefusal(`${this.label(name)} must be typed in, not made by an expression.`, {
				field: name,
			});
		return this.text(name);
	}

	/**
	 * What a resource locator points to: the mode that was chosen, and the value as text. Plain text
	 * counts as a value too, since an expression can replace the whole locator.
	 * @throws InputRefusal when nothing is chosen
	 */
	locator(name: string): { mode: string; value: string } {
		const { mode } = located(this.raw(name));
		const value = this.locatedText(name);
		if (value.trim() === '')
			throw new InputRefusal(`${this.label(name)} is empty.`, {
				description: `Choose or fill in "${this.label(name)}" for this item.`,
				field: name,
			});
		return { mode, value };
	}

	/**
	 * What a resource locator points to, or plain text in its place; '' where nothing is chosen.
	 * @throws InputRefusal for lists, objects and numbers that are not exact
	 */
	locatedText(name: string): string {
		const { value } = located(this.raw(name));
		return value === undefined || value === null ? '' : this.converted(name, () => toText(value));
	}

	/** Whether nothing is chosen in a resource locator. */
	isEmptyLocator(name: string): boolean {
		return locatedText(this.raw(name)) === '';
	}

	/**
	 * Several texts: a list, its JSON text, or one text with commas between them. Empty ones are left out.
	 * @throws InputRefusal when one is a list or an object
	 */
	texts(name: string): string[] {
		const value = parsed(this.raw(name));
		if (value === undefined || value === null) return [];
		const texts = Array.isArray(value)
			? value.map((entry) => this.converted(name, () => toText(entry)))
			: this.text(name).split(',');
		return texts.map((text) => text.trim()).filter((text) => text !== '');
	}

	/**
	 * Several texts, each once.
	 * @throws InputRefusal when there is none
	 */
	requiredTexts(name: string): string[] {
		const texts = [...new Set(this.texts(name))];
		if (texts.length === 0)
			throw new InputRefusal(`${this.label(name)} is empty.`, {
				description: `Choose or fill in at least one under "${this.label(name)}".`,
				field: name,
			});
		return texts;
	}

	/**
	 * Several of the choices of a menu, each once.
	 * @throws InputRefusal when there is none, or one that is none of the choices
	 */
	requiredChoices<T extends string>(name: string, choices: readonly T[]): T[] {
		return this.requiredTexts(name).map((text) => {
			const found = choices.find((choice) => choice === text);
			if (found !== undefined) return found;
			throw new InputRefusal(`${this.label(name)} holds ${quote(text)}, which is no choice.`, {
				description: `Choose from ${choices.join(', ')}.`,
				field: name,
			});
		});
	}

	/**
	 * The entries of a fixed collection of one group; none where the operation has no such parameter.
	 * @throws InputRefusal when an expression made something else of it, or of an entry
	 */
	entries(name: string): Array<Record<string, unknown>> {
		const groups = this.declaration(name)?.options ?? [];
		const group = groups.find((option): option is INodePropertyCollection => 'values' in option);
		if (!group) return [];
		return givenEntries(this.raw(name), {
			name,
			label: this.label(name),
			group: group.name,
			keys: group.values.map((value) => value.name),
		});
	}

	/**
	 * A date in Maileon's form, with a time where one is given; undefined where nothing is filled in.
	 * @throws InputRefusal when it is no date
	 */
	date(name: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined || value === null || value === '') return undefined;
		return this.converted(name, () => toDate(value));
	}

	/** @throws InputRefusal for everything that is neither true nor false */
	flag(name: string): boolean {
		const value = this.raw(name);
		if (value === undefined || value === null || value === '') return false;
		return this.converted(name, () => toBoolean(value)) === 'true';
	}

	/**
	 * A flag of a collection, or what holds where it was not added.
	 * @throws InputRefusal for everything that is neither true nor false
	 */
	flagOr(name: string, otherwise: boolean): boolean {
		return this.has(name) ? this.flag(name) : otherwise;
	}

	/** @throws InputRefusal when it is not a whole number of the range */
	wholeNumber(name: string, range: { min: number; max: number }): number {
		const value = this.raw(name);
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (
			typeof number !== 'number' ||
			!Number.isInteger(number) ||
			number < range.min ||
			number > range.max
		)
			throw new InputRefusal(
				`${this.label(name)} must be a whole number from ${range.min} to ${range.max}, but is ${quote(value)}.`,
				{ field: name },
			);
		return number;
	}

	/** @throws InputRefusal when it is none of the choices */
	choice<T extends string | number>(name: string, choices: readonly T[]): T {
		const value = this.raw(name);
		const found = choices.find((choice) => String(choice) === String(value).trim());
		if (found === undefined)
			throw new InputRefusal(
				`${this.label(name)} must be one of ${choices.join(', ')}, but is ${quote(value)}.`,
				{ description: this.meanings(name, choices), field: name },
			);
		return found;
	}

	/** What the choices of a menu are called; undefined where no number needs it. */
	private meanings(name: string, choices: readonly unknown[]): string | undefined {
		if (!choices.some((choice) => typeof choice === 'number')) return undefined;
		const options = this.collection === '' ? this.parameters.property(name)?.options : undefined;
		const named = choices.flatMap((choice) => {
			const option = options?.find((one) => 'value' in one && one.value === choice);
			return option ? [`${String(choice)} is ${option.name}`] : [];
		});
		return named.length > 0 ? `${named.join(', ')}.` : undefined;
	}

	/**
	 * A JSON parameter, from text or as an object that an expression made; undefined where it is empty
	 * or was not added.
	 * @throws InputRefusal when it is not JSON, or when its expression gives nothing
	 */
	json(name: string): unknown {
		const value = this.raw(name);
		if (value === null || (value === undefined && this.isGiven(name)))
			throw new InputRefusal(`${this.label(name)}: its expression gives nothing.`, {
				description: 'Give {} or [] where there is nothing to send.',
				field: name,
			});
		if (value === undefined) return undefined;
		if (typeof value !== 'string') return value;
		if (value.trim() === '') return undefined;
		return translatingErrors(
			() => JSON.parse(value) as unknown,
			(error) =>
				new InputRefusal(`${this.label(name)} is not valid JSON.`, {
					description: error instanceof Error ? error.message : undefined,
					field: name,
				}),
		);
	}

	private converted<T>(name: string, convert: () => T): T {
		return translatingErrors(convert, (error) =>
			error instanceof ValueRefusal
				? new InputRefusal(`${this.label(name)}: ${error.message}.`, { field: name })
				: error,
		);
	}
}
