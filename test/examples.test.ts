/** Each application of `examples/runtime`, by the one command that its README names. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/lib/root.ts';

function example(...args: string[]) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const command = [join(root, 'scripts', 'bootstrap.mjs'), 'example', ...args];
  const result = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

test('chat streams, answers twice from one request, and refuses a visitor who has used up the day', () => {
  const { status, out } = example('chat');
  expect(status).toBe(0);
  expect(out).toMatch(
    /ada: When do you open\?\n {2}At ten.*\n {2}from provider, \$0\.000\d+ \(measured\), ada has \$0\.01/,
  );
  expect(out).toMatch(
    /ben: .*\n.*\n {2}from exact-cache, \$0 \(measured\), \$0\.000\d+ saved, ben has \$0\.015 left today/,
  );
  expect(out).toMatch(
    /eve: And about the sun\.\n {2}402 budget_exceeded: user "eve", day: this request could cost up to/,
  );
  expect(out).toMatch(
    /farthing-runtime report\nfarthing\.db: 6 calls, .*\n\$0\.0085\d+ spent, .*, 17% hits, 0% errors, 1 refused/,
  );
});

test('chat serves until it is interrupted, and then prints its ledger', async () => {
  const command = [join(root, 'scripts', 'bootstrap.mjs'), 'example', 'chat', '--serve'];
  // A separate process group, like a terminal's: an interrupt reaches all of it.
  const child = spawn(process.execPath, command, {
    cwd: root,
    detached: true,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const ended = once(child, 'exit');
  try {
    await expect.poll(() => out).toMatch(/http:\/\/127\.0\.0\.1:\d+\/chat/);
    const url = /http:\/\/[\d.:]+\/chat/.exec(out)?.[0] ?? '';
    const post = (body: string) => fetch(url, { method: 'POST', body });
    expect((await post('{"user": "me", "mess')).status).toBe(400);
    expect((await fetch(url)).status).toBe(404);
    const answer = await post(JSON.stringify({ user: 'me', message: 'When do you open?' }));
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(await answer.text()).toMatch(
      /^event: text\n.*event: call\ndata: \{"origin":"provider","cost":\{"amount":\d+/s,
    );
  } finally {
    process.kill(-(child.pid as number), 'SIGINT');
  }
  expect(await ended).toEqual([0, null]);
  expect(out).toContain('farthing.db: 1 call');
});

test('classify asks once for equal reviews, sends short answers to the small model, and ends with its budget', () => {
  const { status, out } = example('classify');
  expect(status).toBe(0);
  expect(out).toContain(' 4  complaint  Zip broke on day two');
  const refused = 'budget "nightly-labels", day: this request could cost up to';
  const day = new RegExp(
    `(\\d+) comparisons written, (\\d+) left for tomorrow\\n {2}${refused} \\$(\\S+); \\$(\\S+) of`,
  ).exec(out);
  const [written = 0, left = 0, couldCost = 0, rest = 0] = day?.slice(1).map(Number) ?? [];
  expect(written + left).toBe(11);
  // Whatever the prices of the day: the one that was refused did not fit, and the last one that was sent did.
  const spentOnComparisons = Number(/compare: 11 calls, .* refused, \$(\S+) spent/.exec(out)?.[1]);
  expect(rest).toBeLessThan(couldCost);
  expect(rest + spentOnComparisons / written).toBeGreaterThanOrEqual(couldCost);
  expect(out).toMatch(
    /label: 12 calls, 3 without the provider, 0 refused.*\n {2}saved: \$0\.\d+ by route, \$0\.\d+ by deduplicate/,
  );
  const [, used] = /\n\$(0\.\d+) of \$0\.01 used today/.exec(out) ?? [];
  expect(Number(used) + rest).toBeCloseTo(0.01, 6);
  expect(out).toMatch(/^claude-haiku-5-5 +9 /m);
});

test('complaints goes from the cheapest of three models to the dearest, and its ledger says what that saved', () => {
  const { status, out } = example('complaints');
  expect(status).toBe(0);
  expect(out).toContain('gpt-6-luna    240 complaints, 0.00 claimed');
  expect(out).toContain('gpt-6-sol      45 complaints, 888.75 claimed');
  expect(out).toContain('gpt-6-astra    15 complaints, 345.00 claimed');
  const row = /^read-complaint +300 +20% +\$(\S+) +\$(\S+) +\$(\S+) +\$(\S+)$/m.exec(out);
  const [cost = 0, dearest = 0, saved = 0, cheapest = 0] = row?.slice(1).map(Number) ?? [];
  // Whatever the prices of the day: one model would have cost more, or known less.
  expect(cheapest).toBeLessThan(cost);
  expect(cost).toBeLessThan(dearest / 2);
  expect(saved).toBeCloseTo(dearest - cost, 3);
});

test('faq answers questions in other words from the cache, and none that only looks the same', () => {
  const { status, out } = example('faq');
  expect(status).toBe(0);
  const [, provider = 0, exact = 0, semantic = 0, wrong] =
    /300 questions\n +(\d+) answered by the provider\n +(\d+) answered from the same question\n +(\d+) answered from the same question in other words\n +(\d+) answered wrongly\n/
      .exec(out)
      ?.map(Number) ?? [];
  expect(provider + exact + semantic).toBe(300);
  expect(wrong).toBe(0);
  // Of 45 different texts, 16 traps and 8 questions must be asked once; the rest is what the cache does not recognise.
  expect(provider).toBeGreaterThanOrEqual(20);
  expect(provider).toBeLessThan(30);
  expect(semantic).toBeGreaterThan(70);
  expect(out).toMatch(/\n\$0\.000\d+ spent, saved: .*\$0\.00\d+ by semantic-cache/);
});

test('rag answers a question again for nothing, and the rules in front of all are read from the provider cache', () => {
  const { status, out } = example('rag');
  expect(status).toBe(0);
  expect(out.match(/other dogs may wait in the yard/g)).toHaveLength(2);
  expect(out).toMatch(
    /answer: 5 calls, 1 from the cache, .*\(2112 of them read by the provider's cache\).* by shape, .* by exact-cache/,
  );
  expect(out).toMatch(/\(exact-cache \$0\.\d+, shape \$0\.\d+\), 18% hits, 0% errors/);
});

test('another name says which there are', () => {
  expect(example('chess')).toEqual({
    status: 2,
    out: '',
    err: 'npm run example -- chat|classify|complaints|faq|rag [--real]\n',
  });
});
