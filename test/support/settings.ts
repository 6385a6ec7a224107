/** Changes the client's settings while the server runs. */
import type { Workspace } from './workspace.ts';

/** @param configuration what the workspace was opened with: the client answers with what is in it */
export async function changeSettings(
  editor: Workspace,
  configuration: Record<string, unknown>,
  farthing: unknown,
): Promise<void> {
  configuration.farthing = farthing;
  const asked = editor.received.length;
  await editor.notify('workspace/didChangeConfiguration', { settings: null });
  await editor.next('workspace/configuration', () => true, asked);
  // The answer is taken before the next request is.
  await editor.request('farthing/explain', { rule: 'none' });
}
