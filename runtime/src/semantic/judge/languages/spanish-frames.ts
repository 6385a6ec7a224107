/** Different ways to ask for one thing, in one form. */
import { type Frame, words } from '../language.ts';
import { type Token, word } from '../tokens.ts';
import { after, isWord } from './english-frames.ts';

export function reframeSpanish(frame: Frame): Frame {
  return (
    wayToDo(frame) ?? meaning(frame) ?? property(frame) ?? place(frame) ?? creator(frame) ?? needed(frame) ?? frame
  );
}

/** "¿Cómo cancelo X?", "¿Cómo se cancela X?", "¿Cómo cancelar X?" and "¿Cómo puedo cancelar X?" */
function wayToDo({ kind, tokens }: Frame): Frame | null {
  const isPassive = kind === 'cómo' && isWord(tokens[0], 'se');
  const [verb, ...others] = isPassive ? tokens.slice(1) : tokens;
  if (verb?.kind !== 'word') return null;
  const stem =
    kind === 'cómo puedo'
      ? infinitiveStem(verb.key)
      : kind === 'cómo'
        ? (stemOf(verb.key, isPassive) ?? (isPassive ? null : infinitiveStem(verb.key)))
        : null;
  return stem === null ? null : { kind: 'cómo hacer', tokens: [word(stem), ...others] };
}

function infinitiveStem(verb: string): string | null {
  return /[aeií]r$/.test(verb) ? spelled(verb.slice(0, -2)) : null;
}

/** The stem that the infinitive has: `cierro`, `cerrar`. Null for another form. */
function stemOf(verb: string, isPassive: boolean): string | null {
  if (!(isPassive ? /[ae]n?$/ : /o$/).test(verb)) return null;
  const stem = spelled(verb.replace(isPassive ? /[ae]n?$/ : /o$/, ''));
  const plain = IRREGULAR.get(stem) ?? stem.replace(/ie(?=[^aeiou]+$)/, 'e').replace(/ue(?=[^aeiou]+$)/, 'o');
  // "¿Cómo se mueve?" asks how something moves, and not how to move it.
  return isPassive && !TASKS.has(plain) ? null : plain;
}

/** One spelling of a stem before all endings. */
function spelled(stem: string): string {
  return stem.replace(/zc$/, 'c').replace(/qu$/, 'c').replace(/gu$/, 'g');
}

const IRREGULAR = new Map([
  ['hag', 'hac'],
  ['pong', 'pon'],
  ['teng', 'ten'],
  ['salg', 'sal'],
  ['traig', 'tra'],
  ['pid', 'ped'],
  ['veo', 've'],
]);

/** Stems of what people do to things, and things do not do by themselves. */
const TASKS = words(
  'instal desinstal cancel pag us utiliz hac cre cambi calcul configur descarg actualiz elimin borr activ desactiv solicit ped compr vend envi reserv contrat imprim escrib le calcul mid prepar cocin limpi repar arregl abr cerr registr verific valid export import instal program consult obten rellen complet present tramit devolv reclam copi peg guard recuper restablec convert traduc resum compart invit agreg anad quit sub conect desconect',
);

/** "¿Cuál es el significado de X?" */
function meaning({ kind, tokens }: Frame): Frame | null {
  const of = after(withoutArticle(tokens), ['significado', 'de']);
  return kind === 'cuál' && of !== null ? { kind: 'qué significa', tokens: of } : null;
}

/** "¿Qué ventajas tiene X?" and "¿Cuáles son las ventajas de X?" */
function property({ kind, tokens }: Frame): Frame | null {
  const at = tokens.findIndex((token) => isWord(token, 'tiene') || isWord(token, 'tienen'));
  if (kind !== 'qué' || at < 1 || at === tokens.length - 1) return null;
  return { kind: 'cuál', tokens: [...tokens.slice(0, at), word('de'), ...tokens.slice(at + 1)] };
}

/** "¿Dónde se encuentra X?" and "¿Dónde está X?" */
function place({ kind, tokens }: Frame): Frame | null {
  if (kind !== 'dónde' || !isWord(tokens[0], 'se')) return null;
  const isFound = isWord(tokens[1], 'encuentra') || isWord(tokens[1], 'encuentran');
  return isFound ? { kind, tokens: [word('está'), ...tokens.slice(2)] } : null;
}

/** "¿Quién es el autor de X?" and "¿Quién escribió X?" */
function creator({ kind, tokens }: Frame): Frame | null {
  const [be, ...others] = tokens;
  const [name, de, ...work] = withoutArticle(others);
  const verb = name?.kind === 'word' ? CREATORS.get(name.key) : undefined;
  const isThere = kind === 'quién' && isWord(be, 'es') && verb !== undefined && isWord(de, 'de') && work.length > 0;
  return isThere ? { kind, tokens: [word(verb), ...work] } : null;
}

const CREATORS = new Map([
  ['autor', 'escribió'],
  ['inventor', 'inventó'],
  ['descubridor', 'descubrió'],
  ['fundador', 'fundó'],
  ['pintor', 'pintó'],
  ['compositor', 'compuso'],
]);

/** "¿Qué documentos hacen falta para X?", "¿Qué documentos se necesitan para X?" and "¿Qué documentos necesito para X?" */
function needed({ kind, tokens }: Frame): Frame | null {
  const at = tokens.findIndex(
    (token, index) => index > 0 && isWord(tokens[index + 2], 'para') && isNeeded(token, tokens[index + 1]),
  );
  return kind === 'qué' && at > 0 ? { kind, tokens: tokens.toSpliced(at, 2, word('necesito')) } : null;
}

function isNeeded(one: Token | undefined, other: Token | undefined): boolean {
  const text = `${one?.key} ${other?.key}`;
  return ['hacen falta', 'hace falta', 'se necesitan', 'se necesita'].includes(text);
}

function withoutArticle(tokens: readonly Token[]): readonly Token[] {
  return isWord(tokens[0], 'el') ? tokens.slice(1) : tokens;
}
