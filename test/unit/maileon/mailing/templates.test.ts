import { readAnswer } from '../../../../nodes/Maileon/maileon/answer';
import {
	readTemplatePath,
	readTemplates,
} from '../../../../nodes/Maileon/maileon/mailing/templates';

const read = (value: unknown) => readTemplates(readAnswer(JSON.stringify(value)));

describe('the templates of a list', () => {
	test.each([
		['paths', ['folder/News'], 'folder/News', 'folder/News'],
		['names', [{ name: 'folder/News' }], 'folder/News', 'folder/News'],
		['objects', [{ id: '7', name: 'News', path: 'folder/News', size: 1 }], 'folder/News', 'News'],
		['template paths', [{ templatePath: 'folder/News' }], 'folder/News', 'folder/News'],
		['underscores', [{ template_path: '/x/News', name: 'News' }], '/x/News', 'News'],
		['IDs alone', [{ id: 7 }], '7', '7'],
		['a list in an object', { templates: ['News'], total: 1 }, 'News', 'News'],
		['a path like its name', [{ name: 'folder/', path: 'folder/' }], 'folder/', 'folder/'],
		['a path with an early slash', [{ name: 'News', path: '/a/b/' }], '/a/b/News', 'News'],
		['folders', [{ name: 'News', path: 'folder/' }], 'folder/News', 'News'],
	])('as %s', (_what, value, path, name) => {
		expect(read(value)).toEqual([{ path, name }]);
	});

	test('a path that several have is that of their folder', () => {
		const templates = ['News', 'Offer'].map((name) => ({ name, path: 'folder' }));
		expect(read(templates)?.map(({ path }) => path)).toEqual(['folder/News', 'folder/Offer']);
	});

	test.each([
		['an empty list', [], []],
		['null', null, []],
		['entries that name nothing', [{}, '', 7, { size: 1 }], []],
		['no list', { message: 'x' }, undefined],
		['several lists', { a: [], b: [] }, undefined],
	])('%s', (_what, value, expected) => expect(read(value)).toEqual(expected));

	test('no body is an empty list, a web page is none', () => {
		expect(readTemplates(readAnswer(''))).toEqual([]);
		expect(readTemplates(readAnswer('<html></html>'))).toBeUndefined();
	});
});

test.each([
	['<template_path> a/b </template_path>', 'a/b'],
	['<template_path> </template_path>', undefined],
	['<path>a/b</path>', undefined],
	['a/b', undefined],
	['', undefined],
])('the path of a new template in %j is %j', (text, path) => {
	expect(readTemplatePath(readAnswer(text))).toBe(path);
});
