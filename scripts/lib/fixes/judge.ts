/** What is wrong with a fix that was applied: each property that a fix must have, judged by itself. */
import type { LlmCall } from '../../../server/src/calls/call.ts';
import { originOf } from '../../../server/src/edits/fix.ts';
import type { Origin } from '../../../server/src/ir/origin.ts';
import type { Diagnostic } from '../../../server/src/lint/diagnostic.ts';
import { type Application, type ChangedFile, isSame } from './apply.ts';
import { unintended } from './intent.ts';
import { parseAll, type Source } from './parse.ts';
import type { Parsed } from './tree.ts';
import { type Change, changesBetween } from './tree-changes.ts';

export interface Judgement {
  readonly failures: readonly string[];
  /** False where the file was no sound code for the independent parser to begin with. */
  readonly isJudgedByParser: boolean;
}

/** Judges several at once, since parsing Python takes a process. */
export function judgeAll(
  applications: readonly { readonly diagnostic: Diagnostic; readonly application: Application }[],
): readonly Judgement[] {
  const parsedOf = parseOnce(applications.flatMap(({ application }) => application.files.flatMap(textsOf)));
  return applications.map(({ diagnostic, application }) => {
    const { files } = application;
    const isJudgedByParser = files.every((file) => parsedOf(file.name, file.before).error === null);
    const structure = isJudgedByParser ? structureFailures(application, parsedOf) : [];
    return {
      isJudgedByParser,
      failures: [
        ...structure,
        ...files.flatMap(({ content }) => lineEndFailures(content.before, content.after)),
        ...ownParserFailures(application),
        ...findingFailures(application, diagnostic),
        ...otherCallFailures(application, diagnostic),
      ],
    };
  });
}

type ParsedOf = (name: string, text: string) => Parsed;

function textsOf({ name: path, before, after, outside }: ChangedFile): readonly Source[] {
  return [before, after, ...(outside === null ? [] : [outside])].map((text) => ({ path, text }));
}

function parseOnce(sources: readonly Source[]): ParsedOf {
  const keyOf = (path: string, text: string): string => `${path}\n${text}`;
  const unique = [...new Map(sources.map((source) => [keyOf(source.path, source.text), source]))];
  const results = parseAll(unique.map(([, source]) => source));
  const parsed = new Map(unique.map(([key], index) => [key, results[index]]));
  return (path, text) => parsed.get(keyOf(path, text)) as Parsed;
}

/** By a parser that had no part in the fix: it parses, and its tree and comments say that only the intended changed. */
function structureFailures({ files, fix }: Application, parsedOf: ParsedOf): readonly string[] {
  const failures: string[] = [];
  const changes: Change[] = [];
  for (const { path, name, before, after, outside } of files) {
    const [old, now] = [parsedOf(name, before), parsedOf(name, after)];
    if (now.error !== null) {
      failures.push(`it no longer parses: ${now.error}`);
      continue;
    }
    if (old.comments.join('\n') !== now.comments.join('\n')) failures.push('a comment was lost or changed');
    changes.push(...changesBetween(old.tree, now.tree));
    const elsewhere = outside === null ? [] : changesBetween(old.tree, parsedOf(name, outside).tree);
    const isNamed = elsewhere.every((change) =>
      fix.operations.some((operation) => isVariableOf(change, originOf(operation), path, before)),
    );
    if (!isNamed) failures.push('a place was edited that the call does not name');
  }
  return failures.length > 0 ? failures : unintended(changes, fix.operations);
}

/** A parameter may be written in the literal of a variable that the call mentions. */
function isVariableOf({ around }: Change, origin: Origin, path: string, text: string): boolean {
  const declaration = around.findLast(({ kind }) => /^(?:VariableDeclaration|Assign|AnnAssign)$/.test(kind));
  const target = declaration?.children[0];
  const name = target?.text || target?.children[0]?.text.replace(/^'|'$/g, '');
  if (name === undefined || path !== origin.path) return false;
  return new Set<string>(text.slice(origin.start, origin.end).match(/[\w$]+/g)).has(name);
}

function lineEndFailures(before: string, after: string): readonly string[] {
  const kinds = (text: string): string => [...new Set(text.match(/\r\n|\n|\r/g))].sort().join();
  return kinds(before) === kinds(after) || !/[\r\n]/.test(before) ? [] : ['it mixes line ends'];
}

function ownParserFailures({ reanalysed }: Application): readonly string[] {
  return reanalysed.flatMap(({ before, after }) =>
    after.problem !== null && before.problem === null ? [`a new problem: ${after.problem}`] : [],
  );
}

/**
 * A finding that was not there before is wrong, unless it is about a call that has a price only now, or is advice about a
 * model that the fix has put in: of the model that replaces a retired one, rules about money have something to say.
 */
export function findingFailures(
  { reanalysed, isOfferedAgain }: Pick<Application, 'reanalysed' | 'isOfferedAgain'>,
  diagnostic: Diagnostic,
): readonly string[] {
  const failures: string[] = [];
  const now = reanalysed.flatMap(({ after }) => after.diagnostics);
  const old = reanalysed.flatMap(({ before }) => before.diagnostics);
  if (now.some((other) => isSame(other, diagnostic))) failures.push('the finding is still there');
  if (isOfferedAgain) failures.push('a second application changes more');
  const hadNoPrice = (id: string | null): boolean =>
    reanalysed.some(({ before }) => before.calls.some((call) => call.id === id && call.cost.perCall === null));
  const hasOtherModel = (id: string | null): boolean =>
    reanalysed.some(({ before, after }) => {
      const [was, is] = [before, after].map(({ calls }) => calls.find((call) => call.id === id)?.model.value);
      return was !== is;
    });
  for (const other of now) {
    const isKnown = old.some((known) => isSame(known, other));
    if (!isKnown && !hadNoPrice(other.call) && !(isAdvice(other) && hasOtherModel(other.call)))
      failures.push(`a new finding: ${other.rule}: ${other.message('en')}`);
  }
  return failures;
}

/**
 * Other calls say what they said. One that rests on the place that was changed (a constant, a construction) may change
 * with it, if the fix says that it works there. A call that leads to a request that may change may change with it.
 */
function isAdvice({ severity }: Diagnostic): boolean {
  return severity === 'information' || severity === 'hint';
}

function otherCallFailures({ reanalysed, fix, files }: Application, diagnostic: Diagnostic): readonly string[] {
  const isAnnounced = /\(for every use of this name|where it is constructed|, in [\w.-]+\)/.test(fix.title.en);
  const mayChange = reanalysed
    .flatMap(({ before }) => before.calls)
    .filter((call) => call.id === diagnostic.call || (isAnnounced && files.some((file) => restsOn(call, file))));
  return reanalysed.flatMap(({ before, after }) => {
    if (before.calls.length !== after.calls.length)
      return [`${before.calls.length} calls became ${after.calls.length}`];
    const now = new Map(after.calls.map((call) => [call.id, call]));
    return before.calls.flatMap((call) => {
      const same = now.get(call.id);
      if (same === undefined) return [`the call ${call.id} is gone`];
      if (call.id === diagnostic.call || said(call) === said(same)) return [];
      if (mayChange.some((request) => leadsTo(call, request))) return [];
      const where = `the call at ${call.origin.start} says something else`;
      if (!files.some((file) => restsOn(call, file))) return [where];
      return isAnnounced ? [] : [`${where}, and the title does not say so`];
    });
  });
}

/** True if the call may lead to `request` over functions of the project. */
function leadsTo({ leadsTo: ends }: LlmCall, { origin: request }: LlmCall): boolean {
  return ends.some(({ origin }) => origin.path === request.path && origin.start === request.start);
}

/**
 * What a call says, wherever it stands. Of a feature call with more requests than are followed, the way to the first of
 * them says nothing: it may lead over other functions once one of these was looked at before.
 */
function said(call: LlmCall): string {
  const { via, leadsTo: ends, ...rest } = call;
  return JSON.stringify(call.leadsToMore ? rest : { ...rest, via, ends }, (key, value) =>
    /origin|^(?:at|start|end)$/i.test(key) ? undefined : value,
  );
}

/** True where an edit lies in a place that the call's parts were read from: not in the call itself, nor in its loop. */
function restsOn(call: LlmCall, { path, edits }: ChangedFile): boolean {
  const { origin: _, methodOrigin: __, loop: ___, ...parts } = call;
  return originsIn(parts).some(
    (origin) => origin.path === path && edits.some(({ start, end }) => origin.start <= start && end <= origin.end),
  );
}

function originsIn(value: unknown): readonly Origin[] {
  if (typeof value !== 'object' || value === null) return [];
  const { path, start, end } = value as Partial<Origin>;
  const isOrigin = typeof path === 'string' && typeof start === 'number' && typeof end === 'number';
  return [...(isOrigin ? [{ path, start, end }] : []), ...Object.values(value).flatMap(originsIn)];
}
