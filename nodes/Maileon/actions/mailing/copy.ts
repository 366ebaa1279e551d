import type { INodeProperties } from 'n8n-workflow';

import { mailingLocator, readMailingReference } from '../../input/mailing';
import { readChecked, readChangesOfExisting } from '../../input/mailingChanges';
import { optionsCollection } from '../../input/optionsCollection';
import type { ItemParameters } from '../../input/parameters';
import { mailingValues } from '../../maileon/endpoints/mailingValues';
import { mailings } from '../../maileon/endpoints/mailings';
import { mailingNameRefusal } from '../../maileon/mailing/limits';
import { mailingName } from '../../maileon/mailing/mailings';
import type { Operation } from '../../run/operation';
import { MaileonFailure } from '../../transport/failure';
import { fetchMailingValue, type Send } from '../../transport/mailings';
import { oneByOne, retries, timeout } from '../shared/requests';
import { ifStepFails, make, madeRow, readIfStepFails } from './shared/make';
import {
	audience,
	changedCustomProperties,
	content,
	mailingNameField,
	newHtmlField,
	newSubjectField,
	newTargetGroupField,
	sender,
	settings,
} from './shared/parameters';
import { PART_ENDPOINTS, partsOf } from './shared/parts';
import { perMailing } from './shared/perMailing';

const properties: INodeProperties[] = [
	mailingLocator('Mailing to copy, in whatever state it is'),
	{
		...mailingNameField,
		displayName: 'New Name',
		name: 'newName',
		description:
			'Name of the copy: 3 to 64 characters. An account can use a name once. Leave empty to let Maileon name it.',
	},
	newSubjectField,
	newHtmlField,
	newTargetGroupField,
	content,
	sender,
	audience,
	settings,
	changedCustomProperties,
	optionsCollection([oneByOne, ifStepFails, retries, timeout]),
];

/** Copies a mailing and changes the copy ("Copy Mailing", and the articles that set one part each). */
export const copyMailing: Operation = {
	resource: 'mailing',
	value: 'copy',
	name: 'Copy',
	action: 'Copy mailing',
	description:
		"Copy a mailing, such as last month's newsletter, and change the copy. It is a draft: nothing is sent.",
	properties,
	endpoints: [mailings.copy, mailingValues.name.get, ...PART_ENDPOINTS, mailings.delete],
	run: perMailing((parameters) => {
		const reference = readMailingReference(parameters);
		const newName = readNewName(parameters);
		const changes = readChangesOfExisting(parameters);
		const values = { ...changes.values, ...(newName !== undefined && { name: newName }) };
		const parts = partsOf({ ...changes, values });
		const choice = readIfStepFails(parameters.within('options'));
		return {
			rows: async ({ id, send }) => {
				const made = await make(send, {
					request: mailings.copy.request({ id }),
					parts,
					ifStepFails: choice,
					name: newName,
					words: {
						subject: { what: mailingName(reference), things: 'mailings' },
						step: 'copied',
						made: (copyId) => `The mailing ${id} was copied to the mailing ${copyId}`,
						ifUnclear:
							'Look in Maileon whether there is a copy. If so, run Update on it for the rest.',
					},
				});
				const name = newName ?? (await nameOf(send, made.id));
				return [madeRow(made, { copied: true, source_id: Number(id) }, name)];
			},
		};
	}),
};

function readNewName(parameters: ItemParameters): string | undefined {
	if (parameters.text('newName').trim() === '') return undefined;
	return readChecked(parameters, 'newName', mailingNameRefusal);
}

/** The name that Maileon gave to a copy; undefined where it does not tell, since the copy is made all the same. */
async function nameOf(send: Send, id: string): Promise<string | undefined> {
	return await fetchMailingValue(send, id, 'name').then(
		(name) => (typeof name === 'string' ? name.trim() : undefined),
		(error: unknown) => {
			if (error instanceof MaileonFailure) return undefined;
			throw error;
		},
	);
}
