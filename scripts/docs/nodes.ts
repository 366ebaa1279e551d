/** What the descriptions of the nodes say, in a form that tables can be made of. */
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

export interface Nodes {
	actions: readonly INodeTypeDescription[];
	trigger: INodeTypeDescription;
	reportTrigger: INodeTypeDescription;
}

export interface NamedOperation {
	resource: string;
	operation: string;
	description: string;
	/** Whether AI agents can use it. */
	forAgents: boolean;
	/** Its parameters, in the order of the panel. */
	parameters: INodeProperties[];
}

/** Every operation of the action nodes by `resource.operation`, in menu order. */
export function operationsOf({ actions }: Pick<Nodes, 'actions'>): Map<string, NamedOperation> {
	return new Map(actions.flatMap(operationsOfNode));
}

function operationsOfNode(action: INodeTypeDescription): Array<[string, NamedOperation]> {
	return resourcesOf(action).flatMap((resource) => {
		const menu = action.properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
		);
		return choicesOf(menu).map((operation): [string, NamedOperation] => [
			`${resource.value}.${operation.value}`,
			{
				resource: resource.name,
				operation: operation.name,
				description: operation.description ?? '',
				forAgents: ![resource, operation].some(isHiddenFromAgents),
				parameters: action.properties.filter(
					({ displayOptions: { show } = {} }) =>
						show?.resource?.includes(resource.value) && show.operation?.includes(operation.value),
				),
			},
		]);
	});
}

/** The choices of the Resource menu, which is hidden where there is one. */
function resourcesOf({ properties }: INodeTypeDescription): INodePropertyOptions[] {
	return choicesOf(properties.find(({ name }) => name === 'resource'));
}

/** The events that a trigger can start on. */
export function eventsOf(trigger: INodeTypeDescription): INodePropertyOptions[] {
	return choicesOf(trigger.properties.find(({ name }) => /^events?$/.test(name)));
}

/** The choices of a menu. */
export function choicesOf(property: INodeProperties | undefined): INodePropertyOptions[] {
	return (property?.options ?? []).filter(
		(option): option is INodePropertyOptions => 'value' in option,
	);
}

/** The parameters within a collection. */
export function membersOf(property: INodeProperties): INodeProperties[] {
	return (property.options ?? []).filter((option): option is INodeProperties => 'type' in option);
}

/** The groups of a fixed collection. */
export function groupsOf(property: INodeProperties): INodePropertyCollection[] {
	return (property.options ?? []).filter(
		(option): option is INodePropertyCollection => 'values' in option,
	);
}

function isHiddenFromAgents({ displayOptions }: INodePropertyOptions): boolean {
	return displayOptions?.hide?.['@tool']?.includes(true) ?? false;
}
