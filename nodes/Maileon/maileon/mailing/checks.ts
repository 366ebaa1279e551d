/**
 * Checks of a mailing: which can be started, and which tell what came of them.
 * Rests on "Mailing – Start Attention Quality Check" and its sisters.
 */
import type { Endpoint } from '../endpoints/endpoint';
import { mailingChecks } from '../endpoints/mailings';

export interface CheckFacts {
	/** Starts it; none where its address is not documented, so that it is started in Maileon. */
	start?: Endpoint;
	/** Reads what came of it; none where its address is not documented, so that Maileon alone shows it. */
	result?: Endpoint;
	/** Whether each start is charged. */
	costsMoney?: boolean;
}

/** Every check that the documentation gives an address for, by its name there. */
export const CHECKS = {
	approvalprocess: { result: mailingChecks.getApprovalResult },
	attention: { start: mailingChecks.startAttention },
	bounce: { result: mailingChecks.getBounceResult },
	display: { start: mailingChecks.startDisplay, costsMoney: true },
	image: { result: mailingChecks.getImageResult },
	link: { result: mailingChecks.getLinkResult },
	testsendout: { result: mailingChecks.getTestResult },
} satisfies Readonly<Record<string, CheckFacts>>;

export type CheckName = keyof typeof CHECKS;
