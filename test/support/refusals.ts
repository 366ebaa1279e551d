import { InputRefusal } from '../../nodes/Maileon/input/refusal';

/** How an input is refused; fails when it is accepted, or when something else is thrown. */
export function refusalOf(read: () => unknown): InputRefusal {
	try {
		read();
	} catch (error) {
		if (error instanceof InputRefusal) return error;
		throw error;
	}
	throw new Error('was accepted');
}
