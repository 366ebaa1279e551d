import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { allResources } from '../../nodes/Maileon/actions';
import { hintsOf, loadPackage } from '../support/engine';
import { nodeOf } from '../support/operations';

let nodes: Record<string, INodeType>;
beforeAll(async () => {
	({ nodeTypes: nodes } = await loadPackage());
});

const operations = allResources.flatMap((resource) => resource.operations);

describe('warnings before the first run', () => {
	it('stand in the editor for their operation and no other, until it ran', async () => {
		for (const { resource, value: operation, warning } of operations) {
			const hints = await hintsOf(nodeOf(resource), { resource, operation });
			expect(hints.map(({ message }) => message)).toEqual(warning ? [warning] : []);
			expect(hints.filter(({ whenToDisplay }) => whenToDisplay !== 'beforeExecution')).toEqual([]);
		}
	});

	it('tell of what nobody has to confirm, and of nothing else', () => {
		const warned = operations.filter(({ warning }) => warning !== undefined);
		expect(warned.map(({ resource, value }) => `${resource}.${value}`)).toEqual([
			'contact.unsubscribe',
			'contact.delete',
			'transaction.delete',
			'mailing.activate',
			'mailing.resetContent',
			'mailing.delete',
			'mailingAttachment.delete',
		]);
		const confirmed = warned.filter(({ properties }) =>
			properties.some(({ name }) => name === 'confirmation'),
		);
		expect(confirmed).toEqual([]);
	});
});

describe('hints for an AI that builds workflows', () => {
	interface Hinted {
		name: string;
		builderHint?: { propertyHint?: unknown };
	}
	type Part = INodeProperties | INodePropertyOptions | INodePropertyCollection;

	/** Everything below properties that can have a hint. */
	const below = (parts: readonly Part[]): Part[] =>
		parts.flatMap((part) => [
			part,
			...below('options' in part ? (part.options ?? []) : 'values' in part ? part.values : []),
		]);
	const hinted = () =>
		Object.values(nodes)
			.flatMap(({ description }) => below(description.properties))
			.filter((part): part is Part & Required<Hinted> => 'builderHint' in part);

	it('are there, as sentences', () => {
		const texts = hinted().map(({ builderHint }) => String(builderHint.propertyHint));
		expect(new Set(texts).size).toBeGreaterThan(8);
		expect(texts.filter((text) => !/^[A-Z"].*\.$/.test(text))).toEqual([]);
	});

	it('do not stand on menus that tell operations apart, where n8n 2.x does not load the node', () => {
		const menus = hinted().filter((part) => /^(resource|operation|mode)$/.test(part.name));
		expect(menus).toEqual([]);
	});

	it('write expressions as the language of the builder does', () => {
		const texts = hinted().map(({ builderHint }) => String(builderHint.propertyHint));
		expect(texts.filter((text) => text.includes('={{'))).toEqual([]);
	});

	it('leave what confirms a deletion to a person', () => {
		const confirmations = Object.values(nodes)
			.flatMap(({ description }) => description.properties)
			.filter(({ name }) => name === 'confirmation');
		expect(confirmations.length).toBeGreaterThan(5);
		for (const field of confirmations)
			expect(field).toMatchObject({
				builderHint: { propertyHint: expect.stringContaining('a person has to type it') },
			});
	});
});
