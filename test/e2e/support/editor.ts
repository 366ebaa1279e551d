import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import { N8nClient, type Execution, type WorkflowNode } from '../../../scripts/n8n';
import { environment } from './environment';

export const maileonType = 'n8n-nodes-maileon-api.maileon';
export const mailingType = 'n8n-nodes-maileon-api.maileonMailing';
export const credentialType = 'maileonRestApi';

const menuPatienceMs = 5_000;
const menuAttempts = 4;
const dragAttempts = 3;
const actionTimeoutMs = 30_000;
const editorTimeoutMs = 120_000;

/**
 * Pixels of a picture for each of the page: two panels side by side, which a README of 860 pixels shows in
 * their true size, stay sharp on fine screens; and one panel is not blown up.
 */
const pictureScale = 1.5;
const pictureMargin = 12;
const canvasMargin = 20;
const pictureLimit = 200_000;

/** What comes and goes above the rest of the page: messages, the map, advice beside an active workflow. */
const withoutOverlays = `.el-notification, .vue-flow__minimap,
	div:has([data-test-id="suggested-actions-close"]):not(:has([data-test-id="canvas-node"])) {
		visibility: hidden !important;
	}`;
const withoutControls = `${withoutOverlays}
	[data-test-id="canvas-controls"] { visibility: hidden !important; }`;

/** Nodes and notes, the names below the nodes, and what stands behind the last ones. */
const onCanvas = ['', ' [class*="description"]', ' [data-test-id="canvas-handle-plus"]']
	.map((part) => `.vue-flow__node${part}`)
	.join(', ');

/** The signs by which the canvas marks a node that it does not know, or that lacks something. */
const complaints = ['node-issues', 'node-setup-required', 'node-not-installed', 'node-restricted'];

selectors.setTestIdAttribute('data-test-id');

/** The three panels of an open node. */
type NodePart = 'input' | 'parameters' | 'output';

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * n8n's editor in a real browser, used as a person would: by clicking, dragging and typing. Locators rest on
 * n8n's own `data-test-id` attributes, which both lines share for the most part.
 */
export class Editor {
	/**
	 * Every click and every drag so far, in words: what a person needs on a machine that keeps up, so that one
	 * that had to be repeated counts once. Typing, pasting and looking at things are not counted.
	 */
	readonly clicks: string[] = [];
	/** Errors in the browser's console that come from this package or from what it answers. */
	readonly consoleErrors: string[] = [];

	private frameCount = 0;

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		readonly client: N8nClient,
	) {
		page.on('console', (message) => {
			if (message.type() !== 'error') return;
			const { url } = message.location();
			if (this.isOurs(`${url} ${message.text()}`))
				this.consoleErrors.push(`${message.text()} ${url}`);
		});
		// n8n asks whether to leave unsaved changes behind.
		page.on('dialog', (dialog) => void dialog.accept());
		page.on('pageerror', (error) => {
			if (this.isOurs(error.stack ?? error.message)) this.consoleErrors.push(error.message);
		});
	}

	/** Opens a browser in which the owner is signed in. */
	static async open(n8nUrl = environment.n8nUrl): Promise<Editor> {
		const client = await N8nClient.signIn(n8nUrl, environment.login);
		const browser = await chromium.launch({
			executablePath: environment.chromium,
			args: ['--no-sandbox'],
		});
		const context = await browser.newContext({
			viewport: { width: 1440, height: 900 },
			deviceScaleFactor: environment.pictures || environment.frames ? pictureScale : 1,
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		const [name = '', value = ''] = client.sessionCookie.split('=');
		await context.addCookies([{ name, value, url: n8nUrl }]);
		const page = await context.newPage();
		page.setDefaultTimeout(actionTimeoutMs);
		return new Editor(browser, page, client);
	}

	/** What n8n itself gets wrong, such as calls to servers that cannot be reached, is none of our business. */
	private isOurs(text: string): boolean {
		const isOurFile = /(icons|static|node-types)[^ ]*maileon|maileon[^ ]*\.(js|svg)\b/i.test(text);
		return text.startsWith(this.client.url)
			? isOurFile || text.includes('/rest/dynamic-node-parameters/')
			: /maileon/i.test(text) && !/^https:/.test(text);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** All elements with this `data-test-id`. */
	byId(id: string): Locator {
		return this.page.getByTestId(id);
	}

	/** Clicks, and counts it. */
	async click(what: string, target: Locator): Promise<void> {
		await target.click();
		this.clicks.push(what);
	}

	/** Keeps a picture of the page among the artefacts of the run. */
	async screenshot(name: string, target?: Locator): Promise<void> {
		mkdirSync(environment.artifacts, { recursive: true });
		const path = join(environment.artifacts, `${name}.png`);
		await (target ?? this.page).screenshot({
			path,
			animations: 'disabled',
			style: withoutOverlays,
		});
	}

	/** Keeps the whole page as the next frame of a film, when the run is meant to. */
	async frame(name: string): Promise<void> {
		if (!environment.frames) return;
		this.frameCount++;
		const path = join(
			environment.frames,
			`${String(this.frameCount).padStart(2, '0')}-${name}.png`,
		);
		await this.page.screenshot({ path, animations: 'disabled', style: withoutOverlays });
	}

	/**
	 * Renews a picture of the README, when the run is meant to: these parts of the open node, which stand side
	 * by side, from one parameter (the first) to the last that is to be seen whole.
	 */
	async picture(name: string, parts: NodePart[], from?: string): Promise<void> {
		await this.screenshot(name);
		if (!environment.pictures) return;
		// Takes focus and pointer away from the parameters, which would show more than their values.
		await this.byId('tab-params').first().click();
		if (from) await this.scrollToTop(this.field(this.parameter(from)));
		const boxes = await Promise.all(parts.map(async (part) => await boxOf(this.part(part))));
		const clip = around(boxes, await this.lastWholeField(Math.min(...boxes.map(bottomOf))));
		await this.keepPicture(environment.pictures, name, clip, withoutOverlays);
	}

	/** Renews a picture of all that stands on the canvas, when the run is meant to. */
	async canvasPicture(name: string): Promise<void> {
		await this.byId('zoom-to-fit').click();
		// What was imported is selected until the empty canvas is clicked.
		await this.page.locator('.vue-flow__pane').click({ position: { x: 30, y: 40 } });
		await this.screenshot(name);
		if (!environment.pictures) return;
		const parts = await this.page.locator(onCanvas).filter({ visible: true }).all();
		const boxes = await Promise.all(parts.map(boxOf));
		const clip = widened(around(boxes, Math.max(...boxes.map(bottomOf))), canvasMargin);
		await this.keepPicture(environment.pictures, name, clip, withoutControls);
	}

	private async keepPicture(folder: string, name: string, clip: Box, style: string): Promise<void> {
		const image = await this.page.screenshot({
			clip,
			animations: 'disabled',
			caret: 'hide',
			style,
		});
		if (image.length > pictureLimit)
			throw new Error(`The picture ${name} has ${image.length} bytes, of ${pictureLimit} at most.`);
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, `${name}.png`), image);
	}

	private part(part: NodePart): Locator {
		if (part === 'input') return this.byId('ndv-input-panel');
		if (part === 'output') return this.byId('output-panel');
		// The nearest element that holds the tabs as well.
		return this.byId('node-parameters').locator(
			'xpath=ancestor::*[.//*[@data-test-id="tab-params"]][1]',
		);
	}

	/** Parameters with their labels, those of a mapper and notices too; or the one around an input. */
	private field(input?: Locator): Locator {
		const fields = this.byId('parameter-item').or(this.byId('input-label'));
		return input ? fields.filter({ has: input }).last() : fields;
	}

	private async scrollToTop(field: Locator): Promise<void> {
		await field.evaluate((element, margin) => {
			element.style.scrollMarginTop = `${margin}px`;
			element.scrollIntoView({ block: 'start' });
		}, pictureMargin);
	}

	/** Where a picture ends that is to cut no parameter, and to end above `limit`. */
	private async lastWholeField(limit: number): Promise<number> {
		const fields = await this.field().filter({ visible: true }).all();
		const bottoms = await Promise.all(fields.map(async (field) => bottomOf(await boxOf(field))));
		const last = Math.max(...bottoms.filter((bottom) => bottom <= limit));
		return Math.min(last + pictureMargin, limit);
	}

	// Settings

	/** Opens the page on which packages are installed. */
	async openCommunityNodes(): Promise<void> {
		await this.goto('/settings/community-nodes');
		await this.page.getByRole('button', { name: /^Install/ }).waitFor({ timeout: editorTimeoutMs });
	}

	/** Installs a package, by its name, and waits until it is listed. */
	async installPackage(name: string): Promise<void> {
		await this.page.getByRole('button', { name: /^Install/ }).click();
		const nameField = this.byId('package-name-input');
		await nameField.locator('input').or(nameField).last().fill(name);
		await this.byId('user-agreement-checkbox').click();
		await this.frame('package-named');
		await this.byId('install-community-package-button').click();
		await nameField.first().waitFor({ state: 'hidden', timeout: editorTimeoutMs });
		await this.byId('community-package-card').waitFor();
	}

	// Canvas

	async openNewWorkflow(): Promise<void> {
		await this.goto('/workflow/new');
		await this.byId('canvas-add-button').waitFor({ timeout: editorTimeoutMs });
	}

	async openWorkflow(id: string): Promise<void> {
		await this.goto(`/workflow/${id}`);
		await this.byId('canvas-node').first().waitFor({ timeout: editorTimeoutMs });
	}

	/** Shows an execution of a workflow. */
	async openExecution(workflowId: string, id: string): Promise<void> {
		await this.goto(`/workflow/${workflowId}/executions/${id}`);
		await this.byId('workflow-preview-iframe').or(this.byId('canvas-node')).first().waitFor();
	}

	private async goto(path: string): Promise<void> {
		await this.page.goto(`${this.client.url}${path}`, { timeout: editorTimeoutMs });
	}

	/** Puts nodes on the canvas as Ctrl-V does, with data that they give without being run. */
	async paste(
		nodes: WorkflowNode[],
		connections: Record<string, unknown>,
		pinData: Record<string, object[]> = {},
	): Promise<void> {
		const text = JSON.stringify({ nodes, connections, pinData });
		await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
		await this.page.keyboard.press('Control+V');
		const last = nodes.filter(({ type }) => !type.endsWith('.stickyNote')).at(-1);
		await this.node(last?.name ?? '').waitFor();
	}

	/** Imports a workflow from a file, as the menu above the canvas does. */
	async importFile(path: string): Promise<void> {
		await this.byId('workflow-import-input').setInputFiles(path);
		await this.byId('canvas-node').first().waitFor();
	}

	/** The names of the nodes that the canvas marks as unknown or as incomplete. */
	async markedNodes(): Promise<string[]> {
		const signs = complaints.map((id) => `[data-test-id="${id}"]`).join(', ');
		const marked = this.byId('canvas-node').filter({ has: this.page.locator(signs) });
		return await marked.evaluateAll((nodes) =>
			nodes.map((node) => node.getAttribute('data-node-name') ?? ''),
		);
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the panel in which nodes are searched. */
	async openNodePanel(): Promise<void> {
		const button = this.byId('canvas-add-button').or(this.byId('node-creator-plus-button'));
		await this.click('open the node panel', button.first());
		await this.byId('node-creator-search-bar').waitFor();
	}

	/** Opens the node panel by the plus behind a node. */
	async addAfter(node: string): Promise<void> {
		const plus = this.node(node).getByTestId('canvas-handle-plus');
		await this.click(`add a node after "${node}"`, plus.first());
		await this.byId('node-creator-search-bar').waitFor();
	}

	/** Adds a node behind another one by searching for it and choosing what it does. */
	async addActionAfter(node: string, search: string, name: string, action: string): Promise<void> {
		await this.addAfter(node);
		await this.searchNode(search, name);
		await this.choosePanelItem(name);
		await this.choosePanelItem(action);
		await this.byId('node-parameters').waitFor();
	}

	/** Searches in the node panel, and waits until it lists the node. */
	async searchNode(words: string, name: string): Promise<void> {
		await this.byId('node-creator-search-bar').fill(words);
		await this.panelItem(name).waitFor();
	}

	/** An entry of the node panel. */
	panelItem(name: string): Locator {
		const items = this.byId('node-creator-item-name').filter({ visible: true });
		return items.filter({ hasText: exactly(name) }).first();
	}

	/** Adds a node by searching for it, and opens its panel if it has one of actions. */
	async addNode(search: string, name: string, action?: string): Promise<void> {
		await this.openNodePanel();
		await this.searchNode(search, name);
		await this.choosePanelItem(name);
		if (action) await this.choosePanelItem(action);
	}

	/** Clicks an entry of the node panel. */
	async choosePanelItem(name: string): Promise<void> {
		await this.click(`choose "${name}"`, this.panelItem(name));
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.byId('node-parameters').waitFor();
	}

	/** Leaves the open node for the canvas. */
	async closeNode(): Promise<void> {
		const button = this.byId('back-to-canvas').or(this.byId('ndv-close-button'));
		await this.click('back to the canvas', button.first());
		await this.byId('node-parameters').waitFor({ state: 'hidden' });
	}

	// Parameters of the open node

	parameter(name: string): Locator {
		return this.byId(`parameter-input-${name}`).first();
	}

	/** Chooses an entry of a menu parameter. */
	async chooseOption(parameter: string, name: string): Promise<void> {
		await this.chooseFrom(this.parameter(parameter), name);
	}

	/** Opens a menu and chooses an entry, by its name alone where it has a description too. */
	async chooseFrom(menu: Locator, name: string): Promise<void> {
		const entries = this.page.locator('[role="option"]:visible, [role="menuitem"]:visible');
		const named = this.page.getByText(exactly(name));
		const entry = entries.filter({ has: named }).or(entries.filter({ hasText: exactly(name) }));
		await this.chooseEntry(menu, entry.first());
		this.clicks.push('open a menu', `choose "${name}"`);
	}

	/**
	 * A panel that moves or loads meanwhile closes its menu again, between any two moments; then a person opens
	 * it once more.
	 */
	private async chooseEntry(menu: Locator, entry: Locator): Promise<void> {
		const timeout = menuPatienceMs;
		for (let attempt = 1; attempt < menuAttempts; attempt++) {
			if (!(await entry.isVisible())) await menu.click();
			if (await succeeds(entry.click({ timeout }))) return;
		}
		if (!(await entry.isVisible())) await menu.click();
		await entry.click();
	}

	async toggle(parameter: string): Promise<void> {
		await this.click(
			`toggle ${parameter}`,
			this.parameter(parameter).locator('.el-switch, [role="switch"]').first(),
		);
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).locator('input, textarea').first().fill(text);
	}

	/** Clicks into a field, and types. */
	async typeInto(parameter: string, text: string): Promise<void> {
		const field = this.parameter(parameter).locator('input, textarea').first();
		await this.click(`go to ${parameter}`, field);
		await field.fill(text);
	}

	/** Chooses an entry of a searched list, such as that of transaction types. */
	async chooseFromList(parameter: string, name: string): Promise<void> {
		const list = this.parameter(parameter).getByTestId('rlc-input');
		const entry = this.byId('rlc-item').filter({ visible: true, hasText: name });
		await this.chooseEntry(list, entry.first());
		this.clicks.push(`open the list of ${parameter}`, `choose "${name}"`);
	}

	/** Adds an entry to a collection, by what stands on the button that adds. */
	async addEntry(button: string, name: string): Promise<void> {
		const adder = this.page.getByText(exactly(button)).or(this.page.getByPlaceholder(button));
		await this.chooseFrom(adder.first(), name);
	}

	/** Waits until the panel shows parameters, and looks whether they are in sight without scrolling. */
	async expectInSight(names: readonly string[]): Promise<void> {
		for (const name of names) {
			await this.expectParameter(name, 'visible');
			const bottom = bottomOf(await boxOf(this.parameter(name)));
			const limit = bottomOf(await boxOf(this.part('parameters')));
			if (bottom > limit) throw new Error(`${name} is not in sight: ${bottom} of ${limit}`);
		}
	}

	/** Lets input keys find the columns of the mapper by themselves. */
	async mapAutomatically(): Promise<void> {
		await this.chooseFrom(this.byId('mapping-mode-select').first(), 'Map Automatically');
	}

	/** Waits until the panel shows a parameter, or no longer does. */
	async expectParameter(name: string, state: 'visible' | 'hidden'): Promise<void> {
		await this.parameter(name).waitFor({ state });
	}

	/** Adds a field of the mapper, which then is a parameter of its own. */
	async addMappedField(name: string, label: string): Promise<void> {
		const adder = this.byId('add-fields-select').locator('button, input').first();
		await adder.scrollIntoViewIfNeeded();
		await this.chooseFrom(adder, label);
		await this.expectParameter(name, 'visible');
	}

	// Credential of the open node

	/** Opens the dialog for a new credential. */
	async openNewCredential(): Promise<void> {
		const empty = this.byId('node-credentials-empty-state');
		const menu = this.byId('node-credentials-select');
		await empty.or(menu).first().waitFor();
		if (await empty.isVisible()) {
			await this.click('connect', empty.getByRole('button').first());
		} else {
			await this.click('open the list of credentials', menu.first());
			const create = this.byId('node-credentials-select-item-new').filter({ visible: true });
			await this.click('create a credential', create.first());
		}
		await this.credentialField('apiKey').waitFor();
	}

	/** Makes the credential of the open node, of nothing but the key. */
	async connect(): Promise<void> {
		await this.openNewCredential();
		await this.click('go to the key', this.credentialField('apiKey'));
		await this.page.keyboard.insertText(environment.apiKey);
		// The sandbox stands for Maileon, whose address is there already.
		await this.credentialField('baseUrl').fill(environment.baseUrl);
		await this.saveCredential();
		await this.closeCredential();
	}

	/** Opens the dialog of the credential that the node has. */
	async openCredential(): Promise<void> {
		await this.click('edit the credential', this.byId('credential-edit-button').first());
		await this.credentialField('apiKey').waitFor();
	}

	credentialField(name: string): Locator {
		return this.byId('editCredential-modal')
			.getByTestId(`parameter-input-${name}`)
			.locator('input');
	}

	/** Saves the credential, which makes n8n test it; the dialog of n8n 2.x closes when the test succeeds. */
	async saveCredential(): Promise<void> {
		const button = this.byId('credential-save-button');
		await this.click('save the credential', button.locator('button').or(button).last());
	}

	/**
	 * Waits until the dialog says why the test failed, asking for details where it hides them. The dialog hides
	 * them again when n8n shows what it saved, so a person may have to ask once more.
	 */
	async expectCredentialFailure(words: RegExp): Promise<void> {
		const dialog = this.byId('editCredential-modal');
		const reason = dialog.getByText(words);
		const details = dialog.getByText('More details');
		for (let attempt = 1; attempt <= menuAttempts; attempt++) {
			await reason.or(details).first().waitFor();
			if (!(await reason.isVisible())) await succeeds(details.click({ timeout: menuPatienceMs }));
			if (await succeeds(reason.waitFor({ timeout: menuPatienceMs }))) return;
		}
		throw new Error(`The credential's dialog says: ${await dialog.innerText()}`);
	}

	/** Waits for the message of a successful test, in the dialog. */
	async expectCredentialSuccess(): Promise<void> {
		await this.byId('editCredential-modal').getByText('Connection tested successfully').waitFor();
	}

	/** Closes the dialog, which stays open where nothing was saved. */
	async leaveCredential(): Promise<void> {
		const dialog = this.byId('editCredential-modal');
		const cross = this.byId('dialog-close-button').or(this.page.locator('.el-dialog__headerbtn'));
		await this.click('close the credential', cross.filter({ visible: true }).last());
		await dialog.waitFor({ state: 'hidden' });
	}

	/** Closes the dialog, unless n8n has done so itself. While it saves, it takes no clicks. */
	async closeCredential(): Promise<void> {
		const dialog = this.byId('editCredential-modal');
		const isClosed = async (): Promise<boolean> =>
			await succeeds(dialog.waitFor({ state: 'hidden', timeout: menuPatienceMs }));
		if (environment.line === '1') {
			const cross = dialog.locator('.el-dialog__headerbtn');
			await this.click('close the credential', cross);
			if (!(await isClosed())) await cross.click();
		}
		await dialog.waitFor({ state: 'hidden' });
	}

	// Input, execution and output of the open node

	/** Runs the nodes before the open one, unless their data is there, and shows it as a table. */
	async showInputTable(): Promise<void> {
		const input = this.byId('ndv-input-panel');
		const execute = this.byId('execute-previous-node').filter({ visible: true });
		const asTable = input.getByTestId('radio-button-table').filter({ visible: true });
		const header = input.locator('th').filter({ visible: true });
		await execute.or(asTable).first().waitFor();
		if ((await asTable.count()) === 0) await execute.click();
		await asTable.click();
		await header.or(execute).first().waitFor();
		if ((await header.count()) === 0) await execute.click();
		await header.first().waitFor({ timeout: editorTimeoutMs });
	}

	/** Drags a column of the input table into a parameter. */
	async mapColumn(column: string, parameter: string): Promise<void> {
		const headers = this.byId('ndv-input-panel').locator('th');
		await this.map(column, headers.filter({ hasText: exactly(column) }), parameter);
	}

	/** Drags a key of the input into a parameter, from the schema that n8n shows first. */
	async mapKey(key: string, parameter: string): Promise<void> {
		const keys = this.byId('ndv-input-panel').getByTestId('run-data-schema-node-name');
		await this.map(key, keys.filter({ hasText: exactly(key) }), parameter);
	}

	private async map(key: string, source: Locator, parameter: string): Promise<void> {
		const target = this.parameter(parameter);
		const mapped = target.filter({ hasText: '{{' }).first();
		for (let attempt = 1; attempt <= dragAttempts; attempt++) {
			await this.drag(source.first(), target);
			await this.byId('tab-params').first().click();
			if (!(await succeeds(mapped.waitFor({ timeout: 5_000 })))) continue;
			this.clicks.push(`drag "${key}" to ${parameter}`);
			return;
		}
		throw new Error(`"${key}" was dropped on ${parameter} without being mapped`);
	}

	private async drag(source: Locator, target: Locator): Promise<void> {
		await target.scrollIntoViewIfNeeded();
		const from = await centre(source);
		await this.page.mouse.move(from.x, from.y);
		await this.page.mouse.down();
		await this.page.mouse.move(from.x + 60, from.y + 40, { steps: 5 });
		const to = await centre(target);
		await this.page.mouse.move(to.x, to.y, { steps: 15 });
		await this.page.mouse.up();
	}

	/** Chooses what happens with an item that fails, in the settings of the node. */
	async setOnError(choice: string): Promise<void> {
		await this.click('open the settings', this.byId('tab-settings'));
		await this.chooseOption('onError', choice);
	}

	/**
	 * Runs the open form trigger and fills in its form, by the labels of its fields. Clicks into the form are
	 * those of a visitor, and not counted: it is input data, like what is pasted.
	 */
	async submitForm(answers: Record<string, string>): Promise<void> {
		const opened = this.page.waitForEvent('popup');
		await this.click('run the form', this.byId('node-execute-button').first());
		const form = await opened;
		for (const [label, answer] of Object.entries(answers))
			await form.getByLabel(label).fill(answer);
		await form.locator('button[type="submit"]').click();
		await form.getByText('Your response has been recorded').waitFor();
		await form.close();
		await this.byId('output-panel').getByTestId('radio-button-table').waitFor();
	}

	/** Clicks "Execute step", waits for its end and gives what the nodes did. */
	async executeStep(): Promise<Execution> {
		const button = this.byId('node-execute-button').first();
		const execution = await this.execute('execute the step', button);
		const output = this.byId('output-panel');
		const ended = output
			.getByTestId('node-error-message')
			.or(output.getByTestId('radio-button-table'))
			.filter({ visible: true });
		await ended.first().waitFor({ timeout: editorTimeoutMs });
		return execution;
	}

	private async execute(what: string, button: Locator): Promise<Execution> {
		const answer = this.page.waitForResponse((response) =>
			/\/rest\/workflows\/[^/]+\/run/.test(response.url()),
		);
		await this.click(what, button);
		const { data } = (await (await answer).json()) as { data: { executionId: string } };
		return await this.client.execution(data.executionId);
	}

	/** Runs the whole workflow from the canvas, waits for its end and gives what the nodes did. */
	async executeWorkflow(): Promise<Execution> {
		return await this.execute('execute the workflow', this.byId('execute-workflow-button').first());
	}

	/** Shows an output of several, by the name that its tab has. */
	async showBranch(name: 'Success' | 'Error'): Promise<void> {
		const tabs = this.byId('output-panel').getByTestId('branches');
		await this.click(`show the ${name} output`, tabs.getByText(new RegExp(`^\\s*${name}`)).first());
	}

	async showOutputAsJson(): Promise<void> {
		await this.byId('output-panel').getByTestId('radio-button-json').click();
		await this.byId('output-panel').locator('.json-data, .vjs-tree').first().waitFor();
	}

	/** The output table: its column names and its rows, as they stand on the screen. */
	async outputTable(): Promise<{ columns: string[]; rows: string[][] }> {
		const output = this.byId('output-panel');
		await output.getByTestId('radio-button-table').click();
		const table = output.locator('table').first();
		await table.locator('tbody tr').first().waitFor();
		const columns = await table.locator('thead th').allInnerTexts();
		const rows = await table.locator('tbody tr').all();
		const cells = rows.map(async (row) => await row.locator('td').allInnerTexts());
		return {
			columns: columns.map((text) => text.trim()).filter(Boolean),
			rows: (await Promise.all(cells)).map((row) => row.map((text) => text.trim())),
		};
	}
}

/** Matches the whole text of an element, but for the white space around it. */
export function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Whether something that waits came to its end, instead of running out of time. */
async function succeeds(waiting: Promise<void>): Promise<boolean> {
	return await waiting.then(
		() => true,
		() => false,
	);
}

async function centre(target: Locator): Promise<{ x: number; y: number }> {
	const { x, y, width, height } = await boxOf(target);
	return { x: x + width / 2, y: y + height / 2 };
}

async function boxOf(target: Locator): Promise<Box> {
	const box = await target.boundingBox();
	if (!box) throw new Error('The element is not on the screen.');
	return box;
}

function bottomOf({ y, height }: Box): number {
	return y + height;
}

/** The smallest box around others, but for what lies below `bottom`. */
function around(boxes: Box[], bottom: number): Box {
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const right = Math.max(...boxes.map((box) => box.x + box.width));
	return { x, y, width: right - x, height: bottom - y };
}

/** A box with a margin, as far as the page goes. */
function widened({ x, y, width, height }: Box, margin: number): Box {
	const left = Math.max(0, x - margin);
	const top = Math.max(0, y - margin);
	return { x: left, y: top, width: x + width + margin - left, height: y + height + margin - top };
}
