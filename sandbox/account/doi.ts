import { badRequest } from '../server/refusal';
import type { Variants } from '../variants';
import type { Account } from './account';
import type { DoiProcess, SandboxContact } from './contact';
import { hasDoi, PERMISSION_DOI, PERMISSION_DOI_PLUS } from './contact';

/** What a call says about the DOI process that it wants. */
export interface DoiRequest {
	plus: boolean;
	/** Key of the DOI mailing; absent: the default one of the account. */
	mailing?: string;
	source?: string;
	subscriptionPage?: string;
}

/**
 * Finds the DOI mailing of a request.
 *
 * @throws Refusal (400) when the key is unknown or not active, or the account has no default
 */
export function prepareDoi(account: Account, variants: Variants, request: DoiRequest): DoiProcess {
	if (request.mailing === undefined && !variants.doiConfigured) {
		throw badRequest('no default DOI mailing is defined');
	}
	const mailing = request.mailing ?? account.defaultDoiKey;
	if (!account.doiMailing(mailing)) {
		throw badRequest(`there is no active DOI mailing with the key ${mailing}`);
	}
	return { ...request, mailing };
}

/** Starts the process and sends the DOI mail, unless the account's setting forbids a further one. */
export function startDoi(
	account: Account,
	variants: Variants,
	contact: SandboxContact,
	process: DoiProcess,
): void {
	if (contact.email === null) throw badRequest('a DOI process needs an email address');
	if (hasDoi(contact) && variants.resendDoi !== 'always') return;
	if (contact.pendingDoi && variants.resendDoi === 'never') return;
	contact.pendingDoi = process;
	account.sendMail(
		contact,
		{
			kind: process.plus ? 'doi+' : 'doi',
			doiMailing: process.mailing,
			...(process.source === undefined ? {} : { source: process.source }),
		},
		{ mailing: account.doiMailing(process.mailing) },
	);
}

/**
 * The recipient opens the confirmation link.
 *
 * @returns whether this was the first time for the latest DOI mail
 */
export function confirmPending(account: Account, contact: SandboxContact): boolean {
	const process = contact.pendingDoi;
	if (!process) return false;
	contact.pendingDoi = null;
	contact.permission = process.plus ? PERMISSION_DOI_PLUS : PERMISSION_DOI;
	contact.confirmations += 1;
	contact.updated = account.now();
	return true;
}
