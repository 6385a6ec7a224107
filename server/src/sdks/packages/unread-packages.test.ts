import { expect, test } from 'vitest';
import { createRegistry } from '../registry.ts';
import { createUnreadSearch } from './unread-packages.ts';

const none = createUnreadSearch(createRegistry([]));

test.each([
  ['from agno.agent import Agent\n', ['agno']],
  ['import os\nimport  mem0 as memory\nfrom agno import x\n', ['mem0', 'agno']],
  ['"cells": [{"source": ["import agno\\n", "x = 1"]}]', ['agno']],
  ["import { Memory } from 'mem0ai/oss';", ['mem0ai']],
  ["const { Memory } = await import('mem0ai');", ['mem0ai']],
  ['const baml = require("@boundaryml/baml")', ['@boundaryml/baml']],
  ["import 'llamaindex-extras';\nimport agnostic\nfrom agno_tools import x\n# we import agno later\n", []],
])('the packages that a text imports: %j', (text, names) => {
  expect(none(text)).toEqual(names);
});

test('what a descriptor describes is read', () => {
  const search = createUnreadSearch(createRegistry());
  expect(search('import dspy\nfrom crewai import Agent\n')).toEqual([]);
});
