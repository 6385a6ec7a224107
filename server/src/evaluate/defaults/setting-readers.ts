/** Libraries that read settings by name: `env.str("MODEL", "gpt-6-sol")`, NestJS's `config.get('MODEL')`. */
import type { Origin } from '../../ir/origin.ts';
import type { Evaluator } from '../evaluator.ts';
import { literalText, unknown } from '../lattice.ts';
import type { CallArguments, ExternalValue, Value } from '../values.ts';
import { contributedDefault, dynaconfRead } from './project-settings.ts';

interface Reader {
  /** The methods that read one setting; the empty name is a call of the object itself. */
  readonly methods: readonly string[];
  /** True if a setting is a variable of the environment. */
  readonly isEnvironment: boolean;
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['environs', { methods: ['', 'str'], isEnvironment: true }],
  ['environ', { methods: ['', 'str'], isEnvironment: true }],
  ['starlette.config', { methods: [''], isEnvironment: true }],
  ['@nestjs/config', { methods: ['get', 'getOrThrow'], isEnvironment: true }],
  ['vscode', { methods: ['get'], isEnvironment: false }],
]);

/** What a call of `callee` reads; null where it reads no setting. */
export function readSetting(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: CallArguments,
  origin: Origin,
): Value | null {
  const stored = dynaconfRead(evaluator, callee, args, origin);
  if (stored !== null) return stored;
  const reader = READERS.get(callee.module);
  const name = reader && literalText(args.positional[0]);
  if (!reader || name == null) return null;
  const last = callee.steps.at(-1);
  // The object itself is made first, or is known by its type.
  const isOfObject = callee.steps
    .slice(0, last?.kind === 'member' ? -1 : undefined)
    .some(({ kind }) => kind === 'call');
  if (!isOfObject || !reader.methods.includes(last?.kind === 'member' ? last.name : '')) return null;
  const stated = args.named.get('default')?.value ?? args.positional[1];
  const byDefault = stated === undefined || stated.kind === 'null' || stated.kind === 'object' ? null : stated;
  if (reader.isEnvironment) return { ...unknown('environment', byDefault, origin), variable: name };
  const section = callee.steps.findLast(({ kind }) => kind === 'call');
  const outer = section?.kind === 'call' ? literalText(section.args?.positional[0]) : null;
  const setting = outer === null ? name : `${outer}.${name}`;
  return unknown('configuration', byDefault ?? contributedDefault(evaluator, setting, origin), origin);
}

/** `cleanEnv(process.env, { MODEL: str({ default: 'gpt-6-sol' }) }).MODEL`; null of any other value. */
export function validatedVariable({ module, steps }: ExternalValue, name: string, origin: Origin): Value | null {
  const last = steps.at(-1);
  if (module !== 'envalid' || last?.kind !== 'call' || last.args === null) return null;
  const validators = last.args.positional[1];
  const validator = validators?.kind === 'object' ? validators.entries.get(name)?.value : undefined;
  const call = validator?.kind === 'external' ? validator.steps.at(-1) : undefined;
  if (call?.kind !== 'call') return null;
  const options = call.args?.positional[0];
  const byDefault = options?.kind === 'object' ? options.entries.get('default')?.value : undefined;
  return { ...unknown('environment', byDefault ?? null, origin), variable: name };
}
