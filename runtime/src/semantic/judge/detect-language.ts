/** The language of a short question, by its most frequent words. */
import { type LanguageName, words } from './language.ts';

const FREQUENT: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    "the a an of to in is are was were do does did how what which who when where why can could should will would i my me you your it this that these those and or not for with without from on at by be have has had if any all what's how's isn't don't doesn't can't please there than about into before after between while use get best tell give show write explain list does only must need no show which us we he she they them his her their there's",
  ),
  es: words(
    'el la los las un una unos unas de del al en y o es son fue era está están qué cómo cuándo dónde cuál cuáles quién cuánto cuánta cuántos cuántas por para con sin mi mis tu su se no que como cuando donde cual quien cuanto cuantos puedo puede hay más menos dime dame entre antes después este esta estos si sí me lo le yo hasta desde sobre qué tiene hacer quiero',
  ),
  fr: words(
    'le la les un une des du de et est sont dans pour avec sans que quel quelle quels comment où quand pourquoi combien je mon ma mes il elle nous vous au aux ce cette ne pas puis-je sur par plus faire',
  ),
  de: words(
    'der die das den dem ein eine einen und ist sind nicht wie was wann wo warum wer wieviel ich mein meine mit ohne für von zu auf bei kann sich es im am zum zur kein keine',
  ),
  pt: words(
    'o a os as um uma de do da dos das em no na nos nas e é são foi que como quando onde qual quais quem quanto quantos por para com sem meu minha não você eu se posso fazer mais ao à',
  ),
  it: words(
    'il lo la gli le un una di del della dei nel nella e è sono come che cosa quando dove perché chi quanto quale quali per con senza mio mia non posso si da più fare al alla',
  ),
  nl: words(
    'de het een en zijn niet hoe wat wanneer waar waarom wie hoeveel ik mijn met zonder voor van naar op bij kan kun je geen dit dat te',
  ),
  ca: words('el la els les un una de del dels i és són què com quan on qui quant per amb sense meu meva no puc més al'),
};

const SPOKEN: readonly LanguageName[] = ['en', 'es'];

/** Null for any other language, and where it cannot be told. */
export function detectLanguage(text: string): LanguageName | null {
  const spoken =
    text
      .slice(0, LONGEST_READ)
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{M}']+/gu) ?? [];
  const scores = Object.entries(FREQUENT).map(([name, frequent]) => {
    const score = spoken.filter((one) => frequent.has(one)).length;
    return { name, score: name === 'es' && /[¿¡ñ]/.test(text) ? score + 2 : score };
  });
  const best = Math.max(...scores.map(({ score }) => score));
  const [only, ...others] = scores.filter(({ score }) => score === best && score > 0);
  return others.length === 0 ? (SPOKEN.find((name) => name === only?.name) ?? null) : null;
}

const LONGEST_READ = 500;
