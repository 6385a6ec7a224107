/** The language servers that are compared, each as an editor would start it in a folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientCapabilities } from 'vscode-languageserver-protocol';
import { FULL_CAPABILITIES, type LanguageClient, startClient } from '../test/support/language-client.ts';

export interface Server {
  readonly name: string;
  readonly languages: readonly string[];
  readonly start: (
    root: string,
    how?: { capabilities?: ClientCapabilities; cache?: string },
  ) => Promise<LanguageClient>;
}

const here = import.meta.dirname;
const peers = join(here, 'node_modules');

export const farthing: Server = {
  name: 'farthing',
  languages: ['typescript', 'python'],
  start: (root, { capabilities, cache } = {}) =>
    startClient({
      server: [join(here, '..', 'server', 'dist', 'lsp.cjs'), '--stdio'],
      root,
      ...(capabilities ? { capabilities } : {}),
      ...(cache === undefined ? {} : { env: { FARTHING_CACHE_DIR: cache } }),
    }),
};

/** What VS Code's extension sends by default, with the rules of `eslint.config.mjs` whatever folder is open. */
export const eslint: Server = {
  name: 'ESLint',
  languages: ['typescript'],
  start: (root, { capabilities } = {}) =>
    startClient({
      server: [join(peers, 'vscode-langservers-extracted', 'bin', 'vscode-eslint-language-server'), '--stdio'],
      root,
      ...(capabilities ? { capabilities } : {}),
      configuration: {
        '': {
          validate: 'on',
          run: 'onType',
          packageManager: 'npm',
          useESLintClass: true,
          useFlatConfig: true,
          experimental: { useFlatConfig: false },
          nodePath: peers,
          options: { overrideConfigFile: join(here, 'eslint.config.mjs') },
          workingDirectory: { directory: root },
          codeAction: {
            disableRuleComment: { enable: true, location: 'separateLine' },
            showDocumentation: { enable: true },
          },
          codeActionOnSave: { mode: 'all' },
          format: false,
          quiet: false,
          onIgnoredFiles: 'off',
          problems: { shortenToSingleLine: false },
          rulesCustomizations: [],
        },
      },
    }),
};

/** An editor without pull diagnostics: the server pushes them. */
export const PUSH_CAPABILITIES: ClientCapabilities = {
  textDocument: { publishDiagnostics: { versionSupport: true } },
  workspace: FULL_CAPABILITIES.workspace ?? {},
};

/** Resident memory of a server's process in megabytes; null where the system does not say. */
export function residentMegabytes({ process: { pid } }: LanguageClient): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
