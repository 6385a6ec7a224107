import { expect, test } from 'vitest';
import { importsIn } from './search-imports.ts';

test('finds modules, and names that may be modules of a package', () => {
  const text = `import os, app.llm as llm
from .client import ask
from . import prompts, rules as r
from app.models import (
    FAST,  # not SLOW, which is expensive
    GOOD as BEST,
)
from app.tools import \\
    search, \\
    fetch
def late():
    from app.late import run; print(run)
`;
  expect(importsIn(text)).toEqual([
    'os',
    'app.llm',
    '.client',
    '.client.ask',
    '.',
    '.prompts',
    '.rules',
    'app.models',
    'app.models.FAST',
    'app.models.GOOD',
    'app.tools',
    'app.tools.search',
    'app.tools.fetch',
    'app.late',
    'app.late.run',
  ]);
});

test('does not take a sentence for an import', () => {
  expect(importsIn('# nothing here is an import from elsewhere\nx = "important"\nimportant = from_me\n')).toEqual([]);
});
