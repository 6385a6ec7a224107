/** Configurations that are open in the editor, saved or not: changes take effect at once. */
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { nameOf } from '../../files/paths.ts';
import { pathOf } from '../uris.ts';

/** By the absolute path of the file. */
export interface ConfigDocuments {
  readonly at: (path: string) => Pick<TextDocument, 'getText' | 'version' | 'uri'> | null;
  /** False for a document that is not a configuration. */
  readonly set: (document: TextDocument) => boolean;
  readonly close: (uri: string) => boolean;
}

export function createConfigDocuments(): ConfigDocuments {
  const open = new Map<string, TextDocument>();
  return {
    at: (path) => open.get(path) ?? null,
    set: (document) => {
      const path = configPathOf(document.uri);
      if (path !== null) open.set(path, document);
      return path !== null;
    },
    close: (uri) => open.delete(configPathOf(uri) ?? ''),
  };
}

function configPathOf(uri: string): string | null {
  const path = pathOf(uri);
  return path !== null && nameOf(path) === CONFIG_FILE_NAME ? path : null;
}
