/**
 * Assembles the analyzer: languages, SDKs, rules, prices and the user's configuration around a workspace. The terminal
 * and the editor both start here, so they cannot give different answers.
 */
import type { Config } from '@farthing/shared/config-defaults';
import { NANO_DOLLARS } from '@farthing/shared/money';
import { analyseModule } from './calls/analyse.ts';
import type { Assumptions } from './calls/estimate.ts';
import { codeFactsOf } from './calls/facts/fact.ts';
import { functionCallsIn } from './calls/function-calls.ts';
import { featuresIn, mayUseOwnWrapperIn, objectsIn, wrappersIn } from './calls/wrappers/analyse-wrappers.ts';
import { Lifter } from './calls/wrappers/lift.ts';
import { catalogueOf } from './catalogue.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { NO_TABLE, type PriceTableFile } from './files/price-table-file.ts';
import { FRONTENDS } from './frontends/index.ts';
import { readNotebook } from './frontends/notebook/notebook.ts';
import { createDeclaredModels } from './lint/declared-models.ts';
import { leastSeverity, severitiesOf } from './lint/rule-choice.ts';
import { createVolumes } from './lint/volumes.ts';
import { ruleUrl } from './report/rule-url.ts';
import { rules } from './rules/index.ts';
import { createPrefilter } from './sdks/prefilter/prefilter.ts';
import { createRegistry } from './sdks/registry.ts';
import { createWalker } from './sdks/walk.ts';
import type { CreateAnalysis } from './workspace/analyse-file.ts';
import * as workspace from './workspace/scan.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace/workspace.ts';

/** Everything besides the files that affects the results. */
interface Setting {
  readonly config: Config;
  /** The price table that the configuration names; missing if it names none. */
  readonly prices?: PriceTableFile;
  /** Absolute: what the configuration's globs are relative to. */
  readonly configFolder: string;
  /** True where calls in tests and evaluations are treated like others. Default: false. */
  readonly includesTests?: boolean;
  /** Rules in preview that run nevertheless. Default: none. */
  readonly askedRules?: ReadonlySet<string>;
  /** Nano-dollars per month: a finding that saves less is a hint, where the volume is known. Default: a dollar. */
  readonly minSaving?: number;
}

export interface AnalyzerOptions
  extends Setting,
    Pick<workspace.ScanOptions, 'paths' | 'root' | 'forceExclude' | 'stdin' | 'now' | 'onProgress'> {
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
  const { config, configFolder, prices = NO_TABLE, cache } = options;
  return workspace.scan({
    ...options,
    ...partsOf(options, options.now),
    cache: cache && {
      directory: cache.directory,
      // The facts that are kept are those that the rules asked for need.
      key: JSON.stringify([cache.build, config, configFolder, prices.fingerprint, ...(options.askedRules ?? [])]),
    },
  });
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

function partsOf(
  {
    config,
    configFolder,
    prices = NO_TABLE,
    includesTests = false,
    askedRules = new Set(),
    minSaving = NANO_DOLLARS,
  }: Setting,
  now: Date,
) {
  const registry = createRegistry();
  const catalogue = catalogueOf(config, prices, now);
  const volumeOf = createVolumes(config.volumes, configFolder);
  const declaredModels = createDeclaredModels(config.models, configFolder);
  const severities = severitiesOf(rules, config, askedRules);
  const facts = codeFactsOf(rules.flatMap(({ id, needs }) => (severities[id] === 'off' ? [] : (needs ?? []))));
  const createAnalysis: CreateAnalysis = ({ modules, relativePath, volumeAt, wrappers, summaries }) => {
    const evaluator = new Evaluator(modules);
    const context = {
      evaluator,
      walker: createWalker(registry, { baseUrls: config.baseUrls }),
      catalogue,
      assumptions: { hole: HOLE, output: config.output },
      relativePath,
      // A comment at the call overrides the configuration.
      callsPerMonth: (call: Parameters<typeof volumeOf>[0]) => volumeAt(call.origin) ?? volumeOf(call),
      declaredModels,
      facts,
    };
    const lifter = new Lifter(evaluator, context.walker, wrappers, summaries);
    return {
      callsIn: (path) => analyseModule(path, context),
      wrappersIn: (path) => wrappersIn(path, context, lifter),
      mayUseOwnWrapperIn: (path) => mayUseOwnWrapperIn(path, context, lifter),
      objectsIn: (path) => objectsIn(path, context),
      featuresIn: (path) => featuresIn(path, context, lifter),
      functionCallsIn: (path) => functionCallsIn(path, evaluator),
    };
  };
  return {
    ignore: config.ignore,
    ignoreBase: configFolder,
    frontends: FRONTENDS,
    notebook: readNotebook,
    isPublished: (module, language) => {
      const sdk = registry.byModule(module);
      return sdk !== null && (sdk.language ?? language) === language;
    },
    isOtherLanguages: (module, language) => (registry.byModule(module)?.language ?? language) !== language,
    isRelevant: createPrefilter(registry),
    createAnalysis,
    rules,
    severities,
    leastSeverity: leastSeverity(config.extends),
    includesTests,
    minSaving,
    catalogue,
    urlOf: ruleUrl,
  } satisfies Omit<WorkspaceOptions, 'root' | 'paths' | 'isLive' | 'now'>;
}
