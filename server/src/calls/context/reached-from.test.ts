import { describe, expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';
import { mostAttended } from './reached-from.ts';

const py = (body: string, path = '/app/a.py') =>
  onlyCall(
    path,
    `from openai import OpenAI\ndef ask(q):\n    return OpenAI().responses.create(model="m", input=q)\n${body}`,
  ).reachedFrom;
const ts = (body: string, path = '/app/a.ts', head = '') =>
  onlyCall(
    path,
    `${head}import OpenAI from 'openai';\nexport const ask = (q: string) => new OpenAI().responses.create({ model: 'm', input: q });\n${body}`,
  ).reachedFrom;

describe('what a call is reached from', () => {
  it.each([
    ['a route of FastAPI or Flask', '@app.post("/ask")\ndef answer(q):\n    return ask(q)', 'handler'],
    [
      'a view of a class',
      'class Answer(APIView):\n    def post(self, request):\n        return ask(request.data)',
      'handler',
    ],
    ['a function of a platform', 'def lambda_handler(event, context):\n    return ask(event)', 'handler'],
    ['a task of a queue', '@shared_task\ndef label(q):\n    ask(q)', 'job'],
    ['a command', '@click.command()\ndef label(q):\n    ask(q)', 'script'],
    ['a program', 'def main():\n    ask("hi")\nif __name__ == "__main__":\n    main()', 'script'],
    ['a function that only exists', '', 'unknown'],
    ['a caller of a caller', 'def second(q):\n    ask(q)\n@app.get("/x")\ndef first(q):\n    second(q)', 'handler'],
    [
      'a program and a route: someone waits',
      '@app.get("/x")\ndef first(q):\n    ask(q)\ndef main():\n    ask("hi")',
      'handler',
    ],
    ['a page of Streamlit', 'import streamlit as st\ndef page():\n    st.write(ask("hi"))', 'ui'],
  ])('%s in Python', (_, body, expected) => expect(py(body)).toBe(expected));

  it.each([
    ['a route of Express', `app.post('/ask', async (req, res) => res.json(await ask(req.body.q)));`, 'handler'],
    ['a handler by name', `async function answer(c) { return ask(c.q); }\nrouter.get('/x', answer);`, 'handler'],
    [
      'a procedure',
      `export const r = protectedProcedure.input(x).mutation(async ({ input }) => ask(input.q));`,
      'handler',
    ],
    ['a worker', `new Worker('label', async (job) => ask(job.data.q));`, 'job'],
    ['a schedule', `cron.schedule('0 3 * * *', () => ask('hi'));`, 'job'],
    ['a function of a job runner', `schemaTask({ id: 'x', run: async ({ q }) => ask(q) });`, 'job'],
    ['a command', `program.command('ask').action(async (q) => ask(q));`, 'script'],
    ['a map of paths', `cache.get('key', () => ask('hi'));`, 'unknown'],
  ])('%s in TypeScript', (_, body, expected) => expect(ts(body)).toBe(expected));

  it('by directives', () => {
    expect(ts('', '/app/a.ts', `'use server';\n`)).toBe('handler');
    expect(ts('', '/app/a.tsx', `// A form.\n"use client";\n`)).toBe('ui');
  });

  it.each([
    ['/app/api/ask/route.ts', 'handler'],
    ['/src/app/api/cron/label/route.ts', 'job'],
    ['/src/pages/api/ask.ts', 'handler'],
    ['/src/routes/ask/+server.ts', 'handler'],
    ['/src/mail.controller.ts', 'handler'],
    ['/src/jobs/label.ts', 'job'],
    ['/scripts/label.ts', 'script'],
    ['/src/components/chat.ts', 'ui'],
    ['/examples/label.ts', 'example'],
    ['/agents/support_agent_demo/label.ts', 'example'],
    ['/framework_crash_course/label.ts', 'example'],
    ['/src/demographics/label.ts', 'unknown'],
    ['/src/resample/label.ts', 'unknown'],
    ['/src/demo.ts', 'unknown'],
    ['/src/label.test.ts', 'test'],
    ['/src/utils/label.ts', 'unknown'],
  ])('%s', (path, expected) => expect(ts('', path)).toBe(expected));

  it('code at module level is a script, even beside a route', () => {
    const call = (path: string) =>
      onlyCall(path, `import OpenAI from 'openai';\nawait new OpenAI().responses.create({ model: 'm', input: 'hi' });`);
    expect(call('/src/endpoints/check.ts').reachedFrom).toBe('script');
  });
});

it('several ways to a call: the one at which someone waits', () => {
  expect(mostAttended(['script', 'unknown', 'handler'])).toBe('handler');
  expect(mostAttended(['unknown', 'test'])).toBe('test');
  expect(mostAttended([])).toBe('unknown');
});

it('many comments in front take no longer than few', () => {
  const comments = '/* A comment. */ // Another.\n'.repeat(2_000);
  expect(ts('', '/app/a.ts', `${comments}'use server';\n`)).toBe('handler');
  expect(ts('', '/app/a.ts', `${comments}const other = 1;\n`)).toBe('unknown');
});
