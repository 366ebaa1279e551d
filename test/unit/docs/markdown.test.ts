import {
	anchorsOf,
	blocksOf,
	fromEditor,
	linksOf,
	sectionOf,
	sentence,
	unformatted,
	withSection,
} from '../../../scripts/docs/markdown';

describe('texts of the editor', () => {
	it.each([
		['Blanks, _ and - count', 'Blanks, \\_ and - count'],
		['Needs transaction_id or order.line_no.', 'Needs `transaction_id` or `order.line_no`.'],
		['See <a href="https://a.example/b_c">the page</a>', 'See [the page](https://a.example/b_c)'],
	])('%s', (text, markdown) => {
		expect(fromEditor(text)).toBe(markdown);
	});

	it('end in one full stop', () => {
		expect(['a', 'a.', 'a?', ''].map(sentence)).toEqual(['a.', 'a.', 'a?', '']);
	});
});

describe('parts between markers', () => {
	const page = 'before\n<!-- x -->\nold\n<!-- /x -->\nafter';

	it('are replaced, and nothing else is', () => {
		const renewed = withSection(page, 'x', 'new');
		expect(sectionOf(renewed, 'x')).toBe('new');
		expect(renewed).toMatch(/^before\n<!-- x -->[\s\S]*<!-- \/x -->\nafter$/);
	});

	it('must be there', () => {
		expect(() => withSection(page, 'y', 'new')).toThrow('There are no markers for "y"');
	});
});

it('finds links and headings outside of code', () => {
	const page = [
		'# Get, or not?',
		'## Get',
		'## Get',
		'[a](b.md#c) ![d](e.png) `[no](code.md)`',
		'```',
		'# no heading',
		'[no](block.md)',
		'```',
	].join('\n');
	expect(anchorsOf(page)).toEqual(['get-or-not', 'get', 'get-1']);
	expect(linksOf(page)).toEqual(['b.md#c', 'e.png']);
});

it('compares texts without what the formatter adds', () => {
	expect(unformatted('| a   | b \\_ |\n| --- | ---- |')).toBe(unformatted('|a|b _|\n|-|-|'));
	expect(unformatted('| a |')).not.toBe(unformatted('| b |'));
});

it('finds the code blocks of a language', () => {
	const page = '```sh\nls\n```\n\n```json\n{ "a": 1 }\n```\n\n  ```json\n  []\n  ```\n';
	expect(blocksOf(page, 'json')).toEqual(['{ "a": 1 }\n', '  []\n']);
});
