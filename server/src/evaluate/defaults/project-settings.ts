/** Settings that a framework takes from a file of the project: Django's module of settings, an editor extension's manifest. */
import { dataIn } from '../../files/data-text.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Evaluator } from '../evaluator.ts';
import { alternativesOf, text, unknown } from '../lattice.ts';
import { exportOf } from '../names.ts';
import type { ExternalValue, Value } from '../values.ts';

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
