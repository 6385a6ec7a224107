/** Anthropic's Claude Agent SDK: one query runs an agent. https://docs.claude.com/en/api/agent-sdk/overview */
import type { RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { taskOf } from './shapes.ts';

const OPTIONS: RolePaths = {
  model: ['options.model'],
  steps: ['options.maxTurns', 'options.max_turns'],
  schema: ['options.outputFormat', 'options.output_format'],
  reasoning: ['options.thinking', 'options.maxThinkingTokens', 'options.max_thinking_tokens', 'options.effort'],
  system: [
    // What is appended to a preset, whose own text is not in the code.
    'options.systemPrompt.append',
    'options.system_prompt.append',
    'options.systemPrompt',
    'options.system_prompt',
    'options.appendSystemPrompt',
    'options.append_system_prompt',
  ],
  tools: ['options.tools', 'options.allowedTools', 'options.allowed_tools'],
  providerTools: ['options.mcpServers', 'options.mcp_servers'],
  context: ['options.resume', 'options.continue', 'options.continue_conversation'],
};
const QUERY = {
  ...taskOf({ ...OPTIONS, messages: ['prompt'] }, ['...']),
  streaming: true,
  steps: { isUnlimited: true },
};

export const claudeAgentSdk: SdkDescriptor = {
  name: 'claude-agent-sdk',
  provider: 'anthropic',
  modules: ['@anthropic-ai/claude-agent-sdk', '@anthropic-ai/claude-code', 'claude_agent_sdk', 'claude_code_sdk'],
  exports: {
    query: { call: QUERY },
    startup: { creates: 'Client', positional: ['...'], roles: OPTIONS },
    prewarm: { creates: 'Client', positional: ['...'], roles: OPTIONS },
    unstable_v2_prompt: { call: { ...QUERY, positional: ['prompt', 'options'], streaming: false } },
    unstable_v2_createSession: { creates: 'Session', positional: ['options'], roles: OPTIONS },
    unstable_v2_resumeSession: { creates: 'Session', positional: ['session', 'options'], roles: OPTIONS },
    ClaudeSDKClient: { creates: 'Client', positional: ['options'], roles: OPTIONS },
  },
  types: {
    Client: { methods: { query: { call: { ...QUERY, positional: ['prompt'], keepsContext: true } } } },
    Session: { methods: { send: { call: { ...QUERY, positional: ['prompt'], keepsContext: true } } } },
  },
  words: { imports: ['claude-agent-sdk', 'claude-code', 'claude_agent_sdk', 'claude_code_sdk'], methods: [] },
  markers: [],
};
