/** Commands of the server, for clients without the extension: each answers with a message. */
import { printableLines } from '@farthing/shared/printable';
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { messagesIn } from '../report/messages/index.ts';
import { SERVER_COMMANDS } from './capabilities.ts';
import type { ServerContext } from './context.ts';
import type { AnsweredScans } from './folders/scanner.ts';
import type { Guard } from './guard.ts';
import { breakdownPage } from './handlers/breakdown.ts';
import { writePage } from './markdown/page.ts';

interface Parts {
  readonly connection: Connection;
  readonly scans: AnsweredScans;
  readonly context: ServerContext;
  readonly guard: Guard;
}

export function answerCommands({ connection, scans, context, guard }: Parts): void {
  const show = (message: string): Promise<void> =>
    connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: printableLines(`Farthing: ${message}`),
    });

  connection.onExecuteCommand(async ({ command, arguments: values = [], workDoneToken }, token) => {
    if (command === SERVER_COMMANDS.scanWorkspace) await show(await scans.scanByCommand(token, workDoneToken));
    if (command === SERVER_COMMANDS.showBreakdown) {
      const [uri, call] = values.map(String);
      const found =
        uri === undefined || call === undefined
          ? null
          : guard.run(command, null, () => breakdownPage({ uri, call }, context));
      await show(
        found === null ? messagesIn(context.client.language).editor.scan.callGone : writePage(found.page, false),
      );
    }
    return null;
  });
}
