/** The client's display settings: a missing or invalid value leaves the default. */
import { isDeepStrictEqual } from 'node:util';
import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Client } from './capabilities.ts';
import type { Guard } from './guard.ts';
import { DEFAULT_SETTINGS, type DisplaySettings, type LensPosition } from './protocol.ts';

export interface Settings {
  readonly current: () => DisplaySettings;
  /** Asks the client for its settings, and to report when they change. */
  readonly register: () => Promise<void>;
}

/** @param onChange is called after the settings have changed */
export function createSettings(connection: Connection, client: Client, onChange: () => void, guard: Guard): Settings {
  let current = DEFAULT_SETTINGS;

  const take = (section: unknown): void => {
    const settings = settingsFrom(section);
    if (isDeepStrictEqual(settings, current)) return;
    current = settings;
    onChange();
  };
  const ask = async (): Promise<void> => take(await connection.workspace.getConfiguration('farthing'));

  connection.onDidChangeConfiguration(({ settings }) => {
    if (client.hasConfiguration) guard.runLater('settings', ask);
    else take(field(settings, 'farthing'));
  });

  return {
    current: () => current,
    register: async () => {
      if (!client.hasConfiguration) return;
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'farthing' });
      await ask();
    },
  };
}

/** `section` is the client's `farthing` section. */
function settingsFrom(section: unknown): DisplaySettings {
  const { codeLens, hover, sinceHead, inlayHints } = DEFAULT_SETTINGS;
  const lens = field(section, 'codeLens');
  return {
    codeLens: {
      enabled: flag(section, 'codeLens', codeLens.enabled),
      position: POSITIONS.find((position) => position === field(lens, 'position')) ?? codeLens.position,
      minimumCost: amount(field(lens, 'minimumCost'), codeLens.minimumCost),
    },
    hover: { enabled: flag(section, 'hover', hover.enabled) },
    sinceHead: { enabled: flag(section, 'sinceHead', sinceHead.enabled) },
    inlayHints: {
      enabled: flag(section, 'inlayHints', inlayHints.enabled),
      minimumTokens: amount(field(field(section, 'inlayHints'), 'minimumTokens'), inlayHints.minimumTokens),
    },
  };
}

const POSITIONS: readonly LensPosition[] = ['above', 'end', 'hover'];

function amount(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}

function flag(settings: unknown, section: string, otherwise: boolean): boolean {
  const enabled = field(field(settings, section), 'enabled');
  return typeof enabled === 'boolean' ? enabled : otherwise;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
