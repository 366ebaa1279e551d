/**
 * Reads the custom properties of a mailing.
 */
import { mailingSettings } from '../maileon/endpoints/mailings';
import { readProperties, type MailingProperty } from '../maileon/mailing/parts';
import { listRoot } from './answers';
import type { Send } from './mailings';

/**
 * The properties of a mailing ("Mailing – Get List of Custom Mailing Properties").
 * @throws MaileonFailure when there is no proper answer
 */
export async function fetchProperties(send: Send, id: string): Promise<MailingProperty[]> {
	const request = mailingSettings.getProperties.request({ id });
	const root = listRoot(await send(request), request);
	return root ? readProperties(root).filter(({ key }) => key !== '') : [];
}
