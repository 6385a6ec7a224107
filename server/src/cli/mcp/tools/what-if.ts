import { dirname, join } from 'node:path';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { NANO_DOLLARS } from '@farthing/shared/money';
import { nearestFew } from '@farthing/shared/nearest';
import { type Range, scaleRange } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { PROVIDERS, type ProviderName } from '@farthing/shared/vocabulary';
import type { CallFigures } from '../../../calls/call.ts';
import {
  createEstimationLog,
  type Estimation,
  type EstimationLog,
  figuresFrom,
} from '../../../calls/estimate/estimation.ts';
import { absolute } from '../../../files/paths.ts';
import { textOf } from '../../../inspect/report-tables.ts';
import { PER_THOUSAND, perThousand, signed, spread } from '../../../inspect/tables/figures.ts';
import { table } from '../../../inspect/tables/table.ts';
import { analyse } from '../../analyse.ts';
import { UsageError } from '../../exit.ts';
import { findCall } from '../find-call.ts';
import { scanned } from '../scanned.ts';
import type { Tool, ToolContext } from '../tool.ts';

export const whatIf: Tool = {
  name: 'what-if',
  description:
    "What a call would cost with another model, another output limit or another volume. Nothing is changed. The prompt is counted again with the other model's tokenizer.",
  arguments: {
    call: { type: 'string', description: 'path:line of the call as scan lists it, such as src/answer.ts:42.' },
    model: { type: 'string', description: 'The exact id of the other model.' },
    provider: {
      type: 'string',
      values: PROVIDERS,
      description: 'Who is paid. Default: as now, or the only one that sells it.',
    },
    maxOutputTokens: { type: 'integer', description: 'Another output limit.' },
    callsPerMonth: { type: 'integer', description: 'Another volume.' },
  },
  required: ['call'],
  run: async (given, context) => {
    const limit = given.count('maxOutputTokens');
    const calls = given.count('callsPerMonth');
    const name = given.text('model');
    if (name === null && limit === null && calls === null)
      throw new UsageError('say what would be different: "model", "maxOutputTokens" or "callsPerMonth".');
    const call = findCall(await scanned(context), given.text('call') ?? '');
    const { estimations, catalogue } = await estimated(call, context);
    const provider = PROVIDERS.find((one) => one === given.text('provider')) ?? null;
    const other = name === null ? null : modelNamed(name, provider, estimations, catalogue);
    const changed = estimations.map((one) => withLimits(other === null ? one : withModel(one, other), limit, calls));
    // Of a feature call that leads to several requests, each is one way to make it.
    const rows = estimations.flatMap((before, index) => {
      const after = changed[index];
      return after === undefined ? [] : [rowOf('now', before), rowOf('then', after)];
    });
    const changes = estimations.map((before, index) =>
      changeText(figuresFrom(before), figuresFrom(changed[index] ?? before)),
    );
    return textOf(
      [
        `${call.path}:${call.line}${call.function === null ? '' : ` in ${call.function}`}`,
        ...changes,
        ...(other === null ? [] : cautions(other, estimations)),
      ],
      [{ title: 'Now and then', lines: table(COLUMNS, rows) }],
    );
  },
};

interface Estimated {
  readonly estimations: readonly Estimation[];
  readonly catalogue: Catalogue;
}

/** Analyses the files on the call's way without the cache, which does not keep what figures are computed from; all files if it takes those. */
async function estimated(call: ReportCall, context: ToolContext): Promise<Estimated> {
  const files = [call, ...call.via, ...call.leadsTo].map(({ path }) => join(context.root, path));
  for (const paths of [[...new Set(files)], [context.root]]) {
    const log: EstimationLog = createEstimationLog();
    const target = { paths, root: context.root };
    const { workspace } = await analyse(target, { cache: false, minSaving: 1 }, context.io, null, null, {
      drive: context.drive,
      estimations: log,
    });
    const estimations = log.all().get(call.id);
    if (estimations !== undefined)
      return { estimations, catalogue: workspace.catalogueAt(absolute(dirname(join(context.root, call.path)))) };
  }
  throw new UsageError(
    `the cost of the call at ${call.path}:${call.line} cannot be computed again. explain says what is known of it.`,
  );
}

/** @throws UsageError for a model that nobody sells */
function modelNamed(
  name: string,
  provider: ProviderName | null,
  [first]: readonly Estimation[],
  catalogue: Catalogue,
): Model {
  const own = provider ?? first?.candidates.list[0]?.provider ?? first?.provider;
  const found = own === undefined ? null : catalogue.find(own, name);
  const isKnown = (model: Model | null): model is Model =>
    model !== null && (model.priceProvenance !== null || model.contextWindow !== null);
  if (isKnown(found)) return found;
  const others =
    provider === null ? PROVIDERS.flatMap((one) => catalogue.models(one).find(({ id }) => id === name) ?? []) : [];
  const [only, ...more] = others;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined)
    throw new UsageError(
      `"${name}" is sold by ${others.map((one) => one.provider).join(', ')}. Say which "provider" would be paid.`,
    );
  const near = nearestFew(name, new Set(catalogue.models().map(({ id }) => id)), 3);
  throw new UsageError(
    `"${name}" is not a known model${provider === null ? '' : ` of ${provider}`}. ${near.length === 0 ? '' : `Similar names: ${near.join(', ')}.`}`,
  );
}

function withModel(estimation: Estimation, model: Model): Estimation {
  const candidate = {
    name: model.id,
    provider: model.provider,
    decidedBy: 'code' as const,
    origin: null,
    setting: null,
    share: null,
    known: model,
  };
  return { ...estimation, provider: model.provider, candidates: { list: [candidate], isOpen: false, byDefault: null } };
}

function withLimits(estimation: Estimation, limit: number | null, calls: number | null): Estimation {
  const { asked } = estimation;
  return {
    ...estimation,
    asked: {
      ...asked,
      ...(limit === null ? {} : { outputLimit: { ...asked.outputLimit, state: 'present' as const, tokens: limit } }),
      ...(calls === null ? {} : { callsPerMonth: calls }),
    },
  };
}

interface Row {
  readonly when: string;
  readonly model: string;
  readonly figures: CallFigures;
}

const COLUMNS = [
  { head: 'when', cell: ({ when }: Row) => when },
  { head: 'model', cell: ({ model }: Row) => model },
  { head: 'tokens in', cell: ({ figures }: Row) => spread(figures.tokens.input) },
  { head: 'out', cell: ({ figures }: Row) => spread(figures.tokens.output) },
  { head: PER_THOUSAND, cell: ({ figures }: Row) => costText(oneCost(figures), (cost) => perThousand(cost)) },
  {
    head: '$/month',
    cell: ({ figures }: Row) => figures.cost.perMonth && costText(figures.cost.perMonth, (cost) => cost),
  },
  { head: 'basis', cell: ({ figures }: Row) => oneCost(figures)?.basis ?? 'unknown' },
];

function rowOf(when: string, estimation: Estimation): Row {
  const names = estimation.candidates.list.map(({ name, provider }) => `${name} (${provider})`);
  return { when, model: names.join(' or ') || '?', figures: figuresFrom(estimation) };
}

/** One request; of an agent, a step. */
function oneCost({ cost }: CallFigures): Range | null {
  return cost.perCall ?? cost.perStep;
}

function costText(cost: Range | null, scaled: (dollars: Range) => Range): string {
  return cost === null ? '?' : spread(scaled(scaleRange(cost, 1 / NANO_DOLLARS)));
}

function changeText(before: CallFigures, after: CallFigures): string {
  const [from, to] = [oneCost(before), oneCost(after)];
  if (from === null || to === null || from.basis === 'unknown' || to.basis === 'unknown')
    return 'change in cost unknown: one of the two costs is';
  const share = from.expected === 0 ? '' : `, ${Math.round((to.expected / from.expected - 1) * 100)}%`;
  const [monthFrom, monthTo] = [before.cost.perMonth, after.cost.perMonth];
  const month = monthFrom && monthTo ? `, ${signed(difference(monthFrom, monthTo))} $/month` : '';
  return `${signed(perThousand(difference(from, to)))} ${PER_THOUSAND}${share}${month}, ${to.basis}`;
}

/** In dollars. */
function difference(from: Range, to: Range): Range {
  const dollars = (bound: 'low' | 'expected' | 'high'): number => (to[bound] - from[bound]) / NANO_DOLLARS;
  return { low: dollars('low'), expected: dollars('expected'), high: dollars('high'), basis: to.basis };
}

/** What a cheaper price does not say. */
function cautions(
  { id, retirement, contextWindow, maxOutput, capabilities }: Model,
  estimations: readonly Estimation[],
): readonly string[] {
  const highest = Math.max(...estimations.map((one) => figuresFrom(one).tokens.input.high));
  const limits = estimations.flatMap(({ asked }) => asked.outputLimit.tokens ?? []);
  const usesTools = estimations.some(({ asked }) => (asked.tools?.definitions.length ?? 0) > 0);
  return [
    ...(retirement === null ? [] : [`${id} is shut down on ${retirement.date}.`]),
    ...(contextWindow !== null && highest > contextWindow
      ? [`The longest prompt (${highest} tokens) does not fit its context of ${contextWindow}.`]
      : []),
    ...(maxOutput !== null && limits.some((limit) => limit > maxOutput)
      ? [`The output limit is above the ${maxOutput} tokens that it can write.`]
      : []),
    ...(usesTools && capabilities?.tools === false ? ['It takes no tools.'] : []),
    'A price says nothing about quality: compare answers before you change the model.',
  ];
}
