import type { SandboxContact } from './contact';

export const TARGET_GROUP_TYPES = ['regular', 'test', 'permanent', 'approval'] as const;
export type TargetGroupType = (typeof TARGET_GROUP_TYPES)[number];

/** A list of contacts to which mailings go; the sandbox keeps all of them up to date. */
export interface TargetGroup {
	id: number;
	name: string;
	author: string;
	type: TargetGroupType;
	/** Filter that selects its contacts. */
	contactFilterId: number;
	created: Date;
}

/** Addresses that a mailing leaves out. */
export interface MailingBlacklist {
	id: number;
	name: string;
	created: Date;
	author: string;
	/** Addresses, in which `*` stands for any text. */
	expressions: string[];
}

/** Whether a contact is on the list. */
export function isListed({ expressions }: MailingBlacklist, { email }: SandboxContact): boolean {
	return email !== null && expressions.some((expression) => patternOf(expression).test(email));
}

function patternOf(expression: string): RegExp {
	const parts = expression.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 'i');
}
