import { targetRefusal } from '../../../../nodes/Maileon/trigger/webhook/target';

const MAILEON = 'https://api.maileon.com/1.0';
const SANDBOX = 'http://127.0.0.1:8025/1.0';

it.each([
	['https://n8n.example.com/webhook/a', MAILEON],
	['https://n8n.example.com/webhook/a', SANDBOX],
	['http://localhost:5678/webhook/a', SANDBOX],
	['http://127.0.0.1:5678/webhook/a', 'http://localhost:8025/1.0'],
	['http://[::1]:5678/webhook/a', ' http://[::1]:8025/1.0 '],
])('lets Maileon call %s from %s', (url, baseUrl) => {
	expect(targetRefusal(url, baseUrl)).toBeUndefined();
});

it.each<[string, unknown, string]>([
	['http://localhost:5678/webhook/a', MAILEON, 'http://localhost:5678'],
	['https://localhost:5678/webhook/a', MAILEON, 'https://localhost:5678'],
	['http://n8n.example.com/webhook/a', MAILEON, 'http://n8n.example.com'],
	['http://192.168.0.7:5678/webhook/a', SANDBOX, 'http://192.168.0.7:5678'],
	['http://localhost.example.com/webhook/a', SANDBOX, 'http://localhost.example.com'],
	['http://localhost:5678/webhook/a', 'http://127.0.0.1.example.com/1.0', 'http://localhost:5678'],
	['http://localhost:5678/webhook/a', undefined, 'http://localhost:5678'],
	['', SANDBOX, '""'],
])('refuses %j for %j, naming the address and what to set', (url, baseUrl, shown) => {
	const refusal = targetRefusal(url, baseUrl);
	expect(refusal?.message).toBe('Maileon cannot call this n8n.');
	expect(refusal?.details.description).toContain(shown);
	expect(refusal?.details.description).toContain(
		'N8N_WEBHOOK_URL (in older versions of n8n, WEBHOOK_URL)',
	);
	expect(refusal?.details.description).toContain('https');
});
