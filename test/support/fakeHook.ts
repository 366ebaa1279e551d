import type { IDataObject, IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';

export const URL_OF_NODE = 'https://n8n.example.com/webhook/a';

/** What Maileon answers to a request of the trigger. */
export type HookAnswering = (options: IHttpRequestOptions) => {
	statusCode: number;
	headers: IDataObject;
	body: string;
};

/** The webhook trigger with a double opt-in as its event, as n8n hands it to registration, without n8n around it. */
export function fakeHook(answerTo: HookAnswering, staticData: IDataObject): IHookFunctions {
	const parameters: IDataObject = { event: 'doi', standardFields: [], options: {} };
	const context = {
		getNode: () => ({ name: 'Maileon Trigger', type: 'maileonTrigger', parameters: {} }),
		getWorkflow: () => ({ id: 'workflow' }),
		getNodeWebhookUrl: () => URL_OF_NODE,
		getWorkflowStaticData: () => staticData,
		getMode: () => 'trigger',
		getActivationMode: () => 'activate',
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: async () => ({ apiKey: 'key', baseUrl: 'https://api.example.com/1.0' }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				answerTo(options),
		},
	};
	return context as unknown as IHookFunctions;
}
