import { control } from './sandbox';
import { Editor } from './editor';

export interface Scenarios {
	/** Declares a test that uses the editor; when it fails, a picture of the screen is kept. */
	scenario(name: string, body: (editor: Editor) => Promise<void>): void;
}

/**
 * Declares tests that share one browser. Each starts with an empty Maileon, and fails when the browser's
 * console holds an error of this package. What fails is tried once more from its start, since an editor on a
 * busy machine may move under the mouse; `npm run test:e2e` names the tests that needed it.
 */
export function scenarios(): Scenarios {
	let editor: Editor;
	jest.retryTimes(1, { logErrorsBeforeRetry: true });
	beforeAll(async () => {
		editor = await Editor.open();
	});
	afterAll(async () => await editor.close());
	return {
		scenario: (name, body) => {
			test(name, async () => {
				await control('reset');
				editor.consoleErrors.length = 0;
				editor.clicks.length = 0;
				try {
					await body(editor);
				} catch (error) {
					await editor.screenshot(`failed - ${name}`);
					throw error;
				}
				expect(editor.consoleErrors).toEqual([]);
			});
		},
	};
}
