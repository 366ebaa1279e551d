import { loadPackage, type LoadedPackage } from '../support/engine';

/**
 * n8n keeps installed nodes by their display name and credential types by one global name, so a second
 * package with the same words cannot be installed beside the first, or breaks its keys.
 */

/** What the vendor's own package, n8n-nodes-maileon, takes. */
const TAKEN = {
	displayNames: ['Maileon', 'Maileon Trigger'],
	credentialTypes: ['maileonApi'],
};

let loaded: LoadedPackage;

beforeAll(async () => {
	loaded = await loadPackage();
});

const displayNames = () =>
	Object.values(loaded.nodeTypes).map(({ description }) => description.displayName);

it('shows its nodes under names that nobody else has', () => {
	expect(displayNames().filter((name) => TAKEN.displayNames.includes(name))).toEqual([]);
	expect(new Set(displayNames()).size).toBe(displayNames().length);
});

it('calls its credential type what nobody else calls one', () => {
	const types = Object.values(loaded.credentialTypes).map(({ name }) => name);
	expect(types).toEqual(['maileonRestApi']);
	expect(types.filter((name) => TAKEN.credentialTypes.includes(name))).toEqual([]);
});

it('has the names that saved workflows depend on', () => {
	const names = Object.fromEntries(
		Object.values(loaded.nodeTypes).map(({ description }) => [
			description.name,
			[description.displayName, description.defaults.name],
		]),
	);
	expect(names).toEqual({
		maileon: ['Maileon API', 'Maileon'],
		maileonMailing: ['Maileon API Mailing', 'Maileon Mailing'],
		maileonReport: ['Maileon API Report', 'Maileon Report'],
		maileonReportTrigger: ['Maileon API Report Trigger', 'Maileon Report Trigger'],
		maileonTrigger: ['Maileon API Trigger', 'Maileon Trigger'],
	});
	expect(loaded.credentialTypes.maileonRestApi?.displayName).toBe('Maileon REST API');
});
