/**
 * Which addresses Maileon can call.
 * Rests on "Webhooks: outgoing calls": Maileon calls https only.
 */
import { InputRefusal } from '../../input/refusal';
import { isLoopback } from '../../transport/baseUrl';

/**
 * Why Maileon cannot call a URL, in words for the person who activates the workflow; undefined when
 * it can. A Maileon on this machine, as for trying out, may call this machine by http.
 */
export function targetRefusal(url: string, baseUrl: unknown): InputRefusal | undefined {
	const target = URL.canParse(url) ? new URL(url) : undefined;
	if (target && isLoopback(target.hostname)) {
		if (isLoopbackUrl(baseUrl)) return undefined;
		return refusal(`${target.origin} can be reached from this machine only`);
	}
	if (target?.protocol === 'https:') return undefined;
	return refusal(`Maileon calls https addresses only, but this n8n calls itself ${originOf(url)}`);
}

function refusal(reason: string): InputRefusal {
	return new InputRefusal('Maileon cannot call this n8n.', {
		description: `${reason}. Set the environment variable N8N_WEBHOOK_URL (in older versions of n8n, WEBHOOK_URL) to the https address under which this n8n can be reached from the internet, such as https://n8n.example.com/, restart n8n and try again.`,
	});
}

function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : `"${url}"`;
}

function isLoopbackUrl(text: unknown): boolean {
	return (
		typeof text === 'string' &&
		URL.canParse(text.trim()) &&
		isLoopback(new URL(text.trim()).hostname)
	);
}
