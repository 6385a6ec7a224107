/** Settings of requests by the members that formats have for them. */
import type { Json } from '../support/json-body.ts';
import { cannotCarry } from './fields.ts';
import type { Settings } from './neutral.ts';

/** The name of a setting in a format. */
export type SettingNames = Readonly<Partial<Record<keyof Settings, string>>>;

/** For people. */
const WORDS: Readonly<Record<keyof Settings, string>> = {
  maxTokens: 'an output limit',
  temperature: 'a temperature',
  topP: 'top_p',
  topK: 'top_k',
  stop: 'stop sequences',
  seed: 'a seed',
  presencePenalty: 'a presence penalty',
  frequencyPenalty: 'a frequency penalty',
  effort: 'a reasoning effort',
  verbosity: 'a verbosity',
  parallelCalls: 'one call at a time',
  user: "the user's name",
  tier: 'a service tier',
  metadata: 'metadata',
};

/** @param others settings that the caller writes itself */
export function writeSettings(
  settings: Settings,
  names: SettingNames,
  others: readonly (keyof Settings)[] = [],
): Record<string, Json> {
  const written: Record<string, Json> = {};
  for (const [setting, value] of Object.entries(settings) as [keyof Settings, Json | undefined][]) {
    if (value === undefined || others.includes(setting)) continue;
    written[names[setting] ?? cannotCarry(WORDS[setting])] = value;
  }
  return written;
}

/** Without those that are null, and without an empty list of stop sequences. */
export function settingsOf(read: { readonly [Name in keyof Settings]: Settings[Name] | null }): Settings {
  const isSet = (value: unknown): boolean => value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(read).filter(([, value]) => isSet(value)));
}
