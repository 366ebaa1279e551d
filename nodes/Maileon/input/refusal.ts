/** Input that cannot be sent. Names the parameter or field, for the person who filled it. */
export class InputRefusal extends Error {
	constructor(
		message: string,
		readonly details: { description?: string; field?: string } = {},
	) {
		super(message);
		this.name = 'InputRefusal';
	}
}
