/** The process of the language server: `--stdio`, `--node-ipc` or `--socket=PORT` say how the client speaks to it. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { boundHeap } from './heap.ts';
import { startServer } from './server.ts';

boundHeap();
startServer(createConnection(ProposedFeatures.all));
