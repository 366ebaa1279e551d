import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { findFile, readFile, type FoundFile } from '../../input/files';
import { readChecked, readMailingChanges } from '../../input/mailingChanges';
import { optionsCollection } from '../../input/optionsCollection';
import type { ItemParameters } from '../../input/parameters';
import { InputRefusal } from '../../input/refusal';
import type { Endpoint } from '../../maileon/endpoints/endpoint';
import { mailingValues } from '../../maileon/endpoints/mailingValues';
import { mailingAttachments, mailings, mailingSettings } from '../../maileon/endpoints/mailings';
import { MOST_ATTACHMENTS, type ListedAttachment } from '../../maileon/mailing/attachments';
import { mailingNameRefusal, subjectRefusal } from '../../maileon/mailing/limits';
import { mailingName } from '../../maileon/mailing/mailings';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { mailingCreated, type NewMailing } from '../../transport/doneBefore';
import { fetchAttachments } from '../../transport/mailingAttachments';
import { sending } from '../../transport/mailings';
import { addedBy } from '../mailingAttachment/shared';
import { oneByOne, readRequestOptions, retries, timeout } from '../shared/requests';
import { ifStepFails, make, madeRow, readIfStepFails } from './shared/make';
import {
	audience,
	content,
	customProperties,
	htmlField,
	mailingNameField,
	sender,
	settings,
	subjectField,
	targetGroupField,
} from './shared/parameters';
import { PART_ENDPOINTS, partsOf, type Part } from './shared/parts';

const ATTACHMENTS = 'attachments';
const TYPES = ['regular', 'trigger', 'doi'] as const;
const EDITORS = ['1', '2'] as const;

const properties: INodeProperties[] = [
	{ ...mailingNameField, required: true },
	{ ...subjectField, required: true },
	htmlField,
	targetGroupField,
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{
				name: 'Double Opt-In',
				value: 'doi',
				description: 'Asks people to confirm that they want mails',
			},
			{
				name: 'Regular',
				value: 'regular',
				description: 'Goes out once to a target group, such as a newsletter',
			},
			{
				name: 'Trigger',
				value: 'trigger',
				description: 'Goes out by itself when something happens, such as an order',
			},
		],
		default: 'regular',
		description: 'What kind of mailing it is. It cannot be changed later.',
	},
	content,
	sender,
	audience,
	settings,
	customProperties,
	{
		displayName: 'Attachments',
		name: ATTACHMENTS,
		type: 'string',
		default: '',
		placeholder: 'e.g. data, invoice',
		description:
			'Files of the input item to send with the mailing: names of its binary fields, separated by commas, at most 10',
	},
	optionsCollection([
		oneByOne,
		{
			displayName: 'Editor',
			name: 'editor',
			type: 'options',
			options: [
				{ name: 'CMS1', value: '1', description: 'The older editor' },
				{ name: 'CMS2', value: '2', description: 'The newer editor' },
			],
			default: '2',
			description:
				'Editor in which the mailing is opened in Maileon. Unless you add this, the newest that the account has.',
		},
		ifStepFails,
		retries,
		timeout,
	]),
];

/** What is set of mailings that are there already: a new one gets the first two as it is made. */
const OF_OLD_ONES: readonly Endpoint[] = [
	mailingValues.name.set,
	mailingValues.subject.set,
	mailingSettings.removeProperty,
];

/** Makes a mailing and sets its parts ("Create Mailing", and the articles that set one part each). */
export const createMailing: Operation = {
	resource: 'mailing',
	value: 'create',
	name: 'Create',
	action: 'Create mailing',
	description:
		'Create a mailing such as a newsletter with its content, sender, target group, settings and attachments. It is a draft: nothing is sent.',
	builderHint:
		'Makes a draft and gives its ID. Add further nodes to test, check, schedule or send it, which take that ID.',
	properties,
	endpoints: [
		mailings.create,
		mailings.getManyBySubject,
		...PART_ENDPOINTS.filter((one) => !OF_OLD_ONES.includes(one)),
		mailingAttachments.getMany,
		mailingAttachments.add,
		mailings.delete,
	],
	run: perItem(() => ({
		prepare: async ({ node, parameters, index }) => {
			const options = parameters.within('options');
			const mailing: NewMailing = {
				name: readChecked(parameters, 'name', mailingNameRefusal),
				subject: readChecked(parameters, 'subject', subjectRefusal),
				type: parameters.choice('type', TYPES),
			};
			const editor = options.has('editor') ? options.choice('editor', EDITORS) : undefined;
			const changes = readMailingChanges(parameters);
			const files = await readAttachments(node, parameters, index);
			const requestOptions = readRequestOptions(options);
			const subject = { what: mailingName(mailing), things: 'mailings' };
			const making = {
				request: createRequest(mailing, editor),
				parts: partsOf(changes, attachmentParts(node, index, files)),
				ifStepFails: readIfStepFails(options),
				name: mailing.name,
				words: {
					subject,
					step: 'created',
					made: (id: string) => `The mailing ${id} was created`,
					ifUnclear: `Look in Maileon whether it has the ${mailingName(mailing)}. If so, run Update for the rest.`,
				},
			};
			return {
				concurrency: requestOptions.concurrency,
				orderKeys: [mailingName(mailing)],
				subject,
				send: async (client) => {
					const made = await make(sending(client, requestOptions), making);
					return [madeRow(made, { created: true }, mailing.name)];
				},
			};
		},
	})),
};

/** The editor is left out rather than sent empty, which Maileon rejects. */
function createRequest(mailing: NewMailing, editor: string | undefined) {
	const { name, subject, type } = mailing;
	const request = mailings.create.request({}, [
		['name', name],
		['subject', subject],
		['type', type],
		['editorVersion', editor],
	]);
	return { ...request, doneBefore: mailingCreated(mailing) };
}

/** @throws InputRefusal when there are too many files, or one is missing or empty */
async function readAttachments(
	node: IExecuteFunctions,
	parameters: ItemParameters,
	index: number,
): Promise<FoundFile[]> {
	const names = parameters.texts(ATTACHMENTS);
	if (names.length > MOST_ATTACHMENTS)
		throw new InputRefusal(
			`A mailing can have at most ${MOST_ATTACHMENTS} attachments, but ${names.length} are given.`,
			{ description: 'Put several files into one archive.', field: ATTACHMENTS },
		);
	return await Promise.all(
		names.map(async (name) => await findFile(node, index, name, ATTACHMENTS)),
	);
}

/**
 * Adds files one after the other, each read when its turn comes. What the draft has is known, so that a file
 * whose answer got lost is found.
 */
function attachmentParts(
	node: IExecuteFunctions,
	index: number,
	files: readonly FoundFile[],
): Part[] {
	let known: ListedAttachment[] | undefined;
	return files.map((file) => ({
		names: [`attachment ${file.fileName}`],
		what: `attachment "${file.fileName}"`,
		deed: 'added',
		isContent: true,
		run: async (draft) => {
			known ??= await fetchAttachments(draft.send, draft.id);
			const request = mailingAttachments.add.request(
				{ id: draft.id },
				[['filename', file.fileName]],
				{ type: file.mediaType, content: await readFile(node, index, file) },
			);
			const added = await addedBy(request, draft, known);
			known = added.length > 0 ? [...known, ...added] : undefined;
			return undefined;
		},
	}));
}
