import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { describe, expect, it } from 'vitest';
import { modelCard } from './model-card.ts';
import { writePage } from './page.ts';

const catalogue = createCatalogue({ now: new Date('2026-11-22T00:00:00Z') });

function retires(...[provider, id]: Parameters<typeof catalogue.find>): string | undefined {
  const model = catalogue.find(provider, id);
  const lines = model === null ? [] : writePage(modelCard(model, 'en'), false).split('\n');
  return lines.find((line) => line.startsWith('retires'));
}

describe('modelCard', () => {
  it('says when a model goes, what replaces it, and what becomes of calls that still name it', () => {
    expect(retires('openai', 'gpt-4o')).toBe(
      'retires: 2027-01-14 (replacement: gpt-6-luna), after which calls fail (OpenAI deprecations page, 2026-11-22)',
    );
    expect(retires('google', 'gemini-2.5-pro')).toBe(
      'retires: 2026-12-01 (replacement: gemini-3.8-flash), after which the replacement answers and is billed (Gemini API deprecations page, 2026-11-22)',
    );
  });

  it('says nothing of what becomes of them where that is not known', () => {
    expect(retires('google', 'gemini-3-pro-preview')).not.toContain('then');
  });

  it('has no line for a date that is not known', () => {
    expect(retires('openai', 'gpt-6-luna')).toBeUndefined();
  });
});
