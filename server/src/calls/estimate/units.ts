/** What a request buys by the piece: images, seconds of audio or video, characters, pages. */
import { familyByName } from '@farthing/shared/catalogue/build-model';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { isExactAmount } from '@farthing/shared/money';
import { eitherRange, exactly, type Range, sumRanges, weakestBasis } from '@farthing/shared/range';
import { type Unit, type UnitSettings, unitTerms } from '@farthing/shared/units';
import type { ApiName, Family } from '@farthing/shared/vocabulary';
import type { PromptSection, UnitCost } from '../call.ts';

export interface SoldUnits extends UnitCost {
  /** True if the price stands for the tokens of the answer, so that those of the prompt are paid besides. */
  readonly isEstimate: boolean;
}

/** What a request says about what it wants made. */
export interface Wanted {
  readonly settings: UnitSettings;
  /** Answers that one request asks for; null where only the run knows. */
  readonly answers: number | null;
  /** Seconds of the video; null where only the run knows, undefined where the request leaves it to the provider. */
  readonly seconds: number | null | undefined;
}

interface Asked extends Wanted {
  readonly api: ApiName;
  readonly family: Family;
  /** Null if it is in no price table. */
  readonly model: Model | null;
  readonly modelName: string | null;
}

/** True of a model that draws, whatever API it is asked through. */
export function makesPictures({ model, modelName }: Pick<Asked, 'model' | 'modelName'>): boolean {
  return (model?.family ?? familyByName(modelName ?? '')) === 'image';
}

/** What an API is billed by where the price is unknown. Others may be billed by tokens. */
const USUAL_UNITS: Readonly<Partial<Record<ApiName, Unit>>> = {
  images: 'image',
  videos: 'video-second',
  'audio.speech': 'character',
  'audio.transcriptions': 'audio-second',
  'audio.translations': 'audio-second',
};

/** Null if the request is billed by tokens. */
export function soldUnits(asked: Asked, sections: readonly PromptSection[]): SoldUnits | null {
  const { model, family, api } = asked;
  if (family !== 'image' && family !== 'audio' && !makesPictures(asked)) return null;
  const terms = model && unitTerms(model, asked.settings);
  if (terms !== null) {
    const { unit, price, isEstimate } = terms;
    return { unit, price, isEstimate, count: countOf(unit, terms.usualCount, asked, sections) };
  }
  const unit = USUAL_UNITS[api] ?? (makesPictures(asked) && model === null ? 'image' : undefined);
  if (unit === undefined || (model !== null && hasRates(model))) return null;
  return { unit, price: null, isEstimate: false, count: countOf(unit, null, asked, sections) };
}

function hasRates({ price }: Model): boolean {
  return Object.values(price).some((rate) => rate !== null);
}

function countOf(
  unit: Unit,
  usual: number | null,
  { answers, seconds, family }: Asked,
  sections: readonly PromptSection[],
): Range | null {
  switch (unit) {
    case 'image':
      if (answers === null) return null;
      // A model that is asked like one that writes draws a picture for a prompt, or none, or several.
      return exactly(answers, family === 'image' || answers > 1 ? 'literal' : 'assumed');
    case 'video-second': {
      const length = seconds === undefined ? usual : seconds;
      if (length === null || answers === null) return null;
      return exactly(length * answers, seconds === undefined ? 'assumed' : 'literal');
    }
    case 'character':
      return charactersIn(sections);
    case 'page':
      return exactly(1, 'unknown');
    case 'audio-second':
      return null;
  }
}

/** Of English text; other languages have fewer. */
const CHARACTERS_PER_TOKEN = 4;

/** Of what is to be spoken; instructions beside it are not billed. Null if nothing of it is seen. */
function charactersIn(sections: readonly PromptSection[]): Range | null {
  const spoken = sections.filter(({ role }) => role === 'user').flatMap(({ segments }) => segments);
  if (spoken.length === 0) return null;
  return sumRanges(
    spoken.map(({ text, tokens }) => {
      if (text !== null) return exactly(text.length, 'literal');
      const { low, expected, high, basis } = tokens;
      return {
        low: low * CHARACTERS_PER_TOKEN,
        expected: expected * CHARACTERS_PER_TOKEN,
        high: high * CHARACTERS_PER_TOKEN,
        basis,
      };
    }),
  );
}

/** The cost of all units, in integer nano-dollars; null if their price or their number is unknown. */
export function costOfUnits({ price, count }: SoldUnits): Range | null {
  if (price === null || count === null) return null;
  const cost = {
    low: Math.ceil(price.low * count.low),
    expected: Math.ceil(price.expected * count.expected),
    high: Math.ceil(price.high * count.high),
    basis: weakestBasis(price.basis, count.basis),
  };
  return isExactAmount(cost.high) ? cost : null;
}

/** The range over the prices of one unit, where all are sold by the same. */
export function unitsOver(all: readonly (UnitCost | null)[]): UnitCost | null {
  const [first = null] = all;
  if (first === null || all.some((one) => one?.unit !== first.unit)) return null;
  return {
    unit: first.unit,
    price: eitherRange(all.flatMap((one) => one?.price ?? [])),
    count: all.every((one) => one?.count) ? eitherRange(all.flatMap((one) => one?.count ?? [])) : null,
  };
}
