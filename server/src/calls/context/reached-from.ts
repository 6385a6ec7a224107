/**
 * What a call is reached from: a request handler, a job, a script, a user interface. Judged by the functions around it
 * and those of its module that call them, then by its file. Where several lead to it, the one at which someone waits
 * counts, because that is what limits what may be done about the call.
 */
import type { ReachedFrom } from '@farthing/shared/vocabulary';
import { callsOf } from '../../evaluate/callers.ts';
import type { CallRecord, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import { isNotebook } from '../../files/paths.ts';
import type { Call, FunctionNode } from '../../ir/nodes.ts';
import { isRunByModule } from '../facts/module-reachability.ts';
import {
  type Entry,
  entryOfDecorator,
  entryOfModule,
  entryOfPath,
  entryOfRegistration,
  isExample,
} from './entry-kinds.ts';

/** Someone waits first. */
const ORDER: readonly Entry[] = ['handler', 'ui', 'job', 'script'];
/** Functions that are looked at on the way up. */
const MAX_FUNCTIONS = 60;
/** Functions by which a program starts, and by which a platform calls it. */
const PROGRAM = /^(?:main|_main|cli|run_main|async_main|amain)$/;
const PLATFORM = /^(?:lambda_handler|handler|onRequest|getServerSideProps|getStaticProps|fetch)$/;
const WEB_METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|get|post|put|patch|delete|dispatch|list|create)$/;
const VIEW_BASE = /View|Viewset|Resource|Handler|Controller|Endpoint/i;

/** `path` is relative to the scanned root. */
export function reachedFrom(record: CallRecord, path: string, isTest: boolean): ReachedFrom {
  if (isTest) return 'test';
  if (isExample(path)) return 'example';
  const { module } = record.scope;
  const { text } = module.loaded;
  const byModule = entryOfModule(text, module.imports);
  // What stands at module level runs once, whatever the functions beside it are for.
  if (enclosing(record.scope).length === 0) return byModule ?? 'script';
  const found = functionsAbove(record).flatMap((scope) => entryOf(scope, module) ?? []);
  const byFile = byModule ?? entryOfPath(path);
  const byCode = ORDER.find((entry) => found.includes(entry));
  if (byCode !== undefined && !(byCode === 'handler' && byFile === 'job')) return byCode;
  if (byFile !== null) return byFile;
  return runsAlone(record, path) ? 'script' : 'unknown';
}

/** The more attended of several ways to a call. */
export function mostAttended(all: readonly ReachedFrom[]): ReachedFrom {
  return ORDER.find((entry) => all.includes(entry)) ?? all.find((entry) => entry !== 'unknown') ?? 'unknown';
}

/** A function that the cells of a notebook or a program's entry call. */
function runsAlone(record: CallRecord, path: string): boolean {
  return isNotebook(path) ? isRunByModule(record) : isProgram(record.scope.module) && isRunByModule(record);
}

const programs = new WeakMap<ModuleScope, boolean>();

/** True for a Python file with an entry, `if __name__ == "__main__":`. */
function isProgram(module: ModuleScope): boolean {
  const before = programs.get(module);
  if (before !== undefined) return before;
  const hasEntry = /^if __name__ ==/m.test(module.loaded.text);
  programs.set(module, hasEntry);
  return hasEntry;
}

/** The functions around the call, and those in its module that call one of them by name. */
function functionsAbove(record: CallRecord): readonly Scope[] {
  const seen = new Set(enclosing(record.scope));
  for (const scope of seen) {
    if (seen.size >= MAX_FUNCTIONS) break;
    if (scope.name === null) continue;
    for (const caller of callsOf(scope.module).get(scope.name) ?? []) {
      for (const outer of enclosing(caller.scope)) seen.add(outer);
    }
  }
  return [...seen];
}

function enclosing(scope: Scope): readonly Scope[] {
  const found: Scope[] = [];
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function') found.push(current);
  }
  return found;
}

function entryOf(scope: Scope, module: ModuleScope): Entry | null {
  const node = scope.node as FunctionNode;
  for (const decorator of node.decorators) {
    const entry = entryOfDecorator(decorator);
    if (entry !== null) return entry;
  }
  const registrations = registrationsIn(module);
  const calls = [...(registrations.byFunction.get(node) ?? []), ...(registrations.byName.get(scope.name ?? '') ?? [])];
  for (const call of calls) {
    const entry = entryOfRegistration(call);
    if (entry !== null) return entry;
  }
  const { name, ownerClass } = scope;
  if (name === null) return null;
  if (PROGRAM.test(name)) return 'script';
  if (PLATFORM.test(name) && scope.parent?.kind === 'module') return 'handler';
  return ownerClass !== null && WEB_METHOD.test(name) && isView(ownerClass) ? 'handler' : null;
}

function isView({ node }: Scope): boolean {
  const { bases } = node as {
    readonly bases: readonly { readonly kind: string; readonly name?: string; readonly property?: string }[];
  };
  return bases.some((base) => VIEW_BASE.test(base.name ?? base.property ?? ''));
}

interface Registrations {
  readonly byFunction: ReadonlyMap<FunctionNode, readonly Call[]>;
  readonly byName: ReadonlyMap<string, readonly Call[]>;
}

const known = new WeakMap<ModuleScope, Registrations>();

/** The calls of a module to which functions are handed, by the function and by its name. */
function registrationsIn(module: ModuleScope): Registrations {
  const before = known.get(module);
  if (before) return before;
  const byFunction = new Map<FunctionNode, Call[]>();
  const byName = new Map<string, Call[]>();
  for (const { node } of module.calls) {
    for (const { value } of node.arguments) {
      if (value.kind === 'function') byFunction.set(value, [...(byFunction.get(value) ?? []), node]);
      if (value.kind === 'name') byName.set(value.name, [...(byName.get(value.name) ?? []), node]);
      // `schemaTask({ id, run: async () => ... })`
      if (value.kind !== 'object') continue;
      for (const entry of value.entries) {
        if (entry.kind === 'spread' || entry.value.kind !== 'function') continue;
        byFunction.set(entry.value, [...(byFunction.get(entry.value) ?? []), node]);
      }
    }
  }
  const registrations = { byFunction, byName };
  known.set(module, registrations);
  return registrations;
}
