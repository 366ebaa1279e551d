/**
 * Answers that hold preference categories or preferences.
 */
import type { IDataObject } from 'n8n-workflow';

import {
	readDefinition,
	readDefinitions,
	type DefinitionElement,
	type DefinitionJson,
} from '../maileon/preference/definitions';
import { listRoot, uselessAnswer, xmlRoot } from './answers';
import type { MaileonAnswer } from './client';
import type { MaileonRequest } from '../maileon/request';

/**
 * The definition that an answer holds.
 * @throws MaileonFailure when it holds something else
 */
export function readOneDefinition(
	answer: MaileonAnswer,
	request: MaileonRequest,
	element: DefinitionElement,
): DefinitionJson & IDataObject {
	const definition = readDefinition(xmlRoot(answer, request));
	if (!definition) throw uselessAnswer(answer, request, `It holds a <${element}> without a name.`);
	return definition as DefinitionJson & IDataObject;
}

/**
 * The definitions that an answer holds; none where it has no body.
 * @throws MaileonFailure when it holds something else
 */
export function readManyDefinitions(
	answer: MaileonAnswer,
	request: MaileonRequest,
	element: DefinitionElement,
): Array<DefinitionJson & IDataObject> {
	const root = listRoot(answer, request);
	return root ? (readDefinitions(root, element) as Array<DefinitionJson & IDataObject>) : [];
}
