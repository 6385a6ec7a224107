/**
 * The fake provider as a separate process: `node test/provider/main.ts [--port 0] [--quick]`. It prints one line,
 * `{"url":"http://127.0.0.1:PORT"}`, and runs until it is asked to end, or until the process that forked it is gone.
 */
import { parseArgs } from 'node:util';
import { startFakeProvider } from './server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, quick: { type: 'boolean', default: false } },
});
const provider = await startFakeProvider({ port: Number(values.port), quick: values.quick });
process.stdout.write(`${JSON.stringify({ url: provider.url })}\n`);

// The channel to the process that forked it says that it is gone, and keeps nothing alive.
process.channel?.unref();
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(signal, () => void provider.close());
