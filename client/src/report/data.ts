/** Fetches the report of the workspace from the server. */
import type * as protocol from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';

const REPORT: typeof protocol.REPORT = 'farthing/report';

/** Null if the server is not running. */
export function fetchReport(server: Server): Promise<protocol.ReportResult | null> {
  return server.request<protocol.ReportResult>(REPORT, null);
}
