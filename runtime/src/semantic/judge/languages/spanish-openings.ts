/** What a sentence can begin with, and what it then asks for. Accents are left out: many writers do not type them. */
import { phrases, phraseTable } from '../phrase-table.ts';

const BY_KIND: Readonly<Record<string, string>> = {
  'cómo puedo':
    'como puedo|como podria|como se puede|como hago para|como hacer para|de que manera puedo|de que forma puedo|que puedo hacer para|que tengo que hacer para|que debo hacer para|que hago para',
  'cómo debo': 'como debo|como deberia',
  cómo: 'como|de que manera|de que forma',
  cuál: 'cual es|cuales son',
  'qué es': 'que es|que son|en que consiste|en que consisten',
  qué: 'que|cual|cuales',
  'qué pasa si': 'que pasa si|que ocurre si|que sucede si|que pasa cuando|que ocurre cuando|que sucede cuando',
  'qué significa': 'que significa|que significan|que quiere decir|que quieren decir',
  dónde: 'donde|en donde|en que lugar|en que lugares|en que sitio|en que sitios',
  'dónde puedo':
    'donde puedo|donde se puede|en que lugar puedo|en que lugar se puede|en que sitio puedo|en que sitio se puede',
  'a dónde': 'adonde|a donde',
  'de dónde': 'de donde',
  cuándo: 'cuando|en que fecha|en que momento',
  'por qué': 'por que|por que motivo|por que razon|cual es el motivo por el que',
  cuánto: 'cuanto|cuanta',
  cuántos: 'cuantos|cuantas|que numero de|que cantidad de',
  'cuánto tarda': 'cuanto tarda|cuanto tiempo tarda',
  'cuánto dura': 'cuanto dura|cuanto tiempo dura',
  precio:
    'cuanto cuesta|cuanto cuestan|cuanto vale|cuanto valen|cual es el precio de|que precio tiene|que precio tienen|que cuesta',
  quién: 'quien|quienes',
  puedo: 'puedo|es posible|se puede|podria',
};

export const SPANISH_OPENINGS = phraseTable(
  Object.entries(BY_KIND).flatMap(([kind, texts]) => phrases(texts).map((phrase) => [phrase, kind] as const)),
);
