/**
 * Objects of the project's classes that a package makes from data which only a run knows (`Config.model_validate(data)`):
 * what the data holds is not known, but fields have the defaults that the class states.
 */
import { basesOf } from '../classes/class-members.ts';
import type { Evaluator } from '../evaluator.ts';
import type { CallArguments, ClassValue, ExternalValue, InstanceValue } from '../values.ts';

const PYDANTIC: ReadonlySet<string> = new Set([
  'model_validate',
  'model_validate_json',
  'model_validate_strings',
  'model_construct',
  'parse_obj',
  'parse_raw',
  'parse_file',
  'from_orm',
  'construct',
]);
const SERIALIZED: ReadonlySet<string> = new Set([
  'from_dict',
  'from_json',
  'from_yaml',
  'from_toml',
  'from_json_file',
  'from_yaml_file',
  'from_toml_file',
  'from_msgpack',
]);

/** By package, the methods of its base classes, or those that its decorators add, which make an object of the class. */
const CONSTRUCTORS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['pydantic', PYDANTIC],
  ['pydantic_settings', PYDANTIC],
  ['sqlmodel', PYDANTIC],
  ['dataclasses_json', SERIALIZED],
  ['dataclass_wizard', SERIALIZED],
  ['mashumaro', SERIALIZED],
]);

/** Functions that are given the class, by dotted name: its position, and the name that it may have instead. */
const PARSERS: ReadonlyMap<string, readonly [position: number, name: string]> = new Map([
  ['pydantic.parse_obj_as', [0, 'type_']],
  ['pydantic.TypeAdapter.validate_python', [0, 'type']],
  ['pydantic.TypeAdapter.validate_json', [0, 'type']],
  ['dacite.from_dict', [0, 'data_class']],
  ['dacite.core.from_dict', [0, 'data_class']],
  ['cattrs.structure', [1, 'cl']],
  ['cattr.structure', [1, 'cl']],
  ['msgspec.convert', [1, 'type']],
  ['msgspec.json.decode', [1, 'type']],
  ['msgspec.yaml.decode', [1, 'type']],
  ['msgspec.toml.decode', [1, 'type']],
  ['omegaconf.OmegaConf.structured', [0, 'obj']],
  ['tyro.cli', [0, 'f']],
  ['pyrallis.parse', [0, 'config_class']],
  ['simple_parsing.parse', [0, 'config_class']],
]);

/** How many base classes are followed. */
const MAX_BASES = 5;

/** What `type.method(...)` makes; null if the method is not one that a package provides for it. */
export function parsedByClass(evaluator: Evaluator, type: ClassValue, method: string): InstanceValue | null {
  if (!NAMES.has(method) || !isProvided(evaluator, type, method, 0)) return null;
  return { kind: 'instance', class: type, args: null };
}

const NAMES: ReadonlySet<string> = new Set([...PYDANTIC, ...SERIALIZED]);

function isProvided(evaluator: Evaluator, type: ClassValue, method: string, level: number): boolean {
  if (type.node.members.some(({ name }) => name === method)) return false;
  const decorators = type.node.decorators.map((decorator) => evaluator.evaluate(decorator, type.frame));
  return [...basesOf(evaluator, type), ...decorators].some((base) =>
    base.kind === 'class'
      ? level < MAX_BASES && isProvided(evaluator, base, method, level + 1)
      : base.kind === 'external' && CONSTRUCTORS.get(base.module.split('.')[0] ?? '')?.has(method) === true,
  );
}

/** What a package's function makes of the class that it, or the object that it belongs to, is given. */
export function parsedByFunction({ module, steps }: ExternalValue, args: CallArguments): InstanceValue | null {
  const names = steps.flatMap((step) => (step.kind === 'member' ? [step.name] : []));
  const parameter = PARSERS.get([module, ...names].join('.'));
  if (parameter === undefined) return null;
  const [position, name] = parameter;
  const maker = steps.find((step) => step.kind === 'call');
  const given = maker?.kind === 'call' ? maker.args : args;
  const type = given?.positional[position] ?? given?.named.get(name)?.value;
  return type?.kind === 'class' ? { kind: 'instance', class: type, args: null } : null;
}
