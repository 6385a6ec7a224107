/** The point at which a trail enters an SDK: the package, and the export that its first members name. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { GLOBAL } from '../evaluate/lattice.ts';
import type { ExternalValue, Step } from '../evaluate/values.ts';
import type { ExportDescriptor, SdkDescriptor } from './descriptor.ts';
import { exportAt, parentOf, type Registry } from './registry.ts';

export interface Entrance {
  readonly sdk: SdkDescriptor;
  readonly steps: readonly Step[];
  readonly exported: ExportDescriptor;
  /** The provider that is paid through the module, unless the export says otherwise. */
  readonly provider: ProviderName;
  /** Index of the first step after the export's name. */
  readonly next: number;
}

/** Finds the SDK and the export that a trail begins with. */
export function enter(registry: Registry, value: ExternalValue): Entrance | null {
  const { steps } = value;
  let module = value.module;
  let start = 0;
  let sdk = registry.byModule(module);
  // `from google import genai` gives module `google` and member `genai`: submodules join the name.
  for (; sdk === null && start < 4; start++) {
    const step = steps[start];
    if (step?.kind !== 'member') return null;
    module = `${module}.${step.name}`;
    sdk = registry.byModule(module);
  }
  if (sdk === null) return null;
  const names: string[] = [];
  for (const step of steps.slice(start)) {
    if (step.kind !== 'member') break;
    names.push(step.name);
  }
  // A name that is not an export is a submodule (`openai.lib.azure.AzureOpenAI`) or `default`, and is skipped. A global
  // has none.
  const max = module === GLOBAL ? 1 : Math.max(1, names.length);
  for (let skipped = 0; skipped < max; skipped++) {
    for (let length = names.length - skipped; length >= 0; length--) {
      if (length === 0 && names.length > 0 && !leads(sdk, names.slice(skipped))) continue;
      const exported = exportAt(sdk, names.slice(skipped, skipped + length).join('.'));
      if (exported === null) continue;
      if (exported.sameAs !== undefined) {
        const [other, name] = exported.sameAs;
        const rest = steps.slice(start + skipped + length);
        return enter(registry, { ...value, module: other, steps: [{ kind: 'member', name }, ...rest] });
      }
      const isComplete = exported.is !== undefined || skipped + length === names.length;
      if (!isComplete) continue;
      const provider = exported.provider ?? providerOfModule(sdk, [module, ...names.slice(0, skipped)].join('.'));
      return { sdk, steps, exported, provider, next: start + skipped + length };
    }
  }
  return null;
}

/** By the module or the nearest one around it; otherwise the SDK's own. */
function providerOfModule({ moduleProviders = {}, provider }: SdkDescriptor, module: string): ProviderName {
  for (let name = module; name !== ''; name = parentOf(name)) {
    const paid = moduleProviders[name];
    if (paid !== undefined) return paid;
  }
  return provider;
}

/** True if the module itself is an object with these members. */
function leads(sdk: SdkDescriptor, names: readonly string[]): boolean {
  const type = sdk.types[sdk.exports['']?.is ?? ''];
  if (type === undefined) return false;
  const path = names.filter((name) => !type.transparent?.includes(name)).join('.');
  return (
    Object.keys(type.methods ?? {}).some((key) => key === path || key.startsWith(`${path}.`)) ||
    type.members?.[path] !== undefined
  );
}
