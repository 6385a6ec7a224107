/** Messages and templates: what a chain says. */
import type { ExportDescriptor } from '../../descriptor.ts';
import { NOTHING } from './models.ts';

function message(type: string): ExportDescriptor {
  return {
    creates: type,
    positional: ['content|...', '...'],
    roles: { prompt: ['content', 'prompt', 'template'], cache: ['additional_kwargs.cache_control', 'cache_control'] },
  };
}

function messageTemplate(type: string): ExportDescriptor {
  return {
    creates: type,
    isTemplate: true,
    positional: ['template', '...'],
    roles: { prompt: ['template', 'prompt'] },
  };
}

export const PROMPTS: Readonly<Record<string, ExportDescriptor>> = {
  SystemMessage: message('SystemMessage'),
  HumanMessage: message('HumanMessage'),
  AIMessage: message('AIMessage'),
  ToolMessage: message('ToolMessage'),
  FunctionMessage: message('ToolMessage'),
  ChatMessage: { creates: 'HumanMessage', positional: ['content', 'role'], roles: { prompt: ['content'] } },
  'SystemMessagePromptTemplate.fromTemplate': messageTemplate('SystemMessage'),
  'SystemMessagePromptTemplate.from_template': messageTemplate('SystemMessage'),
  'HumanMessagePromptTemplate.fromTemplate': messageTemplate('HumanMessage'),
  'HumanMessagePromptTemplate.from_template': messageTemplate('HumanMessage'),
  'AIMessagePromptTemplate.fromTemplate': messageTemplate('AIMessage'),
  'AIMessagePromptTemplate.from_template': messageTemplate('AIMessage'),
  SystemMessagePromptTemplate: message('SystemMessage'),
  HumanMessagePromptTemplate: message('HumanMessage'),
  AIMessagePromptTemplate: message('AIMessage'),
  MessagesPlaceholder: {
    creates: 'MessagesPlaceholder',
    positional: ['name|...'],
    roles: { variables: ['name', 'variableName', 'variable_name'] },
  },
  ChatPromptTemplate: {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['messages|...'],
    roles: { messages: ['messages', 'promptMessages'] },
  },
  'ChatPromptTemplate.fromMessages': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['messages'],
    roles: { messages: ['messages'] },
  },
  'ChatPromptTemplate.from_messages': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['messages'],
    roles: { messages: ['messages'] },
  },
  'ChatPromptTemplate.fromPromptMessages': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['messages'],
    roles: { messages: ['messages'] },
  },
  'ChatPromptTemplate.fromTemplate': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['template'],
    roles: { prompt: ['template'] },
  },
  'ChatPromptTemplate.from_template': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['template'],
    roles: { prompt: ['template'] },
  },
  'PromptTemplate.fromTemplate': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['template'],
    roles: { prompt: ['template'] },
  },
  'PromptTemplate.from_template': {
    creates: 'Prompt',
    isTemplate: true,
    positional: ['template'],
    roles: { prompt: ['template'] },
  },
  'PromptTemplate.from_file': { creates: 'Prompt' },
  PromptTemplate: { creates: 'Prompt', isTemplate: true, roles: { prompt: ['template'] } },
  FewShotPromptTemplate: { creates: 'Prompt', isTemplate: true, roles: { prompt: ['suffix'] } },
  '*PromptTemplate': { creates: 'Prompt' },
  'ChatMessage*': NOTHING,
  'ChatGeneration*': NOTHING,
  ChatResult: NOTHING,
  'ChatPrompt*': { creates: 'Prompt' },
};
