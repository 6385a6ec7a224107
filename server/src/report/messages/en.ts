import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import { formatCount } from '@farthing/shared/money';
import type { ModelSource } from '@farthing/shared/vocabulary';
import { plural } from '../plural.ts';
import type { Messages } from './messages.ts';

const SOURCES: Readonly<Record<ModelSource, string>> = {
  literal: 'literal',
  constant: 'constant',
  constructor: 'constructor',
  default: 'default',
  env: 'environment',
  config: 'configuration',
  parameter: 'parameter',
  request: 'request',
  factory: 'factory',
  unknown: 'unknown',
};
const DEFINITE: ReadonlySet<ModelSource> = new Set(['constructor', 'env', 'config', 'request']);

function withArticle(source: ModelSource): string {
  const article = DEFINITE.has(source) ? 'the' : source === 'unknown' ? 'an' : 'a';
  return `${article} ${SOURCES[source]}`;
}

export const en: Messages = {
  bases: NUMBER_STYLES.en.bases,
  roles: { tools: 'tools', schema: 'schema', system: 'system', history: 'history', user: 'user' },
  stabilities: { stable: 'stable', varying: 'varying', volatile: 'volatile' },
  unknown: NUMBER_STYLES.en.bases.unknown,
  from: (amount) => `from ${amount}`,
  cell: (index) => `cell ${index}`,
  units: {
    image: 'image',
    page: 'page',
    'audio-second': 'minute of audio',
    'video-second': 'second of video',
    character: '1,000 characters',
  },
  made: (unit, number, count) => {
    if (unit === 'image') return `${count} ${number === 1 ? 'image' : 'images'}`;
    return unit === 'video-second' ? `${count} ${number === 1 ? 'second' : 'seconds'} of video` : '';
  },

  cost: {
    units: { call: 'per call', thousand: 'per 1,000 calls' },
    atLeast: (figure, fees) => `from ${figure}${fees}, the rest unknown`,
    perMonth: (amount) => `${amount}/month`,
    atVolume: (calls) => ` at ${calls}`,
    perRun: (amount, formula) => `${amount} per run (${formula})`,
    runOf: (formula) => `per run: ${formula}`,
    perStep: (amount) => `${amount} a step`,
    perStepAtLeast: (amount) => `from ${amount} a step, the rest unknown`,
    stepsUnknown: (step) => `steps unknown: ${step}`,
    fee: (amount, fee) => `, plus ${amount} per ${fee.replaceAll('-', ' ')}`,
    feeLimit: (uses) => ` (at most ${uses})`,
    perUnit: (amount, unit) => `${amount} per ${unit}`,
    unknownPerUnit: (unit) => `price unknown, per ${unit}`,
    doesNotFit: 'the prompt does not fit',
    unknown: 'cost unknown',
    months: (amount, basis, calls, left) => {
      const whose = calls === 1 ? 'the 1 call whose volume is' : `the ${formatCount(calls)} calls whose volumes are`;
      const others = left === 0 ? '' : `; ${plural(left, 'call has', 'calls have')} no volume and are not included`;
      return `${amount} per month, ${basis}, for ${whose} known${others}`;
    },
  },

  measured: {
    cost: (figure) => `${figure} measured`,
    unpriced: 'measured, cost unknown',
    until: (days, date) => `${days === 0 ? 'less than a day' : plural(days, 'day')} until ${date}`,
    at: (revision) => `at ${revision}`,
    perDay: (calls) => `${calls} calls/day`,
    reused: (percent) => `${percent}% from cache`,
    inputCached: (percent) => `${percent}% of input cached`,
    failed: (percent) => `${percent}% failed`,
    changed: (lines) => `${plural(lines, 'line')} changed since`,
    otherModel: 'another model since',
    predicted: (figure) => `the code alone says: ${figure}`,
    unpredicted: 'cost unknown',
    input: (measured, predicted) => `input: ${measured} tokens measured, ${predicted} predicted`,
    output: (measured, predicted) => `output: ${measured} tokens measured, ${predicted} predicted`,
    cachedWhy: (percent) => `${percent}% of the input was read from the provider's cache`,
    models: (count) => `${count} models answered`,
  },

  tokens: {
    input: (tokens) => `${tokens} in`,
    inputAtLeast: (tokens) => `at least ${tokens} in`,
    aboveContext: (tokens, context) => `${tokens} in, above the context of ${context}`,
    cacheable: (tokens) => `${tokens} cacheable`,
    output: (tokens) => `${tokens} out`,
    outputUpTo: (tokens) => `up to ${tokens} out`,
    outputUnknown: 'output unknown',
  },

  model: {
    sources: SOURCES,
    unknown: 'model unknown',
    setAtRunTime: 'model set at run time',
    declareIt: 'model set at run time: declare it',
    choose: 'model set at run time: choose...',
    declared: (models) => `${models} (declared)`,
    orFrom: (source) => ` (or from ${withArticle(source)})`,
    from: (source) => `model from ${withArticle(source)}`,
    orOthers: (count) => ` (or ${count === 1 ? '1 other model' : `${count} other models`})`,
    either: (one, other) => `${one} or ${other}`,
    oneOf: (count, unpriced) => `one of ${count} models${unpriced === 0 ? '' : `, ${unpriced} without a price`}`,
    ratesIn: (rate) => `${rate} in`,
    ratesOut: (rate) => `${rate} out`,
    perMillion: (rates) => `${rates} per million tokens`,
  },

  feature: {
    via: (name) => `via ${name}`,
    calledFrom: (count) => plural(count, 'caller'),
  },

  retirement: {
    replacement: (name) => ` (replacement: ${name})`,
    outcomes: {
      fails: ', after which calls fail',
      rerouted: ', after which the replacement answers and is billed',
    },
    doubts: { 'second-hand': (source) => `second-hand: ${source}`, unverified: (source) => `unverified: ${source}` },
  },

  editor: {
    findings: (count) => plural(count, 'finding'),
    thisCall: (cost) => `this call: ${cost}`,
    priceUnknown: 'price unknown: add it under "prices" in farthing.config.json.',
    howToDeclare: [
      'The model is set at run time, so no cost is shown. Declare it under "models"',
      'in farthing.config.json: by the quick fix "Declare the model", or farthing init --models.',
    ],
    card: {
      perMillion: (price) => `per million: ${price}`,
      inList: (price) => `${price} per million`,
      priceOf: {
        input: (rate) => `${rate} in`,
        output: (rate) => `${rate} out`,
        cacheRead: (rate) => `${rate} cache read`,
        cacheWrite: (rate) => `${rate} cache write`,
      },
      priceUnknown: NUMBER_STYLES.en.priceUnknown,
      asOf: (date) => `as of ${date}, `,
      above: (tokens, price) => `above ${tokens} in: ${price}`,
      maxOutput: (tokens) => `output up to ${tokens}`,
      context: (tokens) => `context ${tokens}`,
      cachesMarked: (tokens) => `caches marked prompts from ${tokens} tokens`,
      cachesAutomatically: (tokens) => `caches automatically from ${tokens} tokens`,
      namedAt: 'model named at ',
      retires: (retirement) => `retires: ${retirement}`,
    },
    choice: {
      head: ['may use', 'in / out per million'],
      decider: 'decided by',
      deciders: {
        code: 'certain',
        branch: 'a condition in the code',
        lookup: 'a lookup in the code',
        default: 'the default',
        caller: 'a caller',
        settings: 'settings',
        declared: 'declared',
      },
      more: (count) => `and ${count} more`,
      orAnother: 'or another model',
      anyOf: (count) => `any of these ${count} models`,
    },
    way: {
      request: 'request',
      calls: 'calls',
      assumed: ' (assumed: nothing says what its object is)',
      orMore: ' or others',
      others: (count) => ` or ${count} ${count === 1 ? 'other' : 'others'}`,
      more: (count) => `and ${count} more`,
    },
    prompt: {
      notSeen: 'The prompt cannot be seen in the code.',
      text: 'text',
      total: (tokens) => `${tokens} tokens as sent`,
      tooShort: (tokens) => `too short to cache: the provider caches from ${tokens} tokens`,
      cacheEnds: "the provider's cache ends here",
      paidInFull: (tokens) =>
        `: ${plural(tokens, 'stable token')} after it ${tokens === 1 ? 'is' : 'are'} paid in full every time`,
      hint: (tokens) => `${tokens} tokens`,
      sentBy: (size, calls, isCacheable) =>
        `${size}, sent by ${plural(calls, 'call')}${isCacheable ? ', cacheable' : ''}`,
      countedFor: (role, stability, model) =>
        `${role} prompt, ${stability}: counted for ${model ?? 'an unknown model'}`,
    },
    whatIf: {
      change: 'change',
      size: (input, output) => `this call, about ${input} in + ${output} out`,
      today: 'as it is',
      cached: (tokens) => `${tokens} cached (from 2nd use)`,
      batch: (hours) => (hours === null ? 'as a batch' : `as a batch (${hours} h)`),
      same: 'the same',
      qualityNote: 'Another model may give worse answers: check quality on your own cases.',
    },
    breakdown: {
      titleIn: (title, name) => `${title} in ${name}`,
      headings: {
        sinceHead: 'Since HEAD',
        way: 'The way to the request',
        callers: 'Callers',
        prompt: 'Prompt',
        model: 'Model',
        whatIf: 'What if',
        findings: 'Findings',
      },
      priceUnknown:
        'The model or its price is unknown, so no cost is shown. You can add prices under `prices` in `farthing.config.json`.',
      head: ['tokens', 'per million'],
      basis: 'basis',
      input: 'in',
      output: 'out',
      cost: 'cost',
      now: 'now',
      longest: (tokens, isLimit, cost) =>
        `The longest possible answer, ${tokens} tokens (${isLimit ? 'the limit' : "the model's maximum, because the call sets no limit"}), costs ${cost}.`,
      noFindings: 'No findings.',
    },
    sinceHead: {
      changed: (change) => `${change} since HEAD`,
      times: (factor) => `${factor} times as much`,
      added: 'new since HEAD',
      other: 'changed since HEAD',
    },
    summary: {
      counts: (calls, findings) => `${plural(calls, 'LLM call')} in this file, ${plural(findings, 'finding')}.`,
      range: 'The range runs from the cheapest call to the most expensive. Costs per call are never added up.',
      basis: (bases) => `Basis: ${bases}.`,
      unpriced: (calls) =>
        `${plural(calls, 'call has', 'calls have')} no price: the model or the size is only known at run time.`,
    },
    scan: {
      title: 'Farthing: scanning',
      callers: 'Farthing: looking for callers',
      progress: (done, total) => `${formatCount(done)} of ${plural(total, 'file')}`,
      found: (calls, findings, files) =>
        `${plural(calls, 'call')} and ${plural(findings, 'finding')} in ${plural(files, 'file')}.`,
      callGone: 'This call is no longer there.',
    },
  },
};
