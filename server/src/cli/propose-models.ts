/** `farthing init --models`: which models to declare for calls that set theirs at run time. */
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { printable } from '@farthing/shared/printable';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { FAMILIES, type Family } from '@farthing/shared/vocabulary';
import { scan } from '../analyzer.ts';
import type { LlmCall } from '../calls/call.ts';
import { createProposals, isOpenModel, isUnpricedModel, type ProposedModels } from '../calls/propose-models.ts';
import { type ModelEntry, writeEntry } from '../files/config-edits.ts';
import { isInside } from '../files/paths.ts';
import { defaultSeverities } from '../lint/rule-list.ts';
import { plural } from '../report/plural.ts';
import type { ScanResult } from '../workspace/scan.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { loadConfigs } from './config.ts';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';
import { writeModels } from './write-models.ts';

export interface Proposal {
  readonly entry: ModelEntry;
  /** What they ask for, in the order of `FAMILIES`. */
  readonly calls: readonly Family[];
  readonly from: ProposedModels['from'];
}

/** Prints the entries, or writes them to the configuration. */
export async function proposeModels(io: Io, isWritten: boolean): Promise<void> {
  const { workspace, isHeldElsewhere } = await lookAt(io);
  const { proposals, named, left } = proposalsIn(workspace, isHeldElsewhere);
  if (proposals.length === 0) io.out('Nothing to declare: no call needs a model that could be proposed.\n');
  else if (isWritten)
    writeModels(
      io,
      proposals.map(({ entry }) => entry),
    );
  else print(io, proposals);
  if (named.length > 0) {
    io.out(
      `${plural(named.length, 'call chooses', 'calls choose')} between models that the code names: declare shares to narrow the cost.\n`,
    );
  }
  if (left.length > 0) io.out(describeLeft(left));
}

export interface Looked extends ScanResult {
  /** True for a file with a configuration below the current directory: what is declared here does not hold for it. */
  readonly isHeldElsewhere: (path: string) => boolean;
}

/** A scan of the current directory. */
export async function lookAt(io: Io): Promise<Looked> {
  const configs = await loadConfigs(null, io.cwd, io.cwd, defaultSeverities());
  const progress = createProgress(io);
  const result = scan({
    paths: [io.cwd],
    root: io.cwd,
    ...configs,
    cache: null,
    now: new Date(),
    onProgress: progress.update,
  });
  progress.clear();
  return {
    ...result,
    isHeldElsewhere: (path) => {
      const folder = configs.nested?.at(path)?.folder ?? io.cwd;
      return folder !== io.cwd && isInside(folder, io.cwd);
    },
  };
}

export interface Proposals {
  readonly proposals: readonly Proposal[];
  /** Calls that choose between models with a price that the code names. */
  readonly named: readonly LlmCall[];
  /** Calls for which nothing can be proposed. */
  readonly left: readonly LlmCall[];
}

/**
 * @param workspace one that was scanned as a whole
 * @param isHeldElsewhere true for files with another configuration than the one that is proposed for: their calls only name models
 */
export function proposalsIn(workspace: Workspace, isHeldElsewhere: (path: string) => boolean = () => false): Proposals {
  const found = workspace.found();
  const callsOf = (paths: readonly string[]) => paths.flatMap((path) => workspace.file(path).calls);
  const propose = createProposals(callsOf(found), workspace.catalogue);
  const calls = callsOf(found.filter((path) => !isHeldElsewhere(path)));
  const wanted = calls.filter(isUnpricedModel).map((call) => ({ call, proposed: propose(call) }));
  return {
    proposals: proposalsFor(wanted),
    named: calls.filter((call) => isOpenModel(call) && !isUnpricedModel(call)),
    left: wanted.filter(({ proposed }) => proposed === null).map(({ call }) => call),
  };
}

/** One entry per provider, and one for calls whose provider the code leaves open. */
function proposalsFor(
  wanted: readonly { readonly call: LlmCall; readonly proposed: ProposedModels | null }[],
): readonly Proposal[] {
  const found = wanted.flatMap(({ call, proposed }) => (proposed === null ? [] : [{ call, proposed }]));
  const byProvider = Map.groupBy(found, ({ call: { provider } }) => {
    const { kind } = PROVIDER_TABLE[provider].sales;
    return kind === 'undecided' || kind === 'unknown' ? 'any' : provider;
  });
  return [...byProvider].sort().map(([provider, group]) => proposal({ provider }, group));
}

function proposal(
  selector: Omit<ModelEntry, 'model'>,
  unordered: readonly { readonly call: LlmCall; readonly proposed: ProposedModels }[],
): Proposal {
  const group = unordered.toSorted((a, b) => FAMILIES.indexOf(a.call.family) - FAMILIES.indexOf(b.call.family));
  const models = [...new Set(group.flatMap(({ proposed }) => proposed.models))];
  const [only] = models;
  return {
    entry: { ...selector, model: models.length === 1 && only !== undefined ? only : models },
    calls: group.map(({ call }) => call.family),
    from: SAME.find((from) => group.every(({ proposed }) => proposed.from === from)) ?? 'project',
  };
}

/** What is said of a whole group only if it holds for each of its calls. */
const SAME = ['provider', 'unpriced'] as const;

const SOURCES: Readonly<Record<Proposal['from'], string>> = {
  call: 'named by these calls',
  project: 'named in this project',
  provider: 'nothing in this project names one: examples from the price table',
  unpriced: 'named by these calls, and in no price table: add their prices under "prices"',
};

const KINDS: Readonly<Record<Family, string>> = {
  text: 'text',
  embedding: 'embeddings',
  audio: 'audio',
  image: 'images',
  rerank: 'reranking',
  moderation: 'moderation',
  agent: 'agents',
};

/** How many calls the entry is for, of which kinds if of several, and where its models come from. */
export function describeProposal({ calls, from }: Proposal): string {
  const kinds = [...Map.groupBy(calls, (family) => KINDS[family])].map(([kind, same]) => `${same.length} of ${kind}`);
  const mixed = kinds.length > 1 ? ` (${kinds.join(', ')}; a model counts for calls of its kind)` : '';
  return `${plural(calls.length, 'call')}${mixed}; ${SOURCES[from]}`;
}

function print(io: Io, proposals: readonly Proposal[]): void {
  const lines = proposals.flatMap((proposal, index) => [
    `    // ${describeProposal(proposal)}`,
    `    ${printable(writeEntry(proposal.entry))}${index === proposals.length - 1 ? '' : ','}`,
  ]);
  io.out(`Under "models" in ${CONFIG_FILE_NAME}:\n  "models": [\n${lines.join('\n')}\n  ]\n`);
  io.out(
    'Keep the models that you use, or write shares: { "one": 0.3, "another": 0.7 }. --write writes the entries as they are.\n',
  );
}

function describeLeft(calls: readonly LlmCall[]): string {
  const providers = [...new Set(calls.map(({ provider }) => provider))].sort().join(', ');
  return `${plural(calls.length, 'call')} (${providers}): no model is listed for them. Declare yours, and its price under "prices".\n`;
}
