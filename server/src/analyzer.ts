/**
 * The analyzer put together: languages, SDKs, rules, prices and the user's configuration around the engine's scan. The
 * terminal and the editor both start here, so that they cannot come to different answers.
 */
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import type { Config } from '@farthing/shared/config-defaults';
import { analyseModule } from './calls/analyse.ts';
import type { Assumptions } from './calls/estimate.ts';
import { analyseFiles, describePart, type Part } from './engine/part.ts';
import { absolute, relativeTo } from './engine/paths.ts';
import { createProject } from './engine/project.ts';
import { type PartTask, type RunningPart, type ScanOptions, type ScanResult, scan } from './engine/scan.ts';
import { createVolumes } from './engine/volumes.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { readNotebook } from './frontends/notebook/notebook.ts';
import { python } from './frontends/python/python.ts';
import { typescript } from './frontends/typescript/typescript.ts';
import { ruleUrl } from './rule-url.ts';
import { rules } from './rules/index.ts';
import { createLikelyCall } from './sdks/likely-call.ts';
import { markersOf, WORDS } from './sdks/markers.ts';
import { createRegistry } from './sdks/registry.ts';
import { createWalker } from './sdks/walk.ts';

/** What decides the calls that are found; plain data, so that a thread can be told. */
export interface AnalysisSettings {
  /** Files and folders to scan; absolute, or relative to the working directory. */
  readonly paths: readonly string[];
  /** The folder that the report's paths are relative to. */
  readonly root: string;
  readonly config: Config;
  /** Absolute: what the configuration's globs are relative to. */
  readonly configFolder: string;
  readonly now: Date;
}

export interface AnalyzerOptions extends AnalysisSettings, Pick<ScanOptions, 'stdin' | 'onProgress'> {
  /** Where results are kept between scans, and what names this build of the program; null keeps nothing. */
  readonly cache: { readonly directory: string; readonly build: string } | null;
  /** Runs `analyzePart` with these on another thread. */
  readonly startPart?: (settings: AnalysisSettings, task: PartTask) => RunningPart;
}

/** Tokens of a text that is only known at run time: a question, a document. Wide, since nothing is known of it. */
const HOLE: Assumptions['hole'] = { low: 20, expected: 200, high: 2000 };

export function analyze({ stdin, onProgress, cache, startPart, ...settings }: AnalyzerOptions): ScanResult {
  const { config, configFolder } = settings;
  const setup = setUp(settings);
  return scan({
    ...settings,
    ...setup,
    ...(stdin && { stdin }),
    ...(onProgress && { onProgress }),
    ignore: config.ignore,
    ignoreBase: configFolder,
    markers: markersOf(setup.registry),
    words: WORDS,
    isLikely: createLikelyCall(setup.registry),
    rules,
    severities: config.rules,
    urlOf: ruleUrl,
    cache: cache && { directory: cache.directory, key: JSON.stringify([cache.build, config, configFolder]) },
    ...(startPart && { startPart: (task: PartTask) => startPart(settings, task) }),
  });
}

/** Analyses some files of a scan. */
export function analyzePart(settings: AnalysisSettings, { files, folders }: PartTask, onProgress: () => void): Part {
  const { createAnalysis, ...setup } = setUp(settings);
  const project = createProject({ ...setup, roots: settings.paths, discovery: { folders } });
  const host = {
    project,
    relativePath: (path: string) => relativeTo(path, absolute(settings.root)),
    volumeAt: project.volumeAt,
  };
  return describePart(
    analyseFiles(files, project, () => createAnalysis(host), onProgress),
    project,
  );
}

/** Languages, SDKs and prices, made for one scan. */
function setUp({ config, configFolder, now }: AnalysisSettings) {
  const registry = createRegistry();
  const catalogue = createCatalogue({ now, overrides: config.prices });
  const volumeOf = createVolumes(config.volumes, configFolder);
  const createAnalysis: ScanOptions['createAnalysis'] = ({ project, relativePath, volumeAt }) => {
    const context = {
      evaluator: new Evaluator(project),
      walker: createWalker(registry, { baseUrls: config.baseUrls }),
      catalogue,
      assumptions: { hole: HOLE, output: config.output },
      relativePath,
      // What stands at the call is nearer than what stands in a file far away.
      callsPerMonth: (call: Parameters<typeof volumeOf>[0]) => volumeAt(call.origin) ?? volumeOf(call),
    };
    return (path) => analyseModule(path, context);
  };
  const isPublished: NonNullable<ScanOptions['isPublished']> = (module, language) => {
    const sdk = registry.byModule(module);
    return sdk !== null && !(sdk.isTypescriptOnly && language === 'python');
  };
  return { registry, catalogue, createAnalysis, isPublished, frontends: [typescript, python], notebook: readNotebook };
}
