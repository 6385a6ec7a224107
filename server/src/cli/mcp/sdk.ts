/**
 * What is used of the protocol's SDK. The build makes a file of its own of it, which only `farthing mcp` loads: it is half
 * as large as the rest of the program.
 */
export { Server } from '@modelcontextprotocol/sdk/server/index.js';
export { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
export { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
