/** A prompt by section and stability, and the first position at which a provider's cache ends. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatTokens } from '@farthing/shared/money';
import { sumRanges } from '@farthing/shared/range';
import type { LlmCall, PromptSegment } from '../../calls/call.ts';
import { leadingSections, segmentsOf, sumOfTokens } from '../../calls/facts/prompt-prefix.ts';
import { messagesIn } from '../../report/messages/index.ts';

const MAX_PIECES = 12;
const MAX_EXPRESSION_LENGTH = 30;

/** Lines for a monospaced font: sections, then pieces with a mark under the one that ends the cache. */
export function promptMap(call: LlmCall, model: Model | null, language: Language): readonly string[] {
  const sections = call.sections.filter(({ segments }) => segments.length > 0);
  const { roles, editor } = messagesIn(language);
  if (sections.length === 0) return [editor.prompt.notSeen];
  const bySection = sections.map(({ role, segments }) => {
    const literal = segments.filter(({ text }) => text !== null);
    const holes = segments.flatMap(({ text, expression }) => (text === null ? [short(expression, language)] : []));
    const known = literal.length > 0 ? [formatCount(sumOfTokens(literal).expected, language)] : [];
    return `${roles[role]} ${[...known, ...new Set(holes)].join(' + ')}`;
  });
  const { input } = call.tokens;
  const sum = input.basis === 'unknown' ? sumRanges(sections.map(({ tokens }) => tokens)) : input;
  const total = editor.prompt.total(formatTokens(sum, language));
  // The texts alone add up to less, because a provider wraps each message, and tools are rendered.
  return [`${bySection.join(' | ')}   ${total}`, ...stabilityLines(call, model, language)];
}

function stabilityLines(call: LlmCall, model: Model | null, language: Language): readonly string[] {
  const messages = messagesIn(language).editor.prompt;
  const pieces = piecesOf(segmentsOf(leadingSections(call)), language);
  const end = pieces.findIndex(({ stability }) => stability !== 'stable');
  const shown = pieces.slice(0, MAX_PIECES).map(({ label }) => `[${label}]`);
  const line = `${shown.join('')}${pieces.length > MAX_PIECES ? ' ...' : ''}`;
  const breaker = pieces[end];
  const minimum = model?.cacheMode === 'automatic' || model?.cacheMode === 'marker' ? model.cacheMinimum : null;
  if (minimum === null) return [line];
  const stable = pieces.filter(({ stability }) => stability === 'stable');
  if (stable.reduce((sum, piece) => sum + piece.tokens, 0) < minimum) {
    return [line, messages.tooShort(formatCount(minimum, language))];
  }
  if (breaker === undefined || end >= MAX_PIECES) return [line];
  const behind = pieces.slice(end + 1).filter(({ stability }) => stability === 'stable');
  const lost = behind.reduce((sum, piece) => sum + piece.tokens, 0);
  const paid = lost > 0 ? messages.paidInFull(lost) : '';
  const indentation = ' '.repeat(shown.slice(0, end).join('').length);
  return [line, `${indentation}${'^'.repeat(shown[end]?.length ?? 1)} ${messages.cacheEnds}${paid}`];
}

interface Piece {
  readonly stability: PromptSegment['stability'];
  readonly tokens: number;
  readonly label: string;
}

/** Joins neighbouring stable segments into one piece. */
function piecesOf(segments: readonly PromptSegment[], language: Language): readonly Piece[] {
  const { stabilities } = messagesIn(language);
  const pieces: Piece[] = [];
  for (const { stability, tokens, expression } of segments) {
    const last = pieces.at(-1);
    if (stability === 'stable' && last?.stability === 'stable') {
      const sum = last.tokens + tokens.expected;
      pieces[pieces.length - 1] = {
        stability,
        tokens: sum,
        label: `${stabilities.stable} ${formatCount(sum, language)}`,
      };
      continue;
    }
    const name = stability === 'stable' ? formatCount(tokens.expected, language) : short(expression, language);
    const mark = stability === 'volatile' ? stabilities.volatile.toUpperCase() : stabilities[stability];
    pieces.push({ stability, tokens: tokens.expected, label: `${mark} ${name}` });
  }
  return pieces;
}

function short(expression: string | null, language: Language): string {
  const text = (expression ?? messagesIn(language).editor.prompt.text).replace(/\s+/g, ' ');
  return text.length > MAX_EXPRESSION_LENGTH ? `${text.slice(0, MAX_EXPRESSION_LENGTH)}...` : text;
}
