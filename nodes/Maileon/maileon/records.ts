/** Whether a value is an object of names and values, such as JSON has them: no list, and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
