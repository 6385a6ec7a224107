/**
 * The analyzer put together: languages, SDKs, rules, prices and the user's configuration around the engine's scan. The
 * terminal and the editor both start here, so that they cannot come to different answers.
 */
import type { Config } from '@farthing/shared/config-defaults';
import { analyseModule } from './calls/analyse.ts';
import type { Assumptions } from './calls/estimate.ts';
import { codeFactsOf } from './calls/facts/fact.ts';
import { catalogueOf } from './catalogue.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { NO_TABLE, type PriceTableFile } from './files/price-table-file.ts';
import { readNotebook } from './frontends/notebook/notebook.ts';
import { python } from './frontends/python/python.ts';
import { typescript } from './frontends/typescript/typescript.ts';
import { createVolumes } from './lint/volumes.ts';
import { ruleUrl } from './report/rule-url.ts';
import { rules } from './rules/index.ts';
import { createPrefilter } from './sdks/prefilter.ts';
import { createRegistry } from './sdks/registry.ts';
import { createWalker } from './sdks/walk.ts';
import type { CreateAnalysis } from './workspace/examine.ts';
import { type ScanOptions, type ScanResult, scan } from './workspace/scan.ts';
import { createSession, type Session, type SessionOptions } from './workspace/session.ts';

/** What decides the results besides the files. */
interface Setting {
  readonly config: Config;
  /** The price table that the configuration names; missing where it names none. */
  readonly prices?: PriceTableFile;
  /** Absolute: what the configuration's globs are relative to. */
  readonly configFolder: string;
}

export interface AnalyzerOptions extends Setting, Pick<ScanOptions, 'paths' | 'root' | 'stdin' | 'now' | 'onProgress'> {
  /** Where results are kept between scans, and what names this build of the program; null keeps nothing. */
  readonly cache: { readonly directory: string; readonly build: string } | null;
}

/** Tokens of a text that is only known at run time: a question, a document. Wide, since nothing is known of it. */
const HOLE: Assumptions['hole'] = { low: 20, expected: 200, high: 2000 };

/** Scans files and folders, or text on standard input. */
export function analyze(options: AnalyzerOptions): ScanResult {
  const { config, configFolder, prices = NO_TABLE, now, cache } = options;
  return scan({
    ...options,
    ...partsOf(options, now),
    now,
    cache: cache && {
      directory: cache.directory,
      key: JSON.stringify([cache.build, config, configFolder, prices.fingerprint]),
    },
  });
}

/** A session over the folder `root`, for an editor. Prices are those of the day on which it was opened. */
export function openSession(options: Setting & Pick<SessionOptions, 'root' | 'now' | 'onFailure'>): Session {
  const { root, now, onFailure } = options;
  return createSession({ ...partsOf(options, now()), root, now, ...(onFailure ? { onFailure } : {}) });
}

function partsOf({ config, configFolder, prices = NO_TABLE }: Setting, now: Date) {
  const registry = createRegistry();
  const catalogue = catalogueOf(config, prices, now);
  const volumeOf = createVolumes(config.volumes, configFolder);
  const facts = codeFactsOf(rules.flatMap(({ id, needs }) => (config.rules[id] === 'off' ? [] : (needs ?? []))));
  const createAnalysis: CreateAnalysis = ({ project, relativePath, volumeAt }) => {
    const context = {
      evaluator: new Evaluator(project),
      walker: createWalker(registry, { baseUrls: config.baseUrls }),
      catalogue,
      assumptions: { hole: HOLE, output: config.output },
      relativePath,
      // What stands at the call is nearer than what stands in a file far away.
      callsPerMonth: (call: Parameters<typeof volumeOf>[0]) => volumeAt(call.origin) ?? volumeOf(call),
      facts,
    };
    return (path) => analyseModule(path, context);
  };
  return {
    ignore: config.ignore,
    ignoreBase: configFolder,
    frontends: [typescript, python],
    notebook: readNotebook,
    isPublished: (module, language) => {
      const sdk = registry.byModule(module);
      return sdk !== null && !(sdk.isTypescriptOnly && language === 'python');
    },
    isRelevant: createPrefilter(registry),
    createAnalysis,
    rules,
    severities: config.rules,
    catalogue,
    urlOf: ruleUrl,
  } satisfies Omit<SessionOptions, 'root' | 'now'>;
}
