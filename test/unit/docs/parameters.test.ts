import type { INodeProperties } from 'n8n-workflow';

import { unformatted } from '../../../scripts/docs/markdown';
import { withSections } from '../../../scripts/docs/pages';
import { parametersTable } from '../../../scripts/docs/parameters';

const color: INodeProperties = {
	displayName: 'Color',
	name: 'color',
	type: 'options',
	options: [
		{ name: 'Red', value: 'red', description: 'Like fire' },
		{ name: 'Blue', value: 'blue' },
	],
	default: 'blue',
	description: 'Which color to paint in',
};

const rowsOf = (...properties: INodeProperties[]) =>
	unformatted(parametersTable(properties)).split('\n').slice(2);

describe('the table of parameters', () => {
	it('has the default by its name, and what each choice means', () => {
		expect(rowsOf(color)).toEqual([
			'|**Color**|Blue|Which color to paint in. <br>_Red_: Like fire. <br>_Blue_|',
		]);
	});

	it('says when a parameter shows, and whether it is required', () => {
		const shade: INodeProperties = {
			displayName: 'Shade',
			name: 'shade',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { operation: ['paint'], color: ['red', 'blue'] } },
		};
		expect(rowsOf(color, shade)[1]).toBe(
			'|**Shade**|required|Shown when **Color** is _Red_ or _Blue_.|',
		);
	});

	it('names collections, and the options that all operations share, once', () => {
		const number = { type: 'number' as const, description: 'How often' };
		const options: INodeProperties = {
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [
				{ displayName: 'Layers', name: 'layers', default: 2, ...number },
				{ displayName: 'Retries', name: 'retries', default: 3, ...number },
			],
		};
		expect(rowsOf(options)).toEqual([
			'|Options › **Layers**|2|How often.|',
			'|Options › **Retries**|3|See [options of requests](scale.md#options-of-requests).|',
		]);
	});

	it('puts the variants of a parameter into one row', () => {
		const place = (of: string, value: string): INodeProperties => ({
			displayName: 'Place',
			name: 'place',
			type: 'string',
			default: value,
			displayOptions: { show: { color: [of] } },
		});
		expect(rowsOf(color, place('red', 'wall'), place('blue', 'roof'))[1]).toBe(
			'|**Place**|depends|Default: wall when **Color** is _Red_; roof when **Color** is _Blue_.|',
		);
	});
});

it('adds a part that a page does not have yet, and keeps what people wrote', () => {
	const page = '# Page\n\n## Old\n\n<!-- a -->\n\nx\n\n<!-- /a -->\n\nBy hand.\n';
	const section = (name: string, heading: string) => ({ page: '', name, heading, content: name });
	const renewed = withSections(page, [section('a', 'Old'), section('b', 'New')]);
	expect(unformatted(renewed)).toBe(
		'# Page\n\n## Old\n\n<!-- a -->\n\na\n\n<!-- /a -->\n\nBy hand.\n\n## New\n\n<!-- b -->\n\nb\n\n<!-- /b -->',
	);
});
