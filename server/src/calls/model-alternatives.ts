/** Which models a value may name, and what decides between them. */
import type { ModelDecider, ProviderName } from '@farthing/shared/vocabulary';
import type { ModuleHost, Setting, SettingField, TableColumn } from '../evaluate/modules.ts';
import type { TextValue, UnknownReason, UnknownValue, Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';
import type { ModelChoice } from '../sdks/roles.ts';
import { asModelName } from './model-name.ts';

export interface NamedModel {
  readonly name: string;
  /** The provider of the client that is given the name, if the code says so; null where the call's own counts. */
  readonly provider: ProviderName | null;
  readonly decidedBy: ModelDecider;
  /** Where the code writes the name. */
  readonly origin: Origin | null;
  /** Where a file of settings states it. */
  readonly setting: Setting | null;
}

export interface NamedModels {
  /** Each name once, in the order of the code. */
  readonly models: readonly NamedModel[];
  /** True if the model may be another one: the code does not say which. */
  readonly isOpen: boolean;
}

/** What the repository's settings state for a variable or a field, as the module that reads it sees them. */
export type SettingsOf = (wanted: string | SettingField | TableColumn, reader: string | null) => readonly Setting[];

/** What the files near the module at `from` state. */
export function statedIn(host: ModuleHost, from: string, wanted: Parameters<SettingsOf>[0]): readonly Setting[] {
  if (typeof wanted === 'string') return host.settings(from, wanted);
  return 'table' in wanted ? host.columnSettings(from, wanted) : host.fieldSettings(from, wanted);
}

/** What decides between several defaults of an unknown value. */
const DECIDERS: Readonly<Partial<Record<UnknownReason, ModelDecider>>> = { item: 'lookup', parameter: 'caller' };

/** Values nest in defaults of defaults, but not like this. */
const MAX_DEPTH = 6;
/** In example settings, a place to fill in. */
const PLACEHOLDER =
  /^(?:x{3,}|your|my-|<|todo|change|replace|insert|placeholder|none$|null$|true$|false$|\d+$)|your[-_]/i;

export function modelAlternatives(value: Value, settingsOf: SettingsOf): NamedModels {
  const collector = new Collector(settingsOf);
  collector.add(value, 'code', 0);
  return { models: [...collector.models.values()], isOpen: collector.isOpen };
}

/** The same over clients of several providers, each with the names that it may be given. */
export function alternativesByProvider(choices: readonly ModelChoice[], settingsOf: SettingsOf): NamedModels {
  const models = new Map<string, NamedModel>();
  let isOpen = false;
  for (const { value, provider } of choices) {
    const collector = new Collector(settingsOf, provider);
    collector.add(value, choices.length > 1 ? 'branch' : 'code', 0);
    isOpen ||= collector.isOpen;
    for (const model of collector.models.values()) {
      const key = `${provider ?? ''} ${model.name}`;
      if (!models.has(key)) models.set(key, model);
    }
  }
  return { models: [...models.values()], isOpen };
}

class Collector {
  readonly models = new Map<string, NamedModel>();
  isOpen = false;
  readonly #settingsOf: SettingsOf;
  readonly #provider: ProviderName | null;

  constructor(settingsOf: SettingsOf, provider: ProviderName | null = null) {
    this.#settingsOf = settingsOf;
    this.#provider = provider;
  }

  /** `decidedBy` is what leads to this value among others. */
  add(value: Value, decidedBy: ModelDecider, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.isOpen = true;
      return;
    }
    switch (value.kind) {
      case 'text':
        this.#addText(value, decidedBy, depth);
        return;
      case 'oneOf':
        for (const alternative of value.alternatives) {
          this.add(alternative, decidedBy === 'code' ? 'branch' : decidedBy, depth + 1);
        }
        return;
      case 'unknown':
        this.#addUnknown(value, depth);
        return;
      case 'null':
        return;
      default:
        this.isOpen = true;
    }
  }

  #addUnknown({ hint, among, reason, variable, field, column, isClaimed, origin }: UnknownValue, depth: number): void {
    if (among === undefined || isClaimed === true) this.isOpen = true;
    if (hint !== null && hint !== among) {
      // Several defaults are what several callers pass, or what a loop goes through.
      this.add(hint, hint.kind === 'text' ? 'default' : (DECIDERS[reason] ?? 'default'), depth + 1);
    }
    // A table is looked up; what a type allows is passed by a caller.
    if (among !== undefined) this.add(among, among === hint ? 'lookup' : 'caller', depth + 1);
    for (const wanted of [variable, field, column]) {
      if (wanted === undefined) continue;
      for (const setting of this.#settingsOf(wanted, origin?.path ?? null)) {
        if (!PLACEHOLDER.test(setting.value)) this.#name(setting.value, 'settings', null, setting);
      }
    }
  }

  /** `openai/${model}`: the text around the only hole belongs to each name in it. */
  #addText({ segments, origin }: TextValue, decidedBy: ModelDecider, depth: number): void {
    const holes = segments.filter((segment) => segment.kind === 'hole');
    const [hole] = holes;
    if (hole === undefined) {
      const text = segments.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('');
      this.#name(text, decidedBy, origin, null);
      return;
    }
    if (holes.length > 1) {
      this.isOpen = true;
      return;
    }
    const within = new Collector(this.#settingsOf);
    within.add(hole.value, decidedBy, depth + 1);
    this.isOpen ||= within.isOpen || within.models.size === 0;
    for (const model of within.models.values()) {
      const name = segments.map((segment) => (segment.kind === 'literal' ? segment.text : model.name)).join('');
      this.#name(name, model.decidedBy, model.origin, model.setting);
    }
  }

  #name(text: string, decidedBy: ModelDecider, origin: Origin | null, setting: Setting | null): void {
    const name = asModelName(text.trim());
    if (name === null) {
      this.isOpen = true;
      return;
    }
    if (!this.models.has(name)) {
      this.models.set(name, { name, provider: this.#provider, decidedBy, origin, setting });
    }
  }
}

/** The default model; null if the code names none, or several equally likely ones. */
export function defaultOf({ models }: NamedModels): string | null {
  const defaults = models.filter(({ decidedBy }) => decidedBy === 'default');
  const [only, ...others] = defaults.length > 0 ? defaults : models;
  return only === undefined || others.length > 0 ? null : only.name;
}
