/**
 * The process of the language server: `--stdio`, `--node-ipc` or `--socket=PORT` select how the client talks to it.
 */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { boundHeap } from './heap.ts';
import { createRequestOrder } from './request-order.ts';
import { startServer } from './server.ts';

boundHeap();
startServer(createConnection(ProposedFeatures.all, { messageStrategy: createRequestOrder() }));
