/**
 * Assembles the analyzer: languages, SDKs, rules, prices and the user's configuration around a workspace. The terminal
 * and the editor both start here, so they cannot give different answers.
 */

import { type Config, DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { showAmountsIn } from '@farthing/shared/display/currency';
import type { MeasuredSite } from '@farthing/shared/measured/measured';
import { NANO_DOLLARS } from '@farthing/shared/money';
import { type AnalysisContext, analyseModule, type CallMarks } from './calls/analyse.ts';
import type { Assumptions } from './calls/estimate/estimate.ts';
import type { EstimationLog } from './calls/estimate/estimation.ts';
import { codeFactsOf } from './calls/facts/fact.ts';
import { functionCallsIn } from './calls/function-calls.ts';
import { featuresIn, mayUseOwnWrapperIn, objectsIn, wrappersIn } from './calls/wrappers/analyse-wrappers.ts';
import { Lifter } from './calls/wrappers/lift.ts';
import { catalogueOf } from './catalogue.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import type { IgnoredFiles } from './files/discover.ts';
import { type FoundMeasured, NOT_MEASURED } from './files/measured-file.ts';
import type { ConfigScope, NestedConfigs } from './files/nested-configs.ts';
import { absolute } from './files/paths.ts';
import { NO_PRICE_FILES, type PriceFiles } from './files/price-files.ts';
import { projectRoot } from './files/project-root.ts';
import { FRONTENDS } from './frontends/index.ts';
import { readNotebook } from './frontends/notebook/notebook.ts';
import { createDeclaredModels } from './lint/declared-models.ts';
import type { Policy } from './lint/policy.ts';
import { leastSeverity, severitiesOf } from './lint/rule-choice.ts';
import { createVolumes } from './lint/volumes.ts';
import { createMeasuredCalls, type MeasuredCalls } from './measured/measured-calls.ts';
import { ruleUrl } from './report/rule-url.ts';
import { rules } from './rules/index.ts';
import { createUnreadSearch } from './sdks/packages/unread-packages.ts';
import { createPrefilter } from './sdks/prefilter/prefilter.ts';
import { createRegistry } from './sdks/registry.ts';
import { createWalker } from './sdks/walk.ts';
import type { CreateAnalysis } from './workspace/analyse-file.ts';
import * as workspace from './workspace/scan.ts';
import { createWorkspace, type ScanStep, type Workspace, type WorkspaceOptions } from './workspace/workspace.ts';

/** Everything besides the files that affects the results. */
interface Setting {
  readonly config: Config;
  /** The price table that the configuration names; missing if it names none. */
  readonly prices?: PriceFiles;
  /** Absolute: what the configuration's globs are relative to. */
  readonly configFolder: string;
  /** Says by path which configuration holds; missing where `config` holds for everything. */
  readonly nested?: NestedConfigs;
  /** True where calls in tests and evaluations are treated like others. Default: false. */
  readonly includesTests?: boolean;
  /** Rules in preview that run nevertheless. Default: none. */
  readonly askedRules?: ReadonlySet<string>;
  /** Nano-dollars per month: a finding that saves less is a hint, where the volume is known. Default: a dollar. */
  readonly minSaving?: number;
  /** What was measured of the project's calls. Default: nothing. */
  readonly measured?: FoundMeasured;
  /** Keeps what the figures of each call were computed from. Default: nothing is kept. */
  readonly estimations?: EstimationLog;
}

export interface AnalyzerOptions
  extends Setting,
    Pick<workspace.ScanOptions, 'paths' | 'root' | 'forceExclude' | 'stdin' | 'now' | 'onProgress' | 'onLargeFile'> {
  /** Where results are kept between scans, and an identifier of this build; null keeps nothing. */
  readonly cache: { readonly directory: string; readonly build: string } | null;
}

/**
 * Tokens of a text that is only known at run time: a question, a document. The range is wide, because nothing is known
 * about it.
 */
const HOLE: Assumptions['hole'] = { low: 20, expected: 200, high: 2000 };

/** Scans files and folders, or text on standard input. */
export function scan(options: AnalyzerOptions): workspace.ScanResult {
  return workspace.scan(scanOptions(options));
}

/** The same in steps, between two files; it may be left at any of them. */
export function scanSteps(options: AnalyzerOptions): Generator<ScanStep, workspace.ScanResult> {
  return workspace.scanSteps(scanOptions(options));
}

function scanOptions(options: AnalyzerOptions): workspace.ScanOptions {
  const { config, configFolder, prices = NO_PRICE_FILES, nested, cache } = options;
  // Those of the folders below are found by the walk.
  for (const path of options.paths) nested?.at(absolute(path));
  const holding = () => (nested === undefined ? [{ config, folder: configFolder, prices }] : nested.known());
  return {
    ...options,
    measuredSites: sitesFor(options),
    ...partsOf(options, options.now),
    cache: cache && {
      directory: cache.directory,
      key: () =>
        JSON.stringify([
          cache.build,
          holding().map(({ config, folder, prices }) => [config, folder, prices.fingerprint]),
          // The facts that are kept are those that the rules asked for need.
          [...(options.askedRules ?? [])],
          options.measured?.fingerprint ?? null,
        ]),
    },
  };
}

/** A scan of a part of the project says nothing of what belongs to a call, which may be in the rest. */
function sitesFor({ measured, paths, root }: AnalyzerOptions): readonly MeasuredSite[] {
  const sites = measured?.file?.sites ?? [];
  const isWhole = paths.some((path) => absolute(path) === projectRoot(absolute(root)));
  return isWhole ? sites : sites.filter(({ call }) => call === null);
}

/** Opens the folder `root` for an editor. Prices are those of the day on which it was opened. */
export function openWorkspace(options: Setting & Pick<WorkspaceOptions, 'root' | 'now' | 'onFailure'>): Workspace {
  const { root, now, onFailure } = options;
  return createWorkspace({
    ...partsOf(options, now()),
    root,
    paths: [root],
    isLive: true,
    now,
    ...(onFailure ? { onFailure } : {}),
  });
}

/** What a configuration makes of the analyzer. */
interface Parts extends Policy {
  readonly ignored: IgnoredFiles;
  readonly context: Omit<
    AnalysisContext,
    'evaluator' | 'relativePath' | 'idPath' | 'callsPerMonth' | 'measured' | 'estimations'
  >;
  readonly volumeOf: ReturnType<typeof createVolumes>;
}

function createParts(
  { config, folder, prices }: Pick<ConfigScope, 'config' | 'folder' | 'prices'>,
  registry: ReturnType<typeof createRegistry>,
  askedRules: ReadonlySet<string>,
  now: Date,
): Parts {
  const catalogue = catalogueOf(config, prices, now);
  const severities = severitiesOf(rules, config, askedRules);
  return {
    severities,
    leastSeverity: leastSeverity(config.extends),
    catalogue,
    ignored: { patterns: config.ignore, base: folder },
    volumeOf: createVolumes(config.volumes, folder),
    context: {
      walker: createWalker(registry, { baseUrls: config.baseUrls }),
      catalogue,
      assumptions: { hole: HOLE, output: config.output },
      declaredModels: createDeclaredModels(config.models, folder),
      facts: codeFactsOf(rules.flatMap(({ id, needs }) => (severities[id] === 'off' ? [] : (needs ?? [])))),
    },
  };
}

/** Made once for each configuration, by its folder. */
function createPartsAt(
  { config, configFolder, prices = NO_PRICE_FILES, nested, askedRules = new Set() }: Setting,
  registry: ReturnType<typeof createRegistry>,
  now: Date,
): (path: string) => Parts {
  const byFolder = new Map<string, Parts>();
  const everywhere = { config, folder: configFolder, prices };
  const byDefault = { config: DEFAULT_CONFIG, folder: '', prices: NO_PRICE_FILES };
  return (path) => {
    const scope = nested === undefined ? everywhere : (nested.at(path) ?? byDefault);
    const known = byFolder.get(scope.folder);
    if (known) return known;
    const parts = createParts(scope, registry, askedRules, now);
    byFolder.set(scope.folder, parts);
    return parts;
  };
}

/** What a comment at the call says overrides both; a volume that was measured overrides what the configuration declares. */
function volumeUnlessMeasured(call: CallMarks, parts: Parts, measured: MeasuredCalls): number | null {
  const isMeasured = (measured.of(call.id)?.requestsPerMonth ?? null) !== null;
  return isMeasured ? null : parts.volumeOf(call);
}

function partsOf(setting: Setting, now: Date) {
  showAmountsIn(setting.config.currency);
  const { includesTests = false, minSaving = NANO_DOLLARS, estimations, measured = NOT_MEASURED } = setting;
  const measuredCalls = createMeasuredCalls(measured.file);
  const registry = createRegistry();
  const partsAt = createPartsAt(setting, registry, now);
  const createAnalysis: CreateAnalysis = ({ modules, relativePath, idPath, volumeAt, wrappers, summaries }) => {
    const evaluator = new Evaluator(modules);
    const byParts = new Map<Parts, { readonly context: AnalysisContext; readonly lifter: Lifter }>();
    /** What holds for the file at `path`. */
    const at = (path: string) => {
      const parts = partsAt(path);
      const known = byParts.get(parts);
      if (known) return known;
      const context: AnalysisContext = {
        ...parts.context,
        evaluator,
        relativePath,
        idPath,
        estimations,
        measured: measuredCalls,
        callsPerMonth: (call) => volumeAt(call.origin) ?? volumeUnlessMeasured(call, parts, measuredCalls),
      };
      const created = { context, lifter: new Lifter(evaluator, context.walker, wrappers, summaries) };
      byParts.set(parts, created);
      return created;
    };
    return {
      callsIn: (path) => analyseModule(path, at(path).context),
      wrappersIn: (path) => wrappersIn(path, at(path).context, at(path).lifter),
      mayUseOwnWrapperIn: (path) => mayUseOwnWrapperIn(path, at(path).context, at(path).lifter),
      objectsIn: (path) => objectsIn(path, at(path).context),
      featuresIn: (path) => featuresIn(path, at(path).context, at(path).lifter),
      functionCallsIn: (path) => functionCallsIn(path, evaluator),
    };
  };
  return {
    ignoredAt: (path) => partsAt(path).ignored,
    frontends: FRONTENDS,
    notebook: readNotebook,
    isPublished: (module, language) => {
      const sdk = registry.byModule(module);
      return sdk !== null && (sdk.language ?? language) === language;
    },
    isReadInItsTree: (module) => registry.byModule(module)?.isReadInItsTree === true,
    markOf: (module) => registry.byModule(module)?.mark ?? null,
    isOtherLanguages: (module, language) => (registry.byModule(module)?.language ?? language) !== language,
    isRelevant: createPrefilter(registry),
    unreadIn: createUnreadSearch(registry),
    createAnalysis,
    rules,
    policyAt: partsAt,
    includesTests,
    minSaving,
    urlOf: ruleUrl,
  } satisfies Omit<WorkspaceOptions, 'root' | 'paths' | 'isLive' | 'now'>;
}
