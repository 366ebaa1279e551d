import { formatTime, isActive } from '../account/contact';
import type { TargetGroup } from '../account/targetGroups';
import { xml } from '../server/answer';
import { notFound } from '../server/refusal';
import type { Call, Route } from '../server/routing';
import { parentElement, textElement } from '../xml';
import { pageOf, pagingQuery } from './paging';

const STANDARD_PAGE_SIZE = 10;

/** Target groups (documentation: target groups). */
export const targetGroupRoutes: Route[] = [
	{
		method: 'GET',
		path: '/targetgroups/count',
		run: (call) => xml(200, textElement('count', call.account.targetGroups.size)),
	},
	{
		method: 'GET',
		path: '/targetgroups',
		query: pagingQuery(),
		run: (call) => {
			const page = pageOf(call, [...call.account.targetGroups.values()], STANDARD_PAGE_SIZE);
			const groups = page.items.map((group) => groupElement(call, group));
			return xml(200, parentElement('targetgroups', groups), page.headers);
		},
	},
	{
		method: 'GET',
		path: '/targetgroups/targetgroup/:groupId',
		run: (call) => {
			const id = call.path.groupId ?? '';
			const group = /^\d{1,15}$/.test(id) ? call.account.targetGroups.get(Number(id)) : undefined;
			if (!group) throw notFound(`target group ${id} isn't found`);
			return xml(200, groupElement(call, group));
		},
	},
];

function groupElement({ account }: Call, group: TargetGroup): string {
	const members = account.membersOf(group);
	const filter = account.contactFilters.get(group.contactFilterId);
	const created = formatTime(group.created);
	return parentElement('targetgroup', [
		textElement('id', group.id),
		textElement('name', group.name),
		textElement('author', group.author),
		textElement('state', 'uptodate'),
		textElement('type', group.type),
		textElement('contact_filter_name', filter?.name ?? null),
		textElement('contact_filter_id', group.contactFilterId),
		textElement('evaluated', formatTime(account.now())),
		textElement('created', created),
		textElement('updated', created),
		textElement('count_active_contacts', members.filter(isActive).length),
		textElement('count_contacts', members.length),
	]);
}
