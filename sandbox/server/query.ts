import { isDate } from '../account/fields';
import type { Lenient } from './leniency';
import { badRequest } from './refusal';

/** What a query parameter may hold. */
export type QueryKind = 'text' | 'boolean' | 'permission' | 'integer' | 'long' | 'time';

export interface QueryRule {
	kind: QueryKind;
	/** May be repeated. */
	many?: boolean;
	required?: boolean;
	min?: number;
	max?: number;
	choices?: readonly string[];
	/** What becomes of a text without a value; without this it counts as not sent. */
	ifEmpty?: 'taken' | 'refused';
	/** What the text has to look like, and an example. */
	form?: { pattern: RegExp; example: string };
}

export type QueryRules = Readonly<Record<string, QueryRule>>;

/** The checked query of a request. */
export class Query {
	constructor(private readonly values: ReadonlyMap<string, string[]>) {}

	text(name: string): string | undefined {
		return this.values.get(name)?.[0];
	}

	all(name: string): string[] {
		return this.values.get(name) ?? [];
	}

	flag(name: string, standard = false): boolean {
		const value = this.text(name);
		return value === undefined ? standard : value === 'true';
	}

	number(name: string): number | undefined {
		const value = this.text(name);
		return value === undefined ? undefined : Number(value);
	}
}

/**
 * Splits a raw query into decoded pairs, in order.
 *
 * @throws Refusal (400) when it is not properly encoded UTF-8
 */
export function parseQuery(raw: string): Array<[string, string]> {
	if (raw === '') return [];
	return raw.split('&').map((pair) => {
		const equals = pair.indexOf('=');
		if (equals < 1) throw badRequest(`query part "${pair}" is no name=value`);
		return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
	});
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part.replace(/\+/g, ' '));
	} catch {
		throw badRequest(`query part "${part}" is not percent-encoded UTF-8`);
	}
}

/**
 * Checks the query against the rules of the endpoint. A text without a value counts as not sent, unless
 * its rule says otherwise.
 *
 * @throws Refusal (400) for unknown, bracketed, repeated, missing or wrong parameters
 */
export function checkQuery(
	pairs: ReadonlyArray<[string, string]>,
	rules: QueryRules,
	lenient: Lenient,
): Query {
	const values = new Map<string, string[]>();
	for (const [name, value] of pairs) {
		const rule = Object.prototype.hasOwnProperty.call(rules, name) ? rules[name] : undefined;
		if (!rule) {
			throw badRequest(
				name.includes('[')
					? `query parameter ${name}: multivalued parameters are repeated, not bracketed`
					: `unknown query parameter ${name}`,
			);
		}
		if (value === '' && rule.kind === 'text' && !rule.many && !rule.ifEmpty) {
			lenient('empty query value');
			continue;
		}
		checkValue(name, value, rule);
		const before = values.get(name);
		if (before && !rule.many) throw badRequest(`query parameter ${name} must not be repeated`);
		if (before) before.push(value);
		else values.set(name, [value]);
	}
	for (const [name, rule] of Object.entries(rules)) {
		if (rule.required && !values.has(name)) {
			throw badRequest(`query parameter ${name} is missing`);
		}
	}
	return new Query(values);
}

function checkValue(name: string, value: string, rule: QueryRule): void {
	if (rule.choices && !rule.choices.includes(value)) {
		throw badRequest(`${name} must be one of ${rule.choices.join(', ')} but was ${value}`);
	}
	if (rule.form && !rule.form.pattern.test(value)) {
		throw badRequest(`${name} must be like ${rule.form.example} but was ${value}`);
	}
	switch (rule.kind) {
		case 'boolean':
			if (value !== 'true' && value !== 'false') {
				throw badRequest(`${name} must be true or false but was "${value}"`);
			}
			return;
		case 'permission':
			if (!/^[1-6]$/.test(value)) throw badRequest(`${name} must be 1 to 6 but was "${value}"`);
			return;
		case 'long':
			if (!/^\d{1,19}$/.test(value) || BigInt(value) > 9223372036854775807n) {
				throw badRequest(`${name} must be a whole number but was "${value}"`);
			}
			return;
		case 'integer':
			checkInteger(name, value, rule);
			return;
		case 'time':
			if (value.length !== 19 || !isDate(value)) {
				throw badRequest(`${name} must be yyyy-MM-dd HH:mm:ss but was "${value}"`);
			}
			return;
		case 'text':
			if (value === '' && rule.ifEmpty !== 'taken') throw badRequest(`${name} must not be empty`);
	}
}

function checkInteger(name: string, value: string, rule: QueryRule): void {
	if (!/^\d{1,15}$/.test(value)) {
		throw badRequest(`${name} must be a whole number but was "${value}"`);
	}
	if (rule.min !== undefined && Number(value) < rule.min) {
		throw badRequest(`${name} must be at least ${rule.min} but was ${value}`);
	}
	if (rule.max !== undefined && Number(value) > rule.max) {
		throw badRequest(`${name} must not exceed ${rule.max} but was ${value}`);
	}
}
