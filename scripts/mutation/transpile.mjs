import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from '@swc/core';

/** As jest.config.js has it: `jest.mock` goes before the imports of its file. */
const SETTINGS = {
	jsc: {
		parser: { syntax: 'typescript' },
		target: 'es2022',
		transform: { hidden: { jest: true } },
	},
	module: { type: 'commonjs' },
	sourceMaps: false,
};

/** Lets `require` of this process load TypeScript. */
export function transpileTypeScript() {
	Module._extensions['.ts'] = (module, filename) => {
		const { code } = transformSync(readFileSync(filename, 'utf8'), { ...SETTINGS, filename });
		module._compile(code, filename);
	};
}

/**
 * Puts modules of a test in place of others. Each file that does so gets modules of the project of its own,
 * so that no other file sees what it put there.
 *
 * @param {string} root the folder of the project
 */
export function mockableModules(root) {
	const load = Module._load;
	const ofProject = createRequire(path.join(root, 'package.json'));
	const isOurs = (file) => file.startsWith(root) && !file.includes('node_modules');
	let mocks = new Map();
	let kept;

	Module._load = (request, ...rest) => {
		const mock = mocks.get(request);
		if (!mock) return Reflect.apply(load, Module, [request, ...rest]);
		mock.exports ??= mock.make();
		return mock.exports;
	};
	const takeOut = () => {
		const taken = Object.entries(Module._cache).filter(([file]) => isOurs(file));
		for (const [file] of taken) delete Module._cache[file];
		return taken;
	};

	return {
		mock(request, make) {
			kept ??= takeOut();
			mocks.set(request, { make });
		},
		requireActual: (request) => ofProject(ofProject.resolve(request)),
		/** Loads a file and takes back what it put in place of modules. */
		load(file) {
			try {
				ofProject(file);
			} finally {
				if (kept) {
					takeOut();
					for (const [name, module] of kept) Module._cache[name] = module;
				}
				kept = undefined;
				mocks = new Map();
			}
		},
	};
}
