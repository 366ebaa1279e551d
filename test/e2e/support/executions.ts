import { waitFor, type Execution, type N8nClient } from '../../../scripts/n8n';

export interface ListedExecution {
	id: string;
	mode: string;
	status: string;
}

/** Waits until so many executions of the workflow have ended well, and gives them, the latest first. */
export async function executions(
	client: N8nClient,
	workflowId: string,
	count: number,
): Promise<ListedExecution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	return await waitFor(`${count} executions`, async () => {
		const { results } = (await client.send('GET', `/rest/executions?filter=${filter}`)) as {
			results: ListedExecution[];
		};
		const ended = results.filter(({ status }) => status === 'success');
		return ended.length >= count && ended.length === results.length ? results : undefined;
	});
}

/** How an execution ended, with the words of its error if there is one. */
export function outcomeOf({ status, error }: Execution): { status: string; error?: string } {
	return { status, error: error?.message };
}
