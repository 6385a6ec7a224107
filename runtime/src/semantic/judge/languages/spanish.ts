import { groups, type Language, words } from '../language.ts';
import { plainDigits } from '../numbers.ts';
import { phraseList, phraseTable } from '../phrase-table.ts';
import { reframeSpanish } from './spanish-frames.ts';
import { SPANISH_OPENINGS } from './spanish-openings.ts';

export const spanish: Language = {
  name: 'es',
  digits: (written) => plainDigits(written, '.', ','),
  numbers: new Map([
    ...'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte'
      .split(' ')
      .map((name, value) => [name, value] as const),
  ]),
  units: words('kg g mg km m cm mm ml l kb mb gb tb h min s px'),
  expand: (word) => (word === 'del' ? ['de', 'el'] : word === 'al' ? ['a', 'el'] : null),
  weekdays: new Set(),
  unitNames: new Map([
    ['KB', 'kb'],
    ['MB', 'mb'],
    ['GB', 'gb'],
    ['TB', 'tb'],
    ['EUR', 'eur'],
  ]),
  courtesies: phraseList(
    'por favor|porfavor|hola|buenas|buenos días|buenas tardes|buenas noches|gracias|muchas gracias|gracias de antemano|oye|disculpa|disculpe|perdona|perdone',
  ),
  greetings: phraseList('por favor|hola|oye'),
  requests: phraseTable([]),
  tasks: new Set(),
  auxiliaries: words('es son está están fue era hay tiene tienen ha han he'),
  askings: phraseList(
    'dime|dígame|me puedes decir|me podrías decir|me puede decir|me podría decir|puedes decirme|podrías decirme|puede decirme|podría decirme|quiero saber|quisiera saber|me gustaría saber|necesito saber|sabes|sabe usted|querría saber',
  ),
  thing: 'cuál',
  phrases: phraseTable(
    (
      [
        ['iniciar sesión', 'login'],
        ['inicio sesión', 'login'],
        ['cerrar sesión', 'logout'],
        ['cierro sesión', 'logout'],
        ['dar de baja', 'baja'],
        ['correo electrónico', 'email'],
        ['estados unidos', 'eeuu'],
        ['por ciento', 'porcentaje'],
        ['por mes', 'al-mes'],
        ['a el mes', 'al-mes'],
        ['cada mes', 'al-mes'],
        ['por año', 'al-año'],
        ['a el año', 'al-año'],
        ['cada año', 'al-año'],
        ['por medio de', 'con'],
        ['a través de', 'con'],
        ['manera de', 'forma de'],
        ['modo de', 'forma de'],
        // With an article these words are other quantities.
        ['un poco', 'un-poco'],
        ['unos pocos', 'unos-pocos'],
        ['unas pocas', 'unas-pocas'],
      ] as const
    ).map(([from, to]) => [from.split(' '), to.split(' ')] as const),
  ),
  openings: SPANISH_OPENINGS,
  reframe: reframeSpanish,
  ignored: words('el la los las un una unos unas'),
  definiteArticles: words('el la los las'),
  doArticlesAgree: (one, other) => isFeminine(one) === isFeminine(other),
  aboutWords: new Set([
    'qué significa',
    ...words(
      'significa significado escribe deletrea pronuncia sinónimo sinónimos antónimo antónimos palabra palabras traduce traducción definición rima llama',
    ),
  ]),
  synonyms: groups(`
    es son | está están | sugiere dame sugiéreme proponme propón recomiéndame | escribe escríbeme | explica explícame |
    muestra muéstrame enséñame | haz hazme | resume resúmeme | ventaja ventajas beneficio beneficios pros |
    desventaja desventajas inconveniente inconvenientes contras | rápido rápidamente deprisa | comprar adquirir |
    empezar comenzar iniciar | terminar acabar finalizar | borrar eliminar | borra elimina |
    gratis gratuito gratuita gratuitos gratuitas | obtener conseguir | actualmente ahora | diferencia diferencias |
    ordenador computadora computador | móvil celular | coche carro automóvil |
    película filme | foto fotografía | médico doctor | email correo e-mail | solicitar pedir | arreglar reparar | usar utilizar |
    kilómetros kilómetro km | metros metro | centímetros centímetro cm | kilos kilo kilogramos kilogramo kg |
    gramos gramo g | litros litro | megabytes megabyte mb | gigabytes gigabyte gb | horas hora h | minutos minuto min |
    dólares dólar | euros euro eur | aplicación app | aplicaciones apps
  `),
  isSameSpelling: isSameButAccents,
  isPlural: (plural, singular) => isRegularPlural(plural, singular),
  definite: words('mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa esos esas cada uno ambos'),
  negations: words('no nunca jamás sin ningún ninguna ninguno nada nadie ni tampoco'),
  scopes: words(
    'todo toda todos todas alguno alguna algunos algunas algún cualquier cada mucho mucha muchos muchas poco pocos unos-pocos más menos ambos solo sólo solamente siempre nunca veces aún todavía ya también muy primero primera último última otro otra mismo misma mejor peor antes después hasta desde durante entre excepto salvo si sino sobre bajo',
  ),
  homonyms: words('sol mercurio marte rosa blanca pilar mercedes victoria granada cuenca lima chile java python'),
};

function isFeminine(article: string): boolean {
  return /as?$/.test(article);
}

function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/(?<!n)\u0303|[\u0300\u0301\u0308]/g, '')
    .normalize('NFC');
}

/**
 * Accents that a writer left out. On the last letter an accent is a tense (`cancelo`, `canceló`), and in short words it
 * is another word (`si`, `sí`).
 */
function isSameButAccents(one: string, other: string): boolean {
  if (one.length < 5 || fold(one) !== fold(other)) return false;
  const isPlain = fold(one) === one || fold(other) === other;
  return isPlain && !/[áéíóú]$/.test(one) && !/[áéíóú]$/.test(other);
}

/** Words whose form with an `s` has another meaning. */
const OTHER_WITH_S = words(
  'esposa gafa compra mano lente hora celo bien interés cuenta no la lo le mi tu su ve da va e a',
);

function isRegularPlural(plural: string, singular: string): boolean {
  if (singular.length < 3 || OTHER_WITH_S.has(singular)) return false;
  if (/[aeiouáéó]$/.test(singular)) return plural === `${singular}s`;
  if (singular.endsWith('z')) return plural === `${singular.slice(0, -1)}ces`;
  return plural === `${singular}es` || fold(singular) === plural.slice(0, -2);
}
