/** The process of the language server: `--stdio`, `--node-ipc` or `--socket=PORT` say how the client speaks to it. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all));
