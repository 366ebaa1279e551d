/**
 * Resource locators, as the editor stores them or as an expression replaces them.
 */

export interface Located {
	/** How the value was chosen; '' where an expression stands for the whole locator. */
	mode: string;
	value: unknown;
}

/** What a resource locator points to. Anything else counts as the value itself. */
export function located(raw: unknown): Located {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
	if (!isLocator) return { mode: '', value: raw };
	return { mode: 'mode' in raw ? String(raw.mode) : '', value: raw.value };
}

/** The value as text; '' where nothing is chosen, or something that is no text. */
export function locatedText(raw: unknown): string {
	const { value } = located(raw);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
