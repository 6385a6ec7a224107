/**
 * Who may be paid for a call on a client that is out of sight. Its method tells the wire format and no more: many services
 * copy OpenAI's, and clouds sell others' models through their SDKs. Only the clients that the same file makes tell.
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { argumentsOf } from '../../evaluate/invoke.ts';
import { alternativesOf, withStep } from '../../evaluate/lattice.ts';
import type { CallRecord, ModuleScope } from '../../evaluate/scopes/scope.ts';
import type { ExternalValue, Value } from '../../evaluate/values.ts';
import type { SdkDescriptor } from '../../sdks/descriptor.ts';
import type { Walker } from '../../sdks/walk.ts';

export class UnresolvedPayers {
  readonly #module: ModuleScope;
  readonly #evaluator: Evaluator;
  readonly #walker: Walker;
  readonly #made = new Map<SdkDescriptor, readonly ProviderName[]>();

  constructor(module: ModuleScope, evaluator: Evaluator, walker: Walker) {
    this.#module = module;
    this.#evaluator = evaluator;
    this.#walker = walker;
  }

  /** The providers that may be paid on `receiver`, which led to no call: none if there is no indication. */
  of(sdk: SdkDescriptor, receiver: Value): readonly ProviderName[] {
    if (!hasSeveralPayers(sdk)) return [sdk.provider];
    const foreign = alternativesOf(receiver).filter((value) => value.kind === 'external');
    return foreign.length > 0 ? this.#heldBy(foreign, sdk) : this.#madeIn(sdk);
  }

  /** The providers that may be paid on a client of which only the type is known: its class's, unless the file makes others. */
  ofDeclared(sdk: SdkDescriptor): readonly ProviderName[] {
    const made = hasSeveralPayers(sdk) ? this.#madeIn(sdk) : [];
    return made.length > 0 ? made : [sdk.provider];
  }

  /** A package that no descriptor knows was given clients: they are what it calls. */
  #heldBy(values: readonly ExternalValue[], sdk: SdkDescriptor): readonly ProviderName[] {
    const found = new Set<ProviderName>();
    for (const { steps } of values) {
      for (const step of steps) {
        if (step.kind !== 'call' || step.args === null) continue;
        const given = [...step.args.positional, ...[...step.args.named.values()].map(({ value }) => value)];
        for (const value of given.flatMap(alternativesOf)) {
          const held = value.kind === 'external' ? this.#walker.walk(value) : null;
          if (held?.kind === 'object' && held.sdk === sdk) found.add(held.provider);
        }
      }
    }
    return [...found];
  }

  #madeIn(sdk: SdkDescriptor): readonly ProviderName[] {
    const known = this.#made.get(sdk);
    if (known !== undefined) return known;
    const found = new Set<ProviderName>();
    for (const record of this.#module.calls) {
      const provider = this.#providerOfMade(record, sdk);
      if (provider !== null) found.add(provider);
    }
    const made = [...found];
    this.#made.set(sdk, made);
    return made;
  }

  #providerOfMade({ node, scope }: CallRecord, sdk: SdkDescriptor): ProviderName | null {
    const { callee } = node;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    if (!node.isNew && sdk.exports[name]?.creates === undefined) return null;
    const frame = this.#evaluator.frameOf(scope);
    this.#evaluator.startQuery();
    const made = this.#evaluator.evaluate(callee, frame);
    if (made.kind !== 'external') return null;
    const args = argumentsOf(this.#evaluator, node.arguments, node, frame);
    const client = this.#walker.walk(withStep(made, { kind: 'call', args, isNew: node.isNew }));
    return client?.kind === 'object' && client.sdk === sdk ? client.provider : null;
  }
}

/**
 * True if the SDK's clients may belong to another provider, by their class or by a switch. That is said of the SDKs whose
 * wire format others have taken over; at another address, the rest mostly reach the same provider over a proxy.
 */
function hasSeveralPayers({ provider, exports }: SdkDescriptor): boolean {
  return (
    provider !== 'any' &&
    Object.values(exports).some(
      (exported) =>
        (exported.provider !== undefined && exported.provider !== provider) || exported.switches !== undefined,
    )
  );
}
