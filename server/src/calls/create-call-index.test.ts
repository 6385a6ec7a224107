import { describe, expect, it } from 'vitest';
import { Evaluator } from '../evaluate/evaluator.ts';
import { memoryHost } from '../evaluate/test-host.ts';
import { testCall } from '../rules/support/testing.ts';
import type { LlmCall } from './call.ts';
import { createCallIndex } from './create-call-index.ts';
import { functionCallsIn } from './function-calls.ts';

/** A call in `fn` of the file at `path`, at `start`, with its model written at `model` of models.ts. */
function callAt(path: string, fn: string | null, start: number, model = 10): LlmCall {
  return testCall({
    id: `${path}:${start}`,
    origin: { path, start, end: start + 5 },
    function: fn,
    model: { value: 'm', source: 'constant', hint: null, origin: { path: '/models.ts', start: model, end: model + 3 } },
  });
}

/** An index over `files` in which each entry of `calls` is a request. */
function indexOver(files: Record<string, string>, calls: readonly LlmCall[] = []) {
  const evaluator = new Evaluator(memoryHost(files));
  const index = createCallIndex({
    isComplete: () => true,
    functionCallsIn: (path) => functionCallsIn(path, evaluator),
  });
  for (const path of Object.keys(files)) {
    index.set(
      path,
      calls.filter(({ origin }) => origin.path === path),
    );
  }
  return index;
}

const idsOf = (calls: readonly LlmCall[]) => calls.map(({ id }) => id);

describe('calls by what they share', () => {
  it('finds the calls of all files that take their model from one place, in the order of paths', () => {
    const index = indexOver({ '/b.ts': '', '/a.ts': '' }, [
      callAt('/b.ts', 'b', 3),
      callAt('/a.ts', 'late', 9),
      callAt('/a.ts', 'early', 1),
      callAt('/a.ts', 'other', 4, 99),
    ]);
    const shared = index.byModelOrigin({ path: '/models.ts', start: 10, end: 13 });
    expect(idsOf(shared)).toEqual(['/a.ts:1', '/a.ts:9', '/b.ts:3']);
    expect(index.byId('/a.ts:4')?.function).toBe('other');
  });

  it('follows edits: a file takes back what it had contributed', () => {
    const index = indexOver({ '/a.ts': '', '/b.ts': '' }, [callAt('/a.ts', 'a', 1), callAt('/b.ts', 'b', 1)]);
    index.set('/a.ts', [callAt('/a.ts', 'a', 7, 20)]);
    expect(idsOf(index.byModelOrigin({ path: '/models.ts', start: 10, end: 13 }))).toEqual(['/b.ts:1']);
    expect(idsOf(index.byModelOrigin({ path: '/models.ts', start: 20, end: 23 }))).toEqual(['/a.ts:7']);
    expect(index.byId('/a.ts:1')).toBeNull();
    index.delete('/b.ts');
    expect(idsOf(index.calls())).toEqual(['/a.ts:7']);
  });

  it('keeps the feature calls of requests that move, until it is told what these lead to now', () => {
    const index = indexOver({});
    const requestAt = (id: string, start: number) => ({ ...callAt('/ask.ts', 'ask', start), id });
    const feature = (id: string, ...starts: number[]) => {
      const ends = starts.map((start) => ({ origin: { path: '/ask.ts', start, end: start + 5 }, function: 'ask' }));
      return { ...callAt(`/${id}.ts`, null, 1), id, via: ends.slice(0, 1), leadsTo: ends };
    };
    const [first, second] = [requestAt('first', 10), requestAt('second', 20)];
    index.set('/ask.ts', [first, second]);
    index.set('/a.ts', [feature('a', 10)]);
    index.set('/b.ts', [feature('b', 10, 20)]);
    // The first request moves to where the second stood. One caller is asked before the file itself, and one is not.
    index.delete('/ask.ts');
    for (const path of ['/a.ts', '/b.ts']) index.outdate(path);
    index.set('/a.ts', [feature('a', 20)]);
    const [moved, last] = [requestAt('first', 20), requestAt('second', 30)];
    index.set('/ask.ts', [moved, last]);
    expect(idsOf(index.featuresOf(moved))).toEqual(['a', 'b']);
    expect(idsOf(index.featuresOf(last))).toEqual(['b']);
    expect(idsOf(index.requestsOf(feature('b', 20, 30)))).toEqual(['first', 'second']);
    expect(index.featuresOf(moved).flatMap((one) => idsOf(index.requestsOf(one)))).toEqual([
      'first',
      'first',
      'second',
    ]);
    index.set('/b.ts', []);
    expect(idsOf(index.featuresOf(moved))).toEqual(['a']);
    expect(idsOf(index.featuresOf(last))).toEqual([]);
  });
});

describe('functions across files', () => {
  const FILES = {
    '/llm.ts': 'export async function ask(text) { return client.create(text); }\nfunction warm() { ask("x"); }',
    '/index.ts': "export { ask as complete } from './llm';",
    '/title.ts': "import { complete } from './index';\nexport const title = (text) => complete(`Title: ${text}`);",
    '/job.ts': "import * as titles from './title';\nfor (const text of texts) titles.title(text);",
  };
  const REQUEST = callAt('/llm.ts', 'ask', 40);

  it('finds callers in the same file, over re-exports and over namespaces', () => {
    const index = indexOver(FILES);
    const callers = index.callersOf({ path: '/llm.ts', name: 'ask' });
    expect(callers.map(({ caller }) => `${caller.path} ${caller.name}`)).toEqual(['/llm.ts warm', '/title.ts title']);
    const [job] = index.callersOf({ path: '/title.ts', name: 'title' });
    expect(job?.caller).toEqual({ path: '/job.ts', name: null });
  });

  it('finds the methods of an object that the project makes', () => {
    const index = indexOver({
      '/llm.py': 'class Llm:\n    def ask(self, text):\n        return 1\n',
      '/main.py': 'from .llm import Llm\n\nllm = Llm()\n\ndef run():\n    llm.ask("x")\n',
    });
    const callers = index.callersOf({ path: '/llm.py', name: 'Llm.ask' });
    expect(callers.map(({ caller }) => caller)).toEqual([{ path: '/main.py', name: 'run' }]);
  });

  it('says which requests a function leads to, and over which calls', () => {
    const index = indexOver(FILES, [REQUEST]);
    const [request, ...rest] = index.reaches({ path: '/job.ts', name: null });
    expect(rest).toEqual([]);
    expect(request?.call.id).toBe(REQUEST.id);
    expect(request?.via.map(({ callee }) => callee.name)).toEqual(['title', 'ask']);
    expect(index.reaches({ path: '/llm.ts', name: 'ask' })).toEqual([{ call: REQUEST, via: [] }]);
  });

  it('ends where functions call each other in a circle', () => {
    const index = indexOver({ '/a.ts': 'function a() { b(); }\nfunction b() { a(); }' }, [callAt('/a.ts', 'b', 30)]);
    expect(index.reaches({ path: '/a.ts', name: 'a' })).toHaveLength(1);
  });

  it('holds what an inner function does for its outer one', () => {
    const index = indexOver({ '/a.ts': 'function outer() { const inner = () => 1; inner(); }' }, [
      callAt('/a.ts', 'outer.inner', 30),
      callAt('/a.ts', 'outerMost', 90),
    ]);
    expect(idsOf(index.reaches({ path: '/a.ts', name: 'outer' }).map(({ call }) => call))).toEqual(['/a.ts:30']);
  });
});
