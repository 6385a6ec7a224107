/** Models that an SDK's own object holds for everything that is given none (`Settings.llm = OpenAI(...)`). */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import { lookUp } from '../../evaluate/names.ts';
import type { ModuleScope } from '../../evaluate/scopes/scope.ts';
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

  /** `call`, which stands at `position`, with the model that the module sets for all; null if that model is a substitute. */
  applied(call: SdkCall, position: number, frame: Frame): SdkCall | null {
    const { roles, sdk } = call;
    const field = sdk.shared?.fields[call.call.family];
    if (field === undefined || roles.values.has('model') || roles.open.has('model')) return call;
    const name = this.#nameOf(sdk);
    if (name === null) return call;
    const held = lookUp(this.#evaluator, name, position, frame);
    for (const object of alternativesOf(held)) {
      const model = object.kind === 'external' ? object.assigned?.get(field) : undefined;
      if (model !== undefined) return this.#walker.withModel(call, model.value);
    }
    return call;
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
