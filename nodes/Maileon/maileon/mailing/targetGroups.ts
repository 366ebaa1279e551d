/**
 * Target groups: what mailings are sent to.
 * Rests on the official clients (`GET /targetgroups`).
 */
import { childText, childrenNamed, type XmlElement } from '../xml/read';

export interface TargetGroup {
	id: string;
	name: string;
	/** For what it can be used: `regular`, `test`, `permanent`, `approval`; '' where Maileon does not say. */
	type: string;
	/** Number of contacts at the last evaluation; undefined where Maileon does not say. */
	contacts?: string;
}

/** The largest page is not documented; this one is known to be in use. */
export const TARGET_GROUP_PAGE = 50;

/** Reads `<targetgroups>`; a group without an ID cannot be chosen and is left out. */
export function readTargetGroups(root: XmlElement): TargetGroup[] {
	return childrenNamed(root, 'targetgroup').flatMap((group) => {
		const id = childText(group, 'id')?.trim();
		if (!id) return [];
		const contacts = childText(group, 'count_contacts') ?? undefined;
		return [
			{
				id,
				name: childText(group, 'name') ?? '',
				type: childText(group, 'type') ?? '',
				...(contacts && { contacts }),
			},
		];
	});
}
