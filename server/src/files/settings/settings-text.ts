/**
 * Environment variables that a repository's example and deployment settings state: `.env.example`, Dockerfiles, compose
 * files, Helm values and other manifests, and the files of hosts such as `fly.toml`. Those that assign with `=` are read
 * line by line, because their comments count too: `# MODEL=gpt-5` is how an optional setting is shown.
 */
import { nameOf } from '../paths.ts';
import { manifestSettings, type NamedText } from './manifest-settings.ts';

export interface StatedSetting {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

type LineReader = (line: string) => readonly (readonly [name: string, value: string])[];

const NAME = '[A-Za-z_][A-Za-z0-9_]{0,99}';
/** Longer lines hold no setting that is meant to be read. */
const MAX_LINE = 1000;

/** `KEY=value`, also where it is commented out. */
const ENVIRONMENT = new RegExp(`^\\s*(?:#+\\s*)?(?:export\\s+)?(${NAME})\\s*=\\s*(.+)$`);
/** `ENV KEY=value`, `ENV KEY value`, `ARG KEY=value`. */
const DOCKER = /^\s*(?:ENV|ARG)\s+(.+)$/i;
const DOCKER_PAIR = new RegExp(`(${NAME})=("[^"]*"|'[^']*'|\\S+)`, 'g');
const DOCKER_WORDS = new RegExp(`^(${NAME})\\s+(\\S+)\\s*$`);

const environment: LineReader = (line) => pair(ENVIRONMENT.exec(line));

const docker: LineReader = (line) => {
  const rest = DOCKER.exec(line)?.[1];
  if (rest === undefined) return [];
  const pairs = [...rest.matchAll(DOCKER_PAIR)].flatMap(pair);
  return pairs.length > 0 ? pairs : pair(DOCKER_WORDS.exec(rest));
};

const LINE_READERS = { environment, docker };

function pair(match: RegExpExecArray | RegExpMatchArray | null): readonly (readonly [string, string])[] {
  const [, name, value] = match ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

/** Manifests are named for what they deploy, and known by their folder. */
const MANIFEST =
  /(?:^|\/)(?:k8s|kubernetes|helm|charts?|manifests?|deploy(?:ments?)?|infra(?:structure)?)\/(?:.*\/)?[^/]+\.ya?ml$/i;
/** What hosts of applications read. */
const HOSTS_TOML = /^(?:fly|wrangler|netlify|railway)(?:\..+)?\.toml$/;
const HOSTS_MANIFEST = /^(?:(?:serverless|app|render)(?:\..+)?\.ya?ml|(?:vercel|wrangler)\.jsonc?)$/;

type Kind = keyof typeof LINE_READERS | 'manifest';

/** Null for a file that holds no settings, by its name or its folder. */
function kindOf(path: string): Kind | null {
  const name = nameOf(path).toLowerCase();
  if (HOSTS_TOML.test(name)) return 'environment';
  if (HOSTS_MANIFEST.test(name) || MANIFEST.test(path)) return 'manifest';
  if (/^\.?env\b|\.env$/.test(name)) return 'environment';
  if (/^(?:.*\.)?(?:docker|container)file(?:\..+)?$/.test(name)) return 'docker';
  return /^(?:(?:docker-)?compose.*|values.*|.*(?:deployment|configmap).*)\.ya?ml$/.test(name) ? 'manifest' : null;
}

export function isSettingsFile(path: string): boolean {
  return kindOf(path) !== null;
}

/** In the order of the text. */
export function settingsIn(path: string, text: string): readonly StatedSetting[] {
  const kind = kindOf(path);
  if (kind === null) return [];
  const named = kind === 'manifest' ? manifestSettings(path, text) : settingsByLine(text, LINE_READERS[kind]);
  return named.flatMap((setting): readonly StatedSetting[] => {
    const value = plainValue(setting.text);
    return value === null ? [] : [{ name: setting.name, value, path, line: setting.line }];
  });
}

function settingsByLine(text: string, read: LineReader): readonly NamedText[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const pairs = line.length > MAX_LINE ? [] : read(line);
    return pairs.map(([name, written]) => ({ name, text: unquoted(written), line: index + 1 }));
  });
}

/** Without quotes and comment. */
function unquoted(written: string): string {
  const text = written.trim();
  return /^(["'])(.*?)\1/.exec(text)?.[2] ?? text.replace(/(?:^|\s)#.*$/, '').trim();
}

/** Of `${NAME:-value}` the value that applies by default. Null where none is stated. */
function plainValue(text: string): string | null {
  const value = /^\$\{[A-Za-z0-9_]+:?-([^{}$]*)\}$/.exec(text)?.[1] ?? text;
  return value === '' || /[${}\n]/.test(value) ? null : value;
}
