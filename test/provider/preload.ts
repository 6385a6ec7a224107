/** `FAKE_PROVIDER_URL=http://127.0.0.1:PORT node --import test/provider/preload.ts app.ts`: `app.ts` runs without a key. */
import { redirectFetch } from './redirect.ts';

const url = process.env.FAKE_PROVIDER_URL;
if (url === undefined) throw new Error('FAKE_PROVIDER_URL is not set.');
redirectFetch(url);
for (const name of ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY']) process.env[name] ??= 'no-key-is-needed';
