/** Models that an SDK's own object holds for everything that is given none (`Settings.llm = OpenAI(...)`). */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import { lookUp } from '../../evaluate/names.ts';
import type { CallRecord, ModuleScope } from '../../evaluate/scopes/scope.ts';
import { withDefaultModel } from '../../sdks/defaults.ts';
import type { SdkDescriptor } from '../../sdks/descriptor.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import type { Walker } from '../../sdks/walk.ts';

export class SharedSettings {
  readonly #module: ModuleScope;
  readonly #evaluator: Evaluator;
  readonly #walker: Walker;

  constructor(module: ModuleScope, evaluator: Evaluator, walker: Walker) {
    this.#module = module;
    this.#evaluator = evaluator;
    this.#walker = walker;
  }

  /** `call`, which `record` makes, with the model that the module sets for all; null if that model is a substitute. */
  applied(call: SdkCall, { node, scope }: CallRecord, frame: Frame): SdkCall | null {
    const { roles, sdk } = call;
    const field = sdk.shared?.fields[call.call.family];
    if (field === undefined || roles.values.has('model') || roles.open.has('model')) return call;
    const name = this.#nameOf(sdk);
    // The caller of a function may have set the model before.
    const otherwise = (): SdkCall => (scope.qualifiedName === null ? this.#byDefault(call) : call);
    if (name === null) return otherwise();
    const held = lookUp(this.#evaluator, name, node.start, frame);
    for (const object of alternativesOf(held)) {
      const model = object.kind === 'external' ? object.assigned?.get(field) : undefined;
      if (model !== undefined) return this.#walker.withModel(call, model.value);
    }
    return otherwise();
  }

  /** With the SDK's own default, if no other module of the project can have set another. */
  #byDefault(call: SdkCall): SdkCall {
    const { byDefault } = call.sdk.shared ?? {};
    const model = byDefault?.models[call.call.family];
    // What is asked names its own provider, or is not known.
    if (call.provider !== 'any' || model === undefined || byDefault?.language !== this.#module.loaded.node.language)
      return call;
    if (this.#importsProject()) return call;
    return { ...call, provider: model.provider, roles: withDefaultModel(call.roles, { defaultModel: model }) };
  }

  #importsProject(): boolean {
    const { loaded, imports } = this.#module;
    return imports.some((name) => this.#evaluator.host.resolve(loaded.path, name).kind !== 'external');
  }

  /** The name under which the module imports the object; null if it does not. */
  #nameOf({ shared, modules }: SdkDescriptor): string | null {
    for (const [name, definitions] of this.#module.root.definitions) {
      for (const { source } of definitions) {
        if (source.kind !== 'import' || source.name.imported !== shared?.object) continue;
        const resolution = this.#evaluator.host.resolve(this.#module.loaded.path, source.statement.module);
        if (resolution.kind !== 'external') continue;
        const sdk = this.#walker.registry.byModule(resolution.module);
        if (sdk?.modules === modules) return name;
      }
    }
    return null;
  }
}
