/**
 * Settings that a framework takes from a file of the project: Django's module of settings,
 * Dynaconf's files, an editor extension's manifest.
 */
import { type DataFormat, dataIn } from '../../files/settings/data-text.ts';
import type { Origin } from '../../ir/origin.ts';
import { readTextFile } from '../builtins.ts';
import type { Evaluator } from '../evaluator.ts';
import { alternativesOf, literalText, mergeInto, text, unknown } from '../lattice.ts';
import { exportOf } from '../names.ts';
import type { CallArguments, ExternalValue, Value } from '../values.ts';
import { parsedData } from './data-files.ts';

/** Folders above the code in which the file may stand. */
const MAX_PARENTS = 8;
const SETTINGS_MODULE = /["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/;

/** `settings.MODEL` of `from django.conf import settings`; null of any other value. */
export function djangoSetting(evaluator: Evaluator, value: ExternalValue, name: string, origin: Origin): Value | null {
  const [step, ...rest] = value.steps;
  if (value.module !== 'django.conf' || step?.kind !== 'member' || step.name !== 'settings' || rest.length > 0)
    return null;
  for (const manage of above(origin.path, 'manage.py')) {
    const specifier = SETTINGS_MODULE.exec(evaluator.host.readText(manage) ?? '')?.[1];
    const resolved = specifier === undefined ? null : evaluator.host.resolve(manage, specifier);
    if (resolved?.kind !== 'module') continue;
    const stated = exportOf(evaluator, resolved.path, name);
    const isPlain = alternativesOf(stated).every(
      ({ kind }) => kind === 'text' || kind === 'object' || kind === 'unknown',
    );
    return isPlain ? unknown('configuration', stated, origin) : stated;
  }
  return null;
}

/** `settings.section.model` of `Dynaconf(settings_files=[...])`, whose names have no case; null of any other value. */
export function dynaconfSetting(
  evaluator: Evaluator,
  value: ExternalValue,
  name: string,
  origin: Origin,
): Value | null {
  const [step, call, ...rest] = value.steps;
  if (value.module !== 'dynaconf' || step?.kind !== 'member' || call?.kind !== 'call' || rest.length > 0) return null;
  const files = call.args?.named.get('settings_files')?.value ?? call.args?.named.get('settings_file')?.value;
  const paths = files?.kind === 'array' ? files.items : files ? [files] : [];
  const stated = paths.flatMap((path) => {
    const format = /\.(toml|ya?ml|json)$/i.exec(literalText(path) ?? '')?.[1]?.toLowerCase();
    if (format === undefined) return [];
    const content = readTextFile(evaluator, path, origin);
    const data = parsedData(content, format === 'yml' ? 'yaml' : (format as DataFormat), origin);
    const found = data && memberOfAnyCase(evaluator, data, name, origin);
    return found ? [found] : [];
  });
  return stated.reduce<Value | null>((before, after) => merged(before, after, origin), null);
}

/** Later files replace what earlier ones state, and add to their sections. */
function merged(before: Value | null, after: Value, origin: Origin): Value {
  const [first, second] = [before, after].map((value) => (value?.kind === 'unknown' ? value.hint : value));
  if (first?.kind !== 'object' || second?.kind !== 'object') return after;
  return unknown('configuration', mergeInto(first, second), origin);
}

/** `settings.get('section.model', byDefault)`; null of any other call. */
export function dynaconfRead(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: CallArguments,
  origin: Origin,
): Value | null {
  const last = callee.steps.at(-1);
  if (callee.module !== 'dynaconf' || last?.kind !== 'member' || last.name !== 'get') return null;
  const path = literalText(args.positional[0]);
  if (path === null) return null;
  const [first = '', ...names] = path.split('.');
  const settings = { ...callee, steps: callee.steps.slice(0, -1) };
  let value: Value | null = dynaconfSetting(evaluator, settings, first, origin);
  for (const name of names) value = value && memberOfAnyCase(evaluator, value, name, origin);
  return value ?? unknown('configuration', args.positional[1] ?? null, origin);
}

function memberOfAnyCase(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value | null {
  const table = value.kind === 'unknown' ? value.hint : value;
  if (table?.kind !== 'object') return null;
  const key = [...table.entries.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? null : evaluator.member(value, key, origin);
}

/** The default of `getConfiguration(section).get(name)`, as the extension's manifest has it. */
export function contributedDefault(evaluator: Evaluator, setting: string, origin: Origin): Value | null {
  for (const manifest of above(origin.path, 'package.json')) {
    const written = evaluator.host.readText(manifest);
    if (written === null || !written.includes(setting)) continue;
    const contributed = memberIn(memberIn(dataIn(written, 'json'), 'contributes'), 'configuration');
    for (const group of Array.isArray(contributed) ? contributed : [contributed]) {
      const stated = memberIn(memberIn(memberIn(group, 'properties'), setting), 'default');
      if (typeof stated === 'string') return text(stated);
    }
  }
  return null;
}

function memberIn(data: unknown, name: string): unknown {
  return data instanceof Map ? data.get(name) : null;
}

/** The paths of a file of this name in the folders from the module's own upwards. */
function above(path: string, name: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  return Array.from({ length: Math.min(folders.length, MAX_PARENTS) }, (_, level) =>
    [...folders.slice(0, folders.length - level), name].join('/'),
  );
}
