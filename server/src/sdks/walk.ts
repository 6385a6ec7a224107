/** The typed walk over a trail, from a package's export to an object or a paid call. Descriptors say what each step does. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { alternativesOf, literalText, NULL } from '../evaluate/lattice.ts';
import type { CallArguments, ExternalValue, Step, Value } from '../evaluate/values.ts';
import { withDecorated } from './decorators.ts';
import type { CallDescriptor, SdkDescriptor } from './descriptor.ts';
import { enter } from './entry-points.ts';
import { type Fields, readFields } from './fields.ts';
import { exportAt, type Registry } from './registry.ts';
import { NO_ROLES, overlay, type Roles, readRoles } from './roles.ts';
import { pay, withModel } from './steps/pay.ts';
import { taken, takeStep } from './steps/take.ts';
import type { Trails } from './steps/trails.ts';
import { switched } from './switches.ts';
import { OTHER, type SdkCall, type Walked } from './trail-result.ts';
import { fresh, named, payerOf, read, type State, shown, typeOf } from './trail-state.ts';

export interface WalkOptions {
  /** The project's own addresses: host, or the beginning of a URL, to provider. */
  readonly baseUrls?: Readonly<Record<string, ProviderName>>;
}

export interface Walker {
  /** The meaning of a trail; null if no SDK is known or its descriptor does not know the trail. Cached by identity. */
  readonly walk: (value: ExternalValue) => Walked | null;
  /** The argument that the trail's last call gives back unchanged (`wrapOpenAI(client)`); null for any other. */
  readonly passedValue: (value: ExternalValue) => Value | null;
  /** Roles and provider of a call on a known method, with no more known of its receiver. */
  readonly callOf: (sdk: SdkDescriptor, call: CallDescriptor, args: CallArguments) => Walked;
  /** The call with `model`, where nothing else said which; null if that only stands in for one. */
  readonly withModel: (call: SdkCall, model: Value) => SdkCall | null;
  readonly registry: Registry;
}

/** Trails nest in arguments; deeper than this nothing more is learnt. */
const MAX_DEPTH = 24;

export function createWalker(registry: Registry, { baseUrls = {} }: WalkOptions = {}): Walker {
  const trails = new TrailWalk(registry, baseUrls);
  return {
    registry,
    walk: (value) => {
      const result = trails.run(value);
      return result === null || 'kind' in result ? result : shown(result);
    },
    passedValue: (value) => {
      const last = value.steps.at(-1);
      const entry = enter(registry, value);
      const index = entry?.next === value.steps.length - 1 ? entry.exported.passes : undefined;
      return index === undefined || last?.kind !== 'call' ? null : (last.args?.positional[index] ?? null);
    },
    callOf: (sdk, call, args) => pay(trails, fresh(sdk, ''), call, args),
    withModel: (call, model) => withModel(trails, call, model),
  };
}

/** Follows trails, and remembers what each of them is. */
class TrailWalk implements Trails {
  readonly registry: Registry;
  readonly baseUrls: Trails['baseUrls'];
  readonly #cache = new WeakMap<ExternalValue, { readonly walked: Walked | State | null }>();
  #depth = 0;

  constructor(registry: Registry, baseUrls: Trails['baseUrls']) {
    this.registry = registry;
    this.baseUrls = baseUrls;
  }

  run(value: ExternalValue): Walked | State | null {
    const known = this.#cache.get(value);
    if (known !== undefined) return known.walked;
    if (this.#depth >= MAX_DEPTH) return null;
    this.#depth++;
    try {
      const walked = this.#assigned(value, this.#follow(value));
      this.#cache.set(value, { walked });
      return walked;
    } finally {
      this.#depth--;
    }
  }

  /** The same, paid for where members that are assigned say so, with what functions add that its members decorate. */
  #assigned({ assigned }: ExternalValue, found: Walked | State | null): Walked | State | null {
    if (assigned === undefined || found === null || !('sdk' in found)) return found;
    const walked = 'roles' in found ? { ...found, roles: withDecorated(found.roles, found.sdk, assigned) } : found;
    const { settings } = walked.sdk;
    if (settings === undefined) return walked;
    const fields: Fields = { entries: assigned, open: [] };
    const provider = switched(settings, fields);
    if (provider !== null) return { ...walked, provider };
    return { ...walked, provider: payerOf(walked, readRoles(fields, settings, 'step'), this.baseUrls) };
  }

  #follow(value: ExternalValue): Walked | State | null {
    const entry = enter(this.registry, value);
    if (entry === null) return this.#piped(value);
    const { sdk, steps, exported, provider } = entry;
    let next = entry.next;
    let state: State;
    const isCalled = steps[next]?.kind === 'call';
    if (exported.is !== undefined && !(isCalled && exported.creates !== undefined)) {
      state = named({ ...fresh(sdk, exported.is), provider }, exported);
    } else {
      const step = steps[next];
      if (step === undefined) {
        return exported.call === undefined ? null : { kind: 'method', sdk, provider, call: exported.call };
      }
      if (step.kind !== 'call') return null;
      next++;
      const start = { ...fresh(sdk, ''), provider, roles: this.#settings(sdk, value) };
      const type = exported.creates ?? null;
      const entered = takeStep(
        this,
        start,
        taken(exported, type, next === steps.length),
        step.args,
        type,
        'constructor',
      );
      if (entered === null) return null;
      if ('kind' in entered) return next === steps.length || entered.kind === 'other' ? entered : OTHER;
      state = entered;
    }
    for (; next < steps.length; next++) {
      state = this.#setUp(state, value, next);
      const step = steps[next] as Step;
      if (step.kind === 'member') {
        state = read(state, step.name);
        continue;
      }
      const { methods = {} } = typeOf(state);
      const method = methods[state.path.join('.')];
      if (method === undefined) {
        if (typeOf(state).isFake === true) return OTHER;
        // `create.bind(completions)`: the method itself.
        const bound = state.path.slice(0, -1);
        if (state.path.at(-1) !== 'bind' || methods[bound.join('.')] === undefined) return null;
        state = { ...state, path: bound };
        continue;
      }
      if (method.gives !== undefined) return this.#given(value, method.gives, next);
      const type = method.returnsBy?.[literalText(step.args?.positional[0]) ?? ''] ?? method.returns ?? null;
      const asked = taken(method, type, next === steps.length - 1);
      const after = takeStep(this, { ...state, path: [] }, asked, step.args, type, 'step');
      if (after === null) return null;
      if ('kind' in after) return next === steps.length - 1 || after.kind === 'other' ? after : OTHER;
      state = after;
    }
    return this.#setUp(state, value, next);
  }

  /** What follows the call at `next` is done with an object of another package. */
  #given(value: ExternalValue, [module, name]: readonly [string, string], next: number): Walked | State | null {
    const { assigned: _, told: __, ...bare } = value;
    return this.run({ ...bare, module, steps: [{ kind: 'member', name }, ...value.steps.slice(next)] });
  }

  /** The object after the calls that set it up: those of methods that give the same object with more settings. */
  #setUp(state: State, { told = [] }: ExternalValue, at: number): State {
    if (state.path.length > 0) return state;
    return told.reduce<State>((current, call) => {
      const method = call.at === at ? typeOf(current).methods?.[call.method] : undefined;
      if (method?.returns !== 'self') return current;
      const after = takeStep(this, current, method, call.args, 'self', 'step');
      return after === null || 'kind' in after ? current : after;
    }, state);
  }

  /** What calls on the module itself set for all of its objects (`dspy.configure(lm=lm)`). */
  #settings(sdk: SdkDescriptor, { told = [] }: ExternalValue): Roles {
    return told.reduce<Roles>((roles, call) => {
      const settings = call.at === 0 ? exportAt(sdk, call.method)?.settings : undefined;
      if (settings === undefined) return roles;
      return overlay(roles, readRoles(readFields(call.args, settings), settings, 'constructor'));
    }, NO_ROLES);
  }

  /** A chain that begins with something of another package (`hub.pull(...) | model`) is what that is piped into. */
  #piped(value: ExternalValue): Walked | State | null {
    for (const [index, step] of value.steps.entries()) {
      const method = value.steps[index - 1];
      if (step.kind !== 'call' || method?.kind !== 'member' || method.name !== 'pipe') continue;
      for (const next of alternativesOf(step.args?.positional[0] ?? NULL)) {
        if (next.kind !== 'external') continue;
        const walked = this.run({ ...next, steps: [...next.steps, ...value.steps.slice(index + 1)] });
        if (walked !== null) return walked;
      }
    }
    return null;
  }
}
