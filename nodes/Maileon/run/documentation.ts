/** Where the pages of this package's documentation are published. n8n takes one page for each node. */
export const DOCUMENTATION =
	'https://github.com/n8n-nodes-maileon-api/n8n-nodes-maileon-api/blob/HEAD/docs';
