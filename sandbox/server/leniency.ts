/**
 * What clients in use send beyond the documentation, and Maileon takes all the same. The sandbox
 * takes it too, and names it in the record of the request: a request that needs none of it is clean.
 */
export type Leniency =
	| 'colon behind the key'
	| 'no particular Accept'
	| 'compressed body'
	| 'trailing slash'
	| 'empty query value'
	| 'identifier of the path in the body'
	| 'ID that is not the key'
	| 'boolean as 0 or 1'
	| 'DOI setting without DOI'
	| 'contact parts in a preference definition'
	| 'null identifier'
	| 'permission without import'
	| 'read-only parts of a webhook'
	| 'root mailing around dispatch options';

/** Notes that a request needs this leniency. */
export type Lenient = (leniency: Leniency) => void;
