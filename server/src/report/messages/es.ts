import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import { formatCount as format } from '@farthing/shared/money';
import type { Fee, ModelSource, SectionRole, Stability } from '@farthing/shared/vocabulary';
import { plural as pluralIn } from '../plural.ts';
import type { Messages } from './messages.ts';

const SOURCES: Readonly<Record<ModelSource, string>> = {
  literal: 'literal',
  constant: 'constante',
  constructor: 'constructor',
  default: 'por defecto',
  env: 'entorno',
  config: 'configuración',
  parameter: 'parámetro',
  request: 'petición',
  factory: 'función constructora',
  unknown: 'desconocido',
};

/** With the preposition: `del entorno`, `de un parámetro`. */
const OF_SOURCES: Readonly<Record<ModelSource, string>> = {
  literal: 'de un literal',
  constant: 'de una constante',
  constructor: 'del constructor',
  default: 'de un valor por defecto',
  env: 'del entorno',
  config: 'de la configuración',
  parameter: 'de un parámetro',
  request: 'de la petición',
  factory: 'de una función constructora',
  unknown: 'de origen desconocido',
};

const FEES: Readonly<Record<Fee, string>> = {
  request: 'petición',
  'web-search': 'búsqueda web',
  'web-fetch': 'página web leída',
  grounding: 'respuesta con búsquedas',
  maps: 'consulta de mapas',
  source: 'fuente',
  'citation-token': 'token de cita',
  'file-search': 'búsqueda en archivos',
  'code-execution': 'ejecución de código',
  'computer-use': 'uso del ordenador',
  'tool-call': 'llamada a una herramienta',
  'image-generation': 'imagen generada',
  image: 'imagen',
  page: 'página',
  'annotated-page': 'página anotada',
  message: 'mensaje',
  'search-unit': 'unidad de búsqueda',
  'audio-second': 'segundo de audio',
  'video-second': 'segundo de vídeo',
  character: 'carácter',
};

const ROLES: Readonly<Record<SectionRole, string>> = {
  tools: 'herramientas',
  schema: 'esquema',
  system: 'sistema',
  history: 'historial',
  user: 'usuario',
};

const STABILITIES: Readonly<Record<Stability, string>> = {
  stable: 'fijo',
  varying: 'variable',
  volatile: 'volátil',
};

function plural(count: number, one: string, many = `${one}s`): string {
  return pluralIn(count, one, many, 'es');
}

export const es: Messages = {
  bases: NUMBER_STYLES.es.bases,
  roles: ROLES,
  stabilities: STABILITIES,
  unknown: NUMBER_STYLES.es.bases.unknown,
  from: (amount) => `desde ${amount}`,
  cell: (index) => `celda ${index}`,
  units: {
    image: 'imagen',
    page: 'página',
    'audio-second': 'minuto de audio',
    'video-second': 'segundo de vídeo',
    character: '1.000 caracteres',
  },
  made: (unit, number, count) => {
    if (unit === 'image') return `${count} ${number === 1 ? 'imagen' : 'imágenes'}`;
    return unit === 'video-second' ? `${count} ${number === 1 ? 'segundo' : 'segundos'} de vídeo` : '';
  },

  cost: {
    units: { call: 'por llamada', thousand: 'por cada 1000 llamadas' },
    atLeast: (figure, fees) => `desde ${figure}${fees}, el resto desconocido`,
    perMonth: (amount) => `${amount}/mes`,
    atVolume: (calls) => ` con ${calls} llamadas`,
    perRun: (amount, formula) => `${amount} por ejecución (${formula})`,
    runOf: (formula) => `por ejecución: ${formula}`,
    perStep: (amount) => `${amount} por paso`,
    perStepAtLeast: (amount) => `desde ${amount} por paso, el resto desconocido`,
    stepsUnknown: (step) => `pasos desconocidos: ${step}`,
    fee: (amount, fee) => `, más ${amount} por ${FEES[fee]}`,
    feeLimit: (uses) => ` (como máximo ${uses})`,
    perUnit: (amount, unit) => `${amount} por ${unit}`,
    unknownPerUnit: (unit) => `precio desconocido, por ${unit}`,
    doesNotFit: 'el prompt no cabe',
    unknown: 'coste desconocido',
    months: (amount, basis, calls, left) => {
      const whose =
        calls === 1
          ? 'de la llamada cuyo volumen se conoce'
          : `de las ${format(calls, 'es')} llamadas cuyo volumen se conoce`;
      const others =
        left === 0
          ? ''
          : `; ${plural(left, 'llamada no tiene volumen y no se incluye', 'llamadas no tienen volumen y no se incluyen')}`;
      return `${amount} al mes, ${NUMBER_STYLES.es.bases[basis]}, ${whose}${others}`;
    },
  },

  measured: {
    cost: (figure) => `${figure} medido`,
    unpriced: 'medido, coste desconocido',
    until: (days, date) => `${days === 0 ? 'menos de un día' : days === 1 ? '1 día' : `${days} días`} hasta ${date}`,
    at: (revision) => `en ${revision}`,
    perDay: (calls) => `${calls} llamadas/día`,
    reused: (percent) => `${percent} % de la caché`,
    inputCached: (percent) => `${percent} % de la entrada en caché`,
    failed: (percent) => `${percent} % fallidas`,
    changed: (lines) => (lines === 1 ? '1 línea cambiada desde entonces' : `${lines} líneas cambiadas desde entonces`),
    otherModel: 'otro modelo desde entonces',
    predicted: (figure) => `el código por sí solo dice: ${figure}`,
    unpredicted: 'coste desconocido',
    input: (measured, predicted) => `entrada: ${measured} tokens medidos, ${predicted} previstos`,
    output: (measured, predicted) => `salida: ${measured} tokens medidos, ${predicted} previstos`,
    cachedWhy: (percent) => `el ${percent} % de la entrada se leyó de la caché del proveedor`,
    models: (count) => `respondieron ${count} modelos`,
  },

  tokens: {
    input: (tokens) => `${tokens} de entrada`,
    inputAtLeast: (tokens) => `al menos ${tokens} de entrada`,
    aboveContext: (tokens, context) => `${tokens} de entrada, más que el contexto de ${context}`,
    cacheable: (tokens) => `${tokens} almacenables en caché`,
    output: (tokens) => `${tokens} de salida`,
    outputUpTo: (tokens) => `hasta ${tokens} de salida`,
    outputUnknown: 'salida desconocida',
  },

  model: {
    sources: SOURCES,
    unknown: 'modelo desconocido',
    setAtRunTime: 'modelo fijado en ejecución',
    declareIt: 'modelo fijado en ejecución: decláralo',
    choose: 'modelo fijado en ejecución: elegir...',
    declared: (models) => `${models} (declarado)`,
    orFrom: (source) => ` (o el ${OF_SOURCES[source]})`,
    from: (source) => `modelo ${OF_SOURCES[source]}`,
    orOthers: (count) => ` (u ${count === 1 ? 'otro modelo' : `otros ${count} modelos`})`,
    either: (one, other) => `${one} ${/^h?o/i.test(other) ? 'u' : 'o'} ${other}`,
    oneOf: (count, unpriced) => `uno de ${count} modelos${unpriced === 0 ? '' : `, ${unpriced} sin precio`}`,
    ratesIn: (rate) => `${rate} de entrada`,
    ratesOut: (rate) => `${rate} de salida`,
    perMillion: (rates) => `${rates} por millón de tokens`,
  },

  feature: {
    via: (name) => `mediante ${name}`,
    calledFrom: (count) => plural(count, 'llamador', 'llamadores'),
  },

  retirement: {
    replacement: (name) => ` (sustituto: ${name})`,
    outcomes: {
      fails: '; después las llamadas fallan',
      rerouted: '; después responde y se cobra el sustituto',
    },
    doubts: {
      'second-hand': (source) => `de segunda mano: ${source}`,
      unverified: (source) => `sin verificar: ${source}`,
    },
  },

  editor: {
    findings: (count) => plural(count, 'hallazgo'),
    thisCall: (cost) => `esta llamada: ${cost}`,
    priceUnknown: 'precio desconocido: añádelo en "prices", en farthing.config.json.',
    howToDeclare: [
      'El modelo se fija en ejecución, así que no se muestra coste. Decláralo en "models", en',
      'farthing.config.json: con la corrección rápida «Declarar el modelo» o farthing init --models.',
    ],
    card: {
      perMillion: (price) => `por millón: ${price}`,
      inList: (price) => `${price} por millón`,
      priceOf: {
        input: (rate) => `${rate} de entrada`,
        output: (rate) => `${rate} de salida`,
        cacheRead: (rate) => `${rate} lectura de caché`,
        cacheWrite: (rate) => `${rate} escritura de caché`,
      },
      priceUnknown: NUMBER_STYLES.es.priceUnknown,
      asOf: (date) => `a fecha de ${date}, `,
      above: (tokens, price) => `por encima de ${tokens} de entrada: ${price}`,
      maxOutput: (tokens) => `salida de hasta ${tokens}`,
      context: (tokens) => `contexto ${tokens}`,
      cachesMarked: (tokens) => `guarda en caché prompts marcados desde ${tokens} tokens`,
      cachesAutomatically: (tokens) => `caché automática desde ${tokens} tokens`,
      namedAt: 'modelo nombrado en ',
      retires: (retirement) => `retirada: ${retirement}`,
    },
    choice: {
      head: ['puede usar', 'entrada / salida por millón'],
      decider: 'lo decide',
      deciders: {
        code: 'seguro',
        branch: 'una condición en el código',
        lookup: 'una consulta en el código',
        default: 'el valor por defecto',
        caller: 'quien llama',
        settings: 'la configuración',
        declared: 'declarado',
      },
      more: (count) => `y ${count} más`,
      orAnother: 'u otro modelo',
      anyOf: (count) => `cualquiera de estos ${count} modelos`,
    },
    way: {
      request: 'petición',
      calls: 'llama',
      assumed: ' (supuesto: nada dice cuál es su objeto)',
      orMore: ' u otras',
      others: (count) => (count === 1 ? ' u otra' : ` u otras ${count}`),
      more: (count) => `y ${count} más`,
    },
    prompt: {
      notSeen: 'El prompt no se ve en el código.',
      text: 'texto',
      total: (tokens) => `${tokens} tokens enviados`,
      tooShort: (tokens) => `demasiado corto para la caché: el proveedor guarda desde ${tokens} tokens`,
      cacheEnds: 'la caché del proveedor termina aquí',
      paidInFull: (tokens) =>
        `: ${plural(tokens, 'token fijo posterior se paga entero', 'tokens fijos posteriores se pagan enteros')} cada vez`,
      hint: (tokens) => `${tokens} tokens`,
      sentBy: (size, calls, isCacheable) =>
        `${size}, enviados por ${plural(calls, 'llamada')}${isCacheable ? ', almacenables en caché' : ''}`,
      countedFor: (role, stability, model) =>
        `prompt de ${ROLES[role]}, ${STABILITIES[stability]}: contado para ${model ?? 'un modelo desconocido'}`,
    },
    whatIf: {
      change: 'cambio',
      size: (input, output) => `esta llamada, unos ${input} de entrada + ${output} de salida`,
      today: 'tal como está',
      cached: (tokens) => `${tokens} en caché (desde el 2.º uso)`,
      batch: (hours) => (hours === null ? 'por lotes' : `por lotes (${hours} h)`),
      same: 'igual',
      qualityNote: 'Otro modelo puede responder peor: comprueba la calidad con tus propios casos.',
    },
    breakdown: {
      titleIn: (title, name) => `${title} en ${name}`,
      headings: {
        sinceHead: 'Desde HEAD',
        way: 'El camino hasta la petición',
        callers: 'Desde dónde se llama',
        prompt: 'Prompt',
        model: 'Modelo',
        whatIf: '¿Y si...?',
        findings: 'Hallazgos',
      },
      priceUnknown:
        'No se conoce el modelo o su precio, así que no se muestra coste. Puedes añadir precios en `prices`, en `farthing.config.json`.',
      head: ['tokens', 'por millón'],
      basis: 'base',
      input: 'entrada',
      output: 'salida',
      cost: 'coste',
      now: 'ahora',
      longest: (tokens, isLimit, cost) =>
        `La respuesta más larga posible, ${tokens} tokens (${isLimit ? 'el límite' : 'el máximo del modelo, porque la llamada no pone límite'}), cuesta ${cost}.`,
      noFindings: 'Ningún hallazgo.',
    },
    sinceHead: {
      changed: (change) => `${change} desde HEAD`,
      times: (factor) => `${factor} veces lo de antes`,
      added: 'nueva desde HEAD',
      other: 'cambiada desde HEAD',
    },
    summary: {
      counts: (calls, findings) =>
        `${plural(calls, 'llamada')} a LLM en este archivo, ${plural(findings, 'hallazgo')}.`,
      range: 'El intervalo va de la llamada más barata a la más cara. Los costes por llamada nunca se suman.',
      basis: (bases) => `Base: ${bases}.`,
      unpriced: (calls) =>
        `${plural(calls, 'llamada no tiene', 'llamadas no tienen')} precio: el modelo o el tamaño solo se conoce en ejecución.`,
    },
    scan: {
      title: 'Farthing: analizando',
      callers: 'Farthing: buscando desde dónde se llama',
      progress: (done, total) => `${format(done, 'es')} de ${plural(total, 'archivo')}`,
      found: (calls, findings, files) =>
        `${plural(calls, 'llamada')} y ${plural(findings, 'hallazgo')} en ${plural(files, 'archivo')}.`,
      callGone: 'Esta llamada ya no existe.',
    },
  },
};
