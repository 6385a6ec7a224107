/** The result of a walk over a trail. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallArguments } from '../evaluate/values.ts';
import type { CallDescriptor, SdkDescriptor, TypeDescriptor } from './descriptor.ts';
import type { Roles } from './roles.ts';

export type Walked = SdkObject | SdkMethod | SdkCall | SdkOther;

/** A client, a model, a chain, a command, a message: an object on the way to a call. */
export interface SdkObject {
  readonly kind: 'object';
  readonly sdk: SdkDescriptor;
  /** The descriptor's type. */
  readonly type: string;
  /** Members that were read from it and lead to no separate type (`chat.completions`); empty for the object itself. */
  readonly path: readonly string[];
  /** Whether it answers prompts: `maybe` if an unknown part of it could be a model. */
  readonly model: 'yes' | 'maybe' | 'no';
  readonly provider: ProviderName;
  readonly roles: Roles;
  /** Set on a command: what it costs when it is sent. */
  readonly command: CallDescriptor | null;
  /** Set on a chat message: who speaks. Its text plays the role `prompt`. */
  readonly message: NonNullable<TypeDescriptor['message']> | null;
}

/** A paid method or function that is named but not called here (`to_thread(client.messages.create, ...)`). */
export interface SdkMethod {
  readonly kind: 'method';
  readonly sdk: SdkDescriptor;
  readonly provider: ProviderName;
  readonly call: CallDescriptor;
}

/** A paid call. */
export interface SdkCall {
  readonly kind: 'call';
  readonly sdk: SdkDescriptor;
  readonly provider: ProviderName;
  /** The providers of which one is paid, if several clients may be called; missing if the provider says it all. */
  readonly payers?: readonly ProviderName[];
  readonly call: CallDescriptor;
  readonly roles: Roles;
  /** `distinctive` if the receiver is unknown and the method's path and arguments identified the SDK. */
  readonly receiver: 'resolved' | 'distinctive';
  readonly args: CallArguments | null;
  /** The requests that the same call makes before this one: a chain asks each of its models. Missing means none. */
  readonly earlier?: readonly SdkCall[];
}

/** The SDK is known and there is nothing to pay here: a response, a free method, a chain without a model. */
export interface SdkOther {
  readonly kind: 'other';
}

export const OTHER: SdkOther = { kind: 'other' };
