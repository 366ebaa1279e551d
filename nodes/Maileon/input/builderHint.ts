import type { INodeProperties } from 'n8n-workflow';

/**
 * A parameter with what an AI that builds workflows has to know besides. n8n 2.x hands it to its own; n8n 1.x,
 * whose types do not know it, passes it over.
 */
export function withBuilderHint<Field extends INodeProperties>(
	field: Field,
	propertyHint: string,
): Field {
	return { ...field, builderHint: { propertyHint } };
}
