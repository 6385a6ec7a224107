/**
 * `npm run bench -- semantic-pairs [--local] PAIRS [AUDIT]`: a cache that knows the first question of every pair is asked every second
 * one. For each policy, how many are served and how many of these wrongly, from the nearest down.
 *
 * Questions are embedded by `lexicalEmbedder`, or with `--local` by `localEmbedder`, which takes minutes. PAIRS are JSON lines `{"a", "b", "duplicate"}`. AUDIT, which overrules their labels, are JSON lines
 * `{"query", "stored", "verdict": "same" | "borderline" | "wrong"}`.
 */
import { readFileSync } from 'node:fs';
import type { Embedder } from '../runtime/src/semantic/embedders/embedder.ts';
import { lexicalEmbedder } from '../runtime/src/semantic/embedders/lexical.ts';
import { localEmbedder } from '../runtime/src/semantic/embedders/local.ts';
import { vectorIndex } from '../runtime/src/semantic/vectors/vector-index.ts';
import { type DecidedPair, decide, isServed } from './semantic-decisions.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly duplicate: boolean;
}

interface Audited {
  readonly query: string;
  readonly stored: string;
  readonly verdict: string;
}

type Truth = 'right' | 'wrong' | 'unknown';

interface Proposal extends DecidedPair {
  readonly asked: string;
  readonly stored: string;
  readonly similarity: number;
}

interface Policy {
  readonly name: string;
  /** @param proposals for one question, the nearest first */
  readonly served: (proposals: readonly Proposal[], truthOf: TruthOf) => Proposal | undefined;
}

const LOCAL = '--local';
const NEVER = new AbortController().signal;
const PROPOSED = 8;
const BATCH = 64;
const LEVELS = [100, 250, 500, 1000, 1500, 2000, 3000];
/** Of a verifier, in either direction. Its two errors about one pair are taken to be independent. */
const ERROR = 0.03;
/** Pairs that it is asked about for one question. */
const VERIFIED = [1, 3];
const MIN_UNCERTAIN = 0.5;
const MAX_WRONG = [0.01, 0.02, 0.05];

export async function benchSemanticPairs(args: readonly string[]): Promise<void> {
  const [pairsFile, auditFile] = args.filter((arg) => arg !== LOCAL);
  if (pairsFile === undefined) throw new Error('usage: npm run bench -- semantic-pairs [--local] PAIRS [AUDIT]');
  const pairs = linesOf<Pair>(pairsFile);
  const byLabel = createTruth(pairs, []);
  const stored = [...new Set(pairs.map(({ a }) => a))];
  const known = new Set(stored);
  // A question that is stored in the same words is answered by the exact cache.
  const asked = [...new Set(pairs.map(({ b }) => b))].filter((text) => !known.has(text));
  const proposals = await proposalsFor(asked, stored, args.includes(LOCAL) ? localEmbedder() : lexicalEmbedder());
  const withDuplicate = new Set(pairs.filter(({ b, duplicate }) => duplicate && !known.has(b)).map(({ b }) => b)).size;
  console.log(`${asked.length} questions asked of ${stored.length}; ${withDuplicate} have a duplicate by label.`);
  const audited = auditFile === undefined ? null : createTruth(pairs, linesOf<Audited>(auditFile));
  for (const [name, truthOf] of Object.entries({ 'by label': byLabel, 'by label and audit': audited })) {
    if (truthOf === null) continue;
    console.log(`\n## ${name}`);
    for (const policy of policies()) printCurve(policy, proposals, truthOf, withDuplicate);
  }
}

function policies(): readonly Policy[] {
  const random = numbersFrom(1);
  const bySame = (all: readonly Proposal[]) => all.find(({ outcome }) => outcome === 'same');
  return [
    { name: 'cosine alone', served: ([nearest]) => nearest },
    {
      name: 'cosine, less what the rules find different',
      served: (all) => all.find(({ outcome }) => outcome !== 'different'),
    },
    { name: 'the rules', served: bySame },
    ...MAX_WRONG.map(
      (maxWrong): Policy => ({
        name: `the rules, and the model with maxWrong: ${maxWrong}`,
        served: (all) => bySame(all) ?? byModel(all, maxWrong),
      }),
    ),
    ...VERIFIED.map((most): Policy => {
      return {
        name: `the rules, the model with maxWrong: 0.01, and a verifier that errs in ${100 * ERROR}%, after ${most === 1 ? 'one asking' : `${most} askings`}`,
        served: (all, truthOf) => {
          const isFoundSame = ({ asked, stored }: Proposal): boolean =>
            random() < (truthOf(asked, stored) === 'right' ? 1 - ERROR : ERROR);
          // As the cache does it: the nearest pair that the rules leave open is verified, in both directions, and if it is
          // found different, the next one when the question is asked again.
          const open = all.filter(({ outcome, similarity }) => outcome === 'unsure' && similarity >= MIN_UNCERTAIN);
          const verified = open.slice(0, most).find((one) => isFoundSame(one) && isFoundSame(one));
          return bySame(all) ?? byModel(all, 0.01) ?? verified;
        },
      };
    }),
  ];
}

/** The surest, as the cache chooses it. */
function byModel(all: readonly Proposal[], maxWrong: number): Proposal | undefined {
  return all
    .filter((proposal) => isServed(proposal, maxWrong))
    .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))[0];
}

function printCurve(
  { name, served: servedFor }: Policy,
  proposals: Proposals,
  truthOf: TruthOf,
  withDuplicate: number,
): void {
  const served = proposals
    .flatMap((each) => servedFor(each, truthOf) ?? [])
    .sort((one, other) => other.similarity - one.similarity);
  console.log(`\n| ${name}: served | of those with a duplicate | known | wrong of known | similarity |`);
  console.log('| ---: | ---: | ---: | ---: | ---: |');
  for (const level of [...LEVELS.filter((count) => count < served.length), served.length]) {
    const top = served.slice(0, level).map(({ asked, stored }) => truthOf(asked, stored));
    const wrong = top.filter((truth) => truth === 'wrong').length;
    const known = top.filter((truth) => truth !== 'unknown').length;
    const cells = [level, percent(level, withDuplicate), known, `${wrong} (${percent(wrong, known)})`];
    console.log(`| ${cells.join(' | ')} | ${(served[level - 1]?.similarity ?? 0).toFixed(3)} |`);
  }
}

type Proposals = readonly (readonly Proposal[])[];

async function proposalsFor(
  asked: readonly string[],
  stored: readonly string[],
  embedder: Embedder,
): Promise<Proposals> {
  const index = vectorIndex(512);
  await embedAll(embedder, stored, (text, vector) => index.set(text, vector));
  const proposals: Proposal[][] = [];
  await embedAll(embedder, asked, (text, vector) => {
    const near = index.nearest(vector, PROPOSED);
    proposals.push(
      near.map(({ id, similarity }) => {
        return { asked: text, stored: id, similarity, ...decide(id, text) };
      }),
    );
  });
  await embedder.close?.();
  return proposals;
}

async function embedAll(
  embedder: Embedder,
  texts: readonly string[],
  take: (text: string, vector: Float32Array) => void,
): Promise<void> {
  for (let at = 0; at < texts.length; at += BATCH) {
    const batch = texts.slice(at, at + BATCH);
    const embedded = await embedder.embed(batch, NEVER);
    const vectors = 'vectors' in embedded ? embedded.vectors : embedded;
    for (const [index, text] of batch.entries()) take(text, Float32Array.from(vectors[index] ?? []));
  }
}

type TruthOf = (asked: string, stored: string) => Truth;

/** Questions that are duplicates of the same one are duplicates; one different pair makes all of theirs different. */
function createTruth(pairs: readonly Pair[], audits: readonly Audited[]): TruthOf {
  const parents = new Map<string, string>();
  const rootOf = (text: string): string => {
    const parent = parents.get(text);
    return parent === undefined || parent === text ? text : rootOf(parent);
  };
  for (const { a, b, duplicate } of pairs) if (duplicate) parents.set(rootOf(a), rootOf(b));
  const different = new Set<string>();
  for (const { a, b, duplicate } of pairs) if (!duplicate) different.add(nameOf(rootOf(a), rootOf(b)));
  const audited = new Map(audits.map(({ query, stored, verdict }) => [nameOf(query, stored), verdict]));
  return (asked, stored) => {
    const verdict = audited.get(nameOf(asked, stored));
    if (verdict !== undefined) return verdict === 'wrong' ? 'wrong' : 'right';
    const [one, other] = [rootOf(asked), rootOf(stored)];
    if (one === other) return 'right';
    return different.has(nameOf(one, other)) ? 'wrong' : 'unknown';
  };
}

function nameOf(one: string, other: string): string {
  return JSON.stringify([one, other].sort());
}

function linesOf<Line>(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`;
}

/** Between 0 and 1, the same in each run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
