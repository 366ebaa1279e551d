import Ajv from 'ajv';

import { allResources } from '../../nodes/Maileon/actions';
import { schemaOf } from '../../scripts/schemas/schema';
import { outputSchemaOf } from '../support/engine';
import { nodeOf, operationTests, rows } from '../support/operations';
import { prepareAccount } from '../support/preparedAccount';
import { WORKING_CALLS } from '../support/workingCalls';

const { sandbox, run } = operationTests();

const validator = new Ajv({ nullable: true, format: false });
const plain = WORKING_CALLS.filter(({ variant }) => variant === undefined);

const found = async (name: string) => {
	const [resource = '', operation = ''] = name.split('.');
	return (await outputSchemaOf(nodeOf(resource), resource, operation)) as object | undefined;
};

it('n8n finds a schema for each operation, which its editor takes', async () => {
	const names = allResources.flatMap(({ operations }) =>
		operations.map(({ resource, value }) => `${resource}.${value}`),
	);
	const schemas = await Promise.all(names.map(found));
	expect(names.filter((_name, index) => schemas[index] === undefined)).toEqual([]);
	for (const schema of schemas)
		expect(schema).toEqual({ type: 'object', properties: expect.objectContaining({}) });
	const empty = schemas.filter((schema) => JSON.stringify(schema).includes('"properties":{}'));
	expect(empty).toEqual([]);
});

it('n8n finds none for what is no operation', async () => {
	expect(await found('contact.nothing')).toBeUndefined();
});

it.each(plain.map((call) => [call.operation, call] as const))(
	'%s gives what its schema says (npm run schemas writes it)',
	async (name, { parameters, items }) => {
		await prepareAccount(sandbox());
		const result = await run(name, parameters, { items });
		expect(result.error).toBeUndefined();
		const output = rows(result.main);
		expect(output.length).toBeGreaterThan(0);
		const schema = await found(name);
		const isValid = validator.compile(schema ?? false);
		for (const item of output) {
			isValid(item);
			expect(isValid.errors ?? []).toEqual([]);
		}
		expect(schema).toEqual(schemaOf(output));
	},
);
