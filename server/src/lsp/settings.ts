/** The client's display settings, whatever it sends: a missing or wrong value leaves the default. */
import { DEFAULT_SETTINGS, type DisplaySettings } from './protocol.ts';

/** `given` is the client's `farthing` section. */
export function settingsFrom(given: unknown): DisplaySettings {
  const { codeLens, hover, inlayHints } = DEFAULT_SETTINGS;
  const minimum = field(field(given, 'inlayHints'), 'minimumTokens');
  return {
    codeLens: { enabled: flag(given, 'codeLens', codeLens.enabled) },
    hover: { enabled: flag(given, 'hover', hover.enabled) },
    inlayHints: {
      enabled: flag(given, 'inlayHints', inlayHints.enabled),
      minimumTokens: typeof minimum === 'number' && minimum >= 0 ? minimum : inlayHints.minimumTokens,
    },
  };
}

function flag(given: unknown, section: string, otherwise: boolean): boolean {
  const enabled = field(field(given, section), 'enabled');
  return typeof enabled === 'boolean' ? enabled : otherwise;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
