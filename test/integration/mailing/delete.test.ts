import { byId } from '../../support/mailingNode';
import { DRAFT, SENT, TRIGGER } from '../../support/mailings';
import { operationTests, rows } from '../../support/operations';

const { sandbox, run, wire } = operationTests();

const remove = async (id: number, further = {}) =>
	await run('mailing.delete', { mailing: byId(id), ...further });
const deletions = () => wire().filter(([method]) => method === 'DELETE');

it.each([
	[DRAFT, 'regular', 'draft'],
	[SENT, 'regular', 'done'],
	[13, 'doi', 'archived'],
])('deletes mailing %s and says what it was: %s, %s', async (id, type, previous) => {
	const result = await remove(id);
	expect(rows(result.main)).toEqual([{ deleted: true, id, type, previous_state: previous }]);
	expect(wire()).toEqual([
		['GET', `/1.0/mailings/${id}/state`],
		['GET', `/1.0/mailings/${id}/type`],
		['DELETE', `/1.0/mailings/${id}`],
	]);
	expect(sandbox().account.mailings.has(id)).toBe(false);
});

it.each([
	[TRIGGER, 'trigger mailing'],
	[11, 'DOI mailing'],
])('refuses mailing %s, which is an active %s', async (id, words) => {
	const result = await remove(id);
	expect(result.error?.message).toBe(
		`The mailing with ID ${id} cannot be deleted: it is an active ${words}.`,
	);
	expect(result.error?.description).toContain('Deactivate it first.');
	expect(deletions()).toEqual([]);
});

it.each([
	['fail', undefined],
	['nothing', []],
	['emptyItem', [{}]],
])('a mailing that is not there: %s', async (ifNotFound, expected) => {
	const result = await remove(999, { ifNotFound });
	if (expected) expect(rows(result.main)).toEqual(expected);
	else expect(result.error?.message).toBe('Maileon did not find the mailing with ID 999.');
	expect(deletions()).toEqual([]);
});

it('is done when it was done by an attempt whose answer got lost', async () => {
	sandbox().fail({ method: 'DELETE', status: 502, act: true });
	expect(rows((await remove(DRAFT)).main)).toMatchObject([{ deleted: true }]);
	expect(deletions()).toHaveLength(2);
});
