import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

/** Where n8n asks the node for something: in a run, in the editor, or around a webhook. */
export type ClientContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;
