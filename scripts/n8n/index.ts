/**
 * A real n8n on 127.0.0.1, started and driven as a person would: the package installed by its name, an
 * owner, credentials and workflows made and run over n8n's own REST interface. Works with n8n 1.x and 2.x.
 */

export { N8nClient, type Login } from './client';
export type { Host } from './environment';
export { itemsOf, type Execution, type NodeRun, type OutputItem } from './execution';
export { freePort } from './port';
export { N8nAnswerError } from './request';
export { startN8n, type N8nOptions, type N8nPart, type RunningN8n } from './start';
export { readVitals, vitalsInto, type Vitals } from './vitals';
export { waitFor } from './wait';
export type * from './workflow';
