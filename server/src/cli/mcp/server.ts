/** The MCP server: answers requests about one folder over standard input and output until the client is gone. */
import { realpathSync } from 'node:fs';
import { printable } from '@farthing/shared/printable';
import { VERSION } from '../../version.ts';
import { isUsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { checkArguments } from './arguments.ts';
import { boundedText } from './bounded-text.ts';
import { requestDrive } from './request-drive.ts';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  Server,
  StdioServerTransport,
} from './sdk.ts';
import type { Tool } from './tool.ts';
import { TOOLS } from './tools/index.ts';

const INSTRUCTIONS =
  'Farthing finds LLM calls in code and prices them, on this machine. Before you change a prompt, a model or a limit: scan with topSavings, explain the call, ask what-if. After a change: diff.';

export interface ServerOptions {
  /** Absolute. */
  readonly root: string;
  readonly usesCache: boolean;
}

/** Resolves when the client has closed the connection. */
export async function serve({ root, usesCache }: ServerOptions, io: Io): Promise<void> {
  const real = realpathSync(root);
  // Nothing but the protocol may be on standard output, and no scan draws a progress line.
  const quiet: Io = { ...io, cwd: real, out: io.err, terminal: { ...io.terminal, isOutput: false, isError: false } };
  const server = new Server(
    { name: 'farthing', version: VERSION },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(declaration) }));
  const gone = new AbortController();
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
    const tool = TOOLS.find(({ name }) => name === params.name);
    if (tool === undefined) {
      const names = TOOLS.map(({ name }) => name).join(', ');
      throw new McpError(
        ErrorCode.InvalidParams,
        `there is no tool "${printable(params.name.slice(0, 100))}". The tools are ${names}`,
      );
    }
    const token = params._meta?.progressToken;
    const report = (progress: number, total: number): void => {
      if (token === undefined) return;
      const note = { progressToken: token, progress, total, message: `${progress} of ${total} files` };
      sendNotification({ method: 'notifications/progress', params: note }).catch(() => {});
    };
    const drive = requestDrive(AbortSignal.any([signal, gone.signal]), token === undefined ? null : report);
    return answer(tool, params.arguments ?? {}, { io: quiet, root: real, usesCache, drive });
  });
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  // A client that is killed says no more: a scan for it ends at once.
  const leave = (): void => {
    gone.abort();
    server.close().catch(() => {});
  };
  process.stdin.once('end', leave).once('close', leave);
  await server.connect(new StdioServerTransport());
  await closed;
}

function declaration({ name, description, arguments: known, required }: Tool) {
  const properties = Object.fromEntries(
    Object.entries(known).map(([key, { type, description: text, values }]) => [
      key,
      {
        type,
        description: text,
        ...(values === undefined ? {} : { enum: values }),
        ...(type === 'integer' ? { minimum: 1 } : {}),
      },
    ]),
  );
  return {
    name,
    description,
    inputSchema: { type: 'object' as const, properties, required: [...required], additionalProperties: false },
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
}

/** What cannot be done is an answer, so that the model reads what to do instead; so is a fault, which ends only this request. */
async function answer(tool: Tool, given: Readonly<Record<string, unknown>>, context: Parameters<Tool['run']>[1]) {
  try {
    const text = await tool.run(checkArguments(tool, given), context);
    return { content: [{ type: 'text' as const, text: boundedText(text) }] };
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    const text = isUsageError(error)
      ? error.message
      : `internal error in farthing: ${error instanceof Error ? error.message : String(error)}`;
    return { content: [{ type: 'text' as const, text: boundedText(printable(text)) }], isError: true };
  }
}
