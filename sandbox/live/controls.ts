import type { Delivery, Sandbox } from '../types';
import { Input } from './input';

/** A control: reads the whole input, then gives what is to be done. */
export type Action = (input: Input) => (sandbox: Sandbox) => object | void | Promise<Delivery[]>;

/** What carries out a control with the JSON object that it was given. */
export type Control = (sandbox: Sandbox, values: unknown) => ReturnType<ReturnType<Action>>;

/**
 * Controls that throw, before anything is done, when the input has a wrong, missing or unknown part.
 */
export function controls(actions: Readonly<Record<string, Action>>): Record<string, Control> {
	return Object.fromEntries(
		Object.entries(actions).map(([name, action]): [string, Control] => [
			name,
			(sandbox, values) => {
				const input = Input.of(values);
				const carryOut = action(input);
				input.end();
				return carryOut(sandbox);
			},
		]),
	);
}
