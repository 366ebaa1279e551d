/** The JSON object of a control; every part is read once, and none may be left over. */
export class Input {
	private readonly read = new Set<string>();

	private constructor(private readonly values: Readonly<Record<string, unknown>>) {}

	/**
	 * @throws Error unless the value is an object
	 */
	static of(value: unknown, what = 'the body'): Input {
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			return new Input(value as Record<string, unknown>);
		}
		throw new Error(`${what} must be a JSON object`);
	}

	text(name: string): string | undefined {
		return this.checked(name, 'a string', (value) => typeof value === 'string') as
			| string
			| undefined;
	}

	number(name: string): number | undefined {
		return this.checked(name, 'a number', (value) => Number.isFinite(value)) as number | undefined;
	}

	flag(name: string): boolean | undefined {
		return this.checked(name, 'true or false', (value) => typeof value === 'boolean') as
			| boolean
			| undefined;
	}

	/** A moment, as epoch milliseconds or as text with a date. */
	moment(name: string): number | undefined {
		const value = this.take(name);
		if (value === undefined) return undefined;
		const time = typeof value === 'string' ? Date.parse(value) : value;
		if (typeof time === 'number' && Number.isFinite(time)) return time;
		throw new Error(`${name} must be a moment: epoch milliseconds or an ISO date`);
	}

	choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const value = this.take(name);
		if (value === undefined) return undefined;
		const found = choices.find((choice) => choice === value);
		if (found !== undefined) return found;
		throw new Error(`${name} must be one of ${choices.join(', ')}`);
	}

	list<T>(name: string, read: (item: unknown) => T): T[] | undefined {
		const value = this.take(name);
		if (value === undefined) return undefined;
		if (!Array.isArray(value)) throw new Error(`${name} must be a list`);
		return value.map(read);
	}

	/** A part that is an object of its own. */
	object(name: string): Input | undefined {
		const value = this.take(name);
		return value === undefined ? undefined : Input.of(value, name);
	}

	/** A part as it came. */
	take(name: string): unknown {
		this.read.add(name);
		return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
	}

	/**
	 * @throws Error when something was not read
	 */
	end(): void {
		for (const name of Object.keys(this.values)) {
			if (!this.read.has(name)) throw new Error(`unknown key ${name}`);
		}
	}

	private checked(name: string, what: string, test: (value: unknown) => boolean): unknown {
		const value = this.take(name);
		if (value !== undefined && !test(value)) throw new Error(`${name} must be ${what}`);
		return value;
	}
}

/** The items of a list of texts. */
export function itemText(item: unknown): string {
	if (typeof item === 'string') return item;
	throw new Error('the list must hold strings');
}

/** The items of a list of numbers. */
export function itemNumber(item: unknown): number {
	if (typeof item === 'number') return item;
	throw new Error('the list must hold numbers');
}

/**
 * @throws Error when there is no value
 */
export function needed<T>(value: T | undefined, name: string): T {
	if (value === undefined) throw new Error(`${name} is missing`);
	return value;
}
