/** The typed walk over a trail, from a package's export to an object or a paid call. Descriptors say what each step does. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { alternativesOf, literalText, NULL, oneOf } from '../evaluate/lattice.ts';
import type { CallArguments, Entry, ExternalValue, Step, Value } from '../evaluate/values.ts';
import { siteOf } from './call-site.ts';
import { withDecorated } from './decorators.ts';
import { withDefaultModel, withDefaultProvider } from './defaults.ts';
import { withDeployments } from './deployments.ts';
import { type CallDescriptor, EVERY_FIELD, type SdkDescriptor, type StepDescriptor } from './descriptor.ts';
import { enter } from './entry-points.ts';
import { type Fields, fieldAt, readFields } from './fields.ts';
import { post } from './http-requests.ts';
import { byDefault, choicesOf, eitherOf, modelOptions, providerOfAll, rolesOfAll } from './model-options.ts';
import { pickedFrom, routedTo } from './picks.ts';
import { exportAt, type Registry } from './registry.ts';
import { mayState, NO_ROLES, overlay, type Roles, type RoleValue, readRoles } from './roles.ts';
import { asksModel, isOnlyPart, NO_STAGES, stageOf, stagesOf, withoutInput } from './stages.ts';
import { switched } from './switches.ts';
import { OTHER, type SdkCall, type Walked } from './trail-result.ts';
import {
  addressed,
  answersItself,
  fresh,
  maybe,
  named,
  PICKED_TYPE,
  payerOf,
  possible,
  providerOfName,
  read,
  reopened,
  type State,
  shown,
  typeOf,
} from './trail-state.ts';

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
    callOf: (sdk, call, args) => trails.pay(fresh(sdk, ''), call, args),
    withModel: (call, model) => trails.withModel(call, model),
  };
}

/** Follows trails, and remembers what each of them is. */
class TrailWalk {
  readonly #registry: Registry;
  readonly #baseUrls: NonNullable<WalkOptions['baseUrls']>;
  readonly #cache = new WeakMap<ExternalValue, { readonly walked: Walked | State | null }>();
  #depth = 0;

  constructor(registry: Registry, baseUrls: NonNullable<WalkOptions['baseUrls']>) {
    this.#registry = registry;
    this.#baseUrls = baseUrls;
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
    return { ...walked, provider: payerOf(walked, readRoles(fields, settings, 'step'), this.#baseUrls) };
  }

  #follow(value: ExternalValue): Walked | State | null {
    const entry = enter(this.#registry, value);
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
      const entered = this.#take(start, taken(exported, type, next === steps.length), step.args, type, 'constructor');
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
      const after = this.#take({ ...state, path: [] }, asked, step.args, type, 'step');
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
      const after = this.#take(current, method, call.args, 'self', 'step');
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

  /** The result of applying `step` to `state`: another state, or a result. Null if the step gives nothing known. */
  #take(
    state: State,
    step: StepDescriptor,
    args: CallArguments | null,
    type: string | null,
    from: RoleValue['from'],
  ): State | Walked | null {
    const before = begun(state, type);
    const subject = { ...before, provider: step.provider ?? before.provider };
    if (step.passes !== undefined) return this.#passOn(args?.positional[step.passes]);
    if (step.sendsCommand === true) return this.#send(subject, args);
    if (step.call !== undefined) {
      const { call, ...object } = step;
      const payer = step.absorbs === undefined ? subject : this.#take(state, object, args, type, from);
      return payer === null || 'kind' in payer ? payer : this.pay(payer, call, args);
    }
    const fields = readFields(args, step);
    if (step.picks !== undefined) return this.#pick(subject, step, args);
    const route = step.routes === undefined ? null : routedTo(subject.constructed, step.routes, args);
    const routed = route === null ? null : this.#objectOf(route);
    if (routed !== null) return routed;
    const stated = statedBy(step, withDefaultModel(readRoles(fields, step, from, siteOf(args, step)), step));
    const named = type === null || type === 'self' ? state.type : type;
    let absorbed: State = { ...reopened(subject, stated), type: named, roles: NO_ROLES };
    let chained = subject;
    let inner: State | null = null;
    for (const path of step.absorbs ?? []) {
      const isMap = path === EVERY_FIELD;
      if (isMap) absorbed = this.#absorbMap(absorbed, fields.entries);
      const at = isMap ? { entry: null, open: fields.open } : fieldAt(fields, path);
      if (at.entry === null) {
        if (at.open.length > 0 || args === null) absorbed = { ...absorbed, model: maybe(absorbed.model) };
        continue;
      }
      for (const alternative of alternativesOf(at.entry.value)) {
        if (alternative.kind === 'external') inner ??= this.#objectOf(alternative);
      }
      if (step.isSequence === true) chained = this.#chain(chained, at.entry.value);
      else if (step.absorbsModelsOnly !== true || this.#isModel(at.entry.value))
        absorbed = this.#absorb(absorbed, at.entry.value);
    }
    if (step.isSequence === true) absorbed = { ...chained, roles: NO_ROLES };
    if (type === null && inner === null) return null;
    const target = type === null && inner !== null ? { sdk: inner.sdk, type: inner.type } : null;
    const next: State = {
      ...absorbed,
      provider: switched(step, fields) ?? absorbed.provider,
      sdk: target?.sdk ?? state.sdk,
      type: target?.type ?? named,
      path: [],
      roles: overlay(step.isSequence === true ? chained.roles : overlay(before.roles, absorbed.roles), stated),
      constructed: from === 'constructor' ? fields : state.constructed,
    };
    return addressed(withDefaultProvider(this.#resolved(next), stated, step), stated, this.#baseUrls);
  }

  #passOn(value: Value | undefined): State | Walked | null {
    for (const alternative of value === undefined ? [] : alternativesOf(value)) {
      const result = alternative.kind === 'external' ? this.run(alternative) : null;
      if (result !== null) return result;
    }
    return null;
  }

  #send(state: State, args: CallArguments | null): Walked | null {
    for (const alternative of alternativesOf(args?.positional[0] ?? { kind: 'null' })) {
      const command = alternative.kind === 'external' ? this.run(alternative) : null;
      if (command === null || 'kind' in command) continue;
      const call = typeOf(command).command;
      if (call === undefined) continue;
      return {
        kind: 'call',
        sdk: command.sdk,
        provider: command.provider,
        call,
        roles: overlay(state.roles, command.roles),
        receiver: 'resolved',
        args,
      };
    }
    return null;
  }

  pay(state: State, call: CallDescriptor, args: CallArguments | null): Walked {
    if (typeOf(state).isComposite === true && state.model === 'no') return OTHER;
    const fields = readFields(args, call);
    const stated = readRoles(fields, call, 'call', siteOf(args, call));
    if (call.asksWith !== undefined && !mayState(stated, call.asksWith)) return OTHER;
    if (state.earlier.length > 0) return this.#payEach(state, call, args, stated);
    const roles = withDeployments(overlay(state.roles, stated), state.sdk.deployments);
    if (call.http !== undefined) return post({ ...state, roles }, call, args, this.#baseUrls);
    const { provider: known, ...before } = reopened(state, stated);
    const done = this.#resolved({ ...before, provider: call.provider ?? known, roles });
    if (this.#isFake(done)) return OTHER;
    const paid = { ...done, provider: switched(call, fields) ?? done.provider };
    const { sdk, provider } = addressed(paid, stated, this.#baseUrls);
    return { kind: 'call', sdk, provider, call, roles: done.roles, receiver: 'resolved', args };
  }

  withModel(call: SdkCall, model: Value): SdkCall | null {
    const { sdk, provider, roles } = call;
    const state = this.#resolved(this.#modelled({ ...fresh(sdk, ''), provider, roles }, model));
    return this.#isFake(state) ? null : { ...call, provider: state.provider, roles: state.roles };
  }

  /** A chain asks each of its models: the first gets what the call passes, each other one the result of the one before it. */
  #payEach(state: State, call: CallDescriptor, args: CallArguments | null, stated: Roles): Walked {
    const later = withoutInput(stated);
    const requests = stagesOf(state).flatMap(({ provider, roles }, index): readonly SdkCall[] => {
      const asked = { ...state, ...NO_STAGES, provider, roles: overlay(roles, index === 0 ? stated : later) };
      const paid = this.#resolved(asked);
      if (this.#isFake(paid)) return [];
      return [
        { kind: 'call', sdk: state.sdk, provider: paid.provider, call, roles: paid.roles, receiver: 'resolved', args },
      ];
    });
    const last = requests.at(-1);
    return last === undefined ? OTHER : { ...last, earlier: requests.slice(0, -1) };
  }

  /** True if every model that is called is only a substitute. */
  #isFake({ sdk, roles }: State): boolean {
    const model = roles.values.get('model');
    return (
      model !== undefined &&
      alternativesOf(model.value).every((value) => {
        if (value.kind === 'instance') return answersItself(value, sdk);
        if (value.kind === 'text') return isFakeName(sdk, literalText(value));
        const object = value.kind === 'external' ? this.run(value) : null;
        return object !== null && !('kind' in object) && typeOf(object).isFake === true;
      })
    );
  }

  /** The object that the constructor's field names: by a literal name, else any of them. */
  #pick(state: State, step: StepDescriptor, args: CallArguments | null): State {
    const picked: State = { ...state, type: PICKED_TYPE, path: [], model: 'maybe' };
    return pickedFrom(state.constructed, step, args).reduce<State>(
      (current, value) => this.#resolved(this.#modelled(current, value)),
      picked,
    );
  }

  #modelled(state: State, value: Value): State {
    const model: RoleValue = { value, isCertain: true, isReplaceable: false, field: '', from: 'step', site: null };
    return { ...state, roles: { ...state.roles, values: new Map(state.roles.values).set('model', model) } };
  }

  /** Takes roles and provider over from a value that a chain or wrapper holds. */
  #absorb(state: State, value: Value, level = 0): State {
    if (level > 4) return state;
    switch (value.kind) {
      case 'external': {
        const inner = this.run(value);
        if (inner === null) {
          return this.#registry.byModule(value.module) === null ? possible(state, value) : state;
        }
        if ('kind' in inner)
          return inner.kind === 'method' ? { ...state, provider: inner.provider, model: 'yes' } : state;
        if (typeOf(inner).isApart === true && typeOf(state).isApart !== true) return state;
        const isPayer = inner.model !== 'no' || typeOf(inner).isComposite !== true;
        return {
          ...state,
          roles: overlay(state.roles, inner.roles),
          model: inner.model === 'yes' ? 'yes' : inner.model === 'maybe' ? maybe(state.model) : state.model,
          provider: isPayer && inner.provider !== 'any' ? inner.provider : state.provider,
          earlier: [...state.earlier, ...inner.earlier],
          next: overlay(state.next, inner.next),
        };
      }
      case 'array':
        return [...value.items, ...value.open].reduce<State>((sum, item) => this.#absorb(sum, item, level + 1), state);
      case 'oneOf': {
        const given = value.alternatives.filter(({ kind }) => kind !== 'null');
        const [only] = given;
        if (only !== undefined && given.length === 1) return this.#absorb(state, only, level + 1);
        return eitherOf(
          state,
          given.map((item) => this.#absorb({ ...state, roles: NO_ROLES }, item, level + 1)),
        );
      }
      case 'object':
        return this.#absorbMap(state, value.entries, level);
      case 'instance':
        return answersItself(value, state.sdk) ? state : possible(state, value);
      case 'unknown': {
        const open = possible(state, value);
        if (value.hint === null) return open;
        return byDefault(open, value, this.#absorb({ ...state, roles: NO_ROLES }, value.hint, level + 1));
      }
      default:
        return state;
    }
  }

  /** A map of steps runs each of them; their prompts are their own. */
  #absorbMap(state: State, entries: ReadonlyMap<string, Entry>, level = 0): State {
    const blank: State = { ...state, ...NO_STAGES, model: 'no', roles: NO_ROLES };
    const steps = [...entries.values()].map(({ value }) => this.#absorb(blank, value, level + 1));
    const asking = steps.filter((step) => step.model === 'yes');
    if (asking.length === 0) return state;
    return { ...state, model: 'yes', earlier: [...state.earlier, ...asking.flatMap(stagesOf)] };
  }

  /** `state` with `value` run after it: each model of a chain is asked, the first what stands before it. */
  #chain(state: State, value: Value, level = 0): State {
    if (value.kind === 'array' && level <= 4) {
      return [...value.items, ...value.open].reduce<State>((sum, item) => this.#chain(sum, item, level + 1), state);
    }
    const step = this.#absorb({ ...state, ...NO_STAGES, model: 'no', roles: NO_ROLES }, value, level);
    const earlier = [...state.earlier, ...step.earlier];
    if (!asksModel(state)) {
      const { model } = state.model === 'yes' || step.model === 'no' ? state : step;
      return { ...step, model, roles: overlay(state.roles, step.roles), earlier };
    }
    if (!asksModel(step) || isOnlyPart(state, step)) {
      return { ...state, earlier, next: overlay(state.next, step.roles) };
    }
    if (isOnlyPart(step, state)) return { ...step, roles: overlay(state.roles, step.roles), earlier };
    const roles = overlay(state.next, step.roles);
    return { ...step, roles, earlier: [...state.earlier, stageOf(state), ...step.earlier] };
  }

  /** Replaces a model that is itself an SDK's object by what that object says; settles the provider by the model's name. */
  #resolved(state: State): State {
    const role = state.roles.values.get('model');
    if (role === undefined) return state;
    const options = modelOptions(role.value, (value) => this.#objectOf(value));
    let { roles, provider } = state;
    if (options.some(({ object }) => object !== null)) {
      roles = overlay(rolesOfAll(options), roles);
      const isSure = options.every((option) => option.isSure);
      const isSettled = options.every(({ object }) => object?.roles.values.has('model') === true);
      const value = oneOf(options.map((option) => option.value));
      const isCertain = role.isCertain && isSure && (isSettled || value.kind === 'text');
      provider = providerOfAll(options, state.sdk.provider) ?? 'any';
      const choices = provider === 'any' ? { choices: choicesOf(options) } : {};
      roles = { ...roles, values: new Map(roles.values).set('model', { ...role, value, isCertain, ...choices }) };
    }
    // The SDK's own provider is what it asks if the name says nothing else.
    if (provider !== 'any' && provider !== state.sdk.provider) return { ...state, roles, provider };
    const named = providerOfName(state.sdk, roles);
    return { ...state, roles, provider: named ?? provider, isProviderNamed: named !== null };
  }

  #isModel(value: Value): boolean {
    return alternativesOf(value).some((one) => {
      if (one.kind === 'array') return one.items.some((item) => this.#isModel(item));
      return one.kind === 'external' && this.#objectOf(one)?.model === 'yes';
    });
  }

  #objectOf(value: ExternalValue): State | null {
    const object = this.run(value);
    return object === null || 'kind' in object ? null : object;
  }
}

/** An object that makes requests of its own passes nothing on to one of another type that it gives. */
function begun(state: State, type: string | null): State {
  if (typeOf(state).isApart !== true || type === null || type === 'self') return state;
  return state.sdk.types[type]?.isApart === true ? state : fresh(state.sdk, state.type);
}

/** An entry that ends in a sign is the beginning of such names. */
function isFakeName({ fakeModels = [] }: SdkDescriptor, name: string | null): boolean {
  return name !== null && fakeModels.some((fake) => (/\W$/.test(fake) ? name.startsWith(fake) : name === fake));
}

function statedBy({ isTemplate }: StepDescriptor, roles: Roles): Roles {
  if (isTemplate !== true) return roles;
  return { ...roles, values: new Map([...roles.values].map(([role, value]) => [role, { ...value, isTemplate }])) };
}

/** The step as it is taken: a call that also returns an object only counts if nothing is done with that object. */
function taken(step: StepDescriptor, type: string | null, isLast: boolean): StepDescriptor {
  if (step.call === undefined || type === null || isLast) return step;
  const { call: _, ...object } = step;
  return object;
}
