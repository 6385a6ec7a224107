/**
 * Environment variables that a repository's example and deployment settings state: `.env.example`, Dockerfiles, compose
 * files, Helm values and other manifests, and the files of hosts such as `fly.toml`. Read line by line: only a name with a plain value on it is of use here.
 */
import { nameOf } from '../paths.ts';

export interface StatedSetting {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

type Reader = (line: string, before: string) => readonly (readonly [name: string, value: string])[];

const NAME = '[A-Za-z_][A-Za-z0-9_]{0,99}';
/** Longer lines hold no setting that is meant to be read. */
const MAX_LINE = 1000;

/** `KEY=value`, also where it is commented out: that is how optional settings are shown. */
const ENVIRONMENT = new RegExp(`^\\s*(?:#+\\s*)?(?:export\\s+)?(${NAME})\\s*=\\s*(.+)$`);
/** `ENV KEY=value`, `ENV KEY value`, `ARG KEY=value`. */
const DOCKER = /^\s*(?:ENV|ARG)\s+(.+)$/i;
const DOCKER_PAIR = new RegExp(`(${NAME})=("[^"]*"|'[^']*'|\\S+)`, 'g');
const DOCKER_WORDS = new RegExp(`^(${NAME})\\s+(\\S+)\\s*$`);
/** `KEY: value`, `- KEY=value`. */
const YAML = new RegExp(`^\\s*(?:-\\s*)?["']?(${NAME})["']?\\s*[:=]\\s*(.+)$`);
/** `- name: KEY` over `value: x`, as Kubernetes writes it. */
const YAML_NAME = new RegExp(`^\\s*-?\\s*name:\\s*["']?(${NAME})["']?\\s*$`);
const YAML_VALUE = /^\s*value:\s*(.+)$/;

const environment: Reader = (line) => pair(ENVIRONMENT.exec(line));

const docker: Reader = (line) => {
  const rest = DOCKER.exec(line)?.[1];
  if (rest === undefined) return [];
  const pairs = [...rest.matchAll(DOCKER_PAIR)].flatMap(pair);
  return pairs.length > 0 ? pairs : pair(DOCKER_WORDS.exec(rest));
};

const yaml: Reader = (line, before) => {
  const name = YAML_NAME.exec(before)?.[1];
  const value = YAML_VALUE.exec(line)?.[1];
  return name !== undefined && value !== undefined ? [[name, value]] : pair(YAML.exec(line));
};

function pair(match: RegExpExecArray | RegExpMatchArray | null): readonly (readonly [string, string])[] {
  const [, name, value] = match ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

/** Manifests are named for what they deploy, and known by their folder. */
const MANIFEST =
  /(?:^|\/)(?:k8s|kubernetes|helm|charts?|manifests?|deploy(?:ments?)?|infra(?:structure)?)\/(?:.*\/)?[^/]+\.ya?ml$/i;
/** What hosts of applications read. */
const HOSTS_TOML = /^(?:fly|wrangler|netlify|railway)(?:\..+)?\.toml$/;
const HOSTS_YAML = /^(?:(?:serverless|app|render)(?:\..+)?\.ya?ml|(?:vercel|wrangler)\.jsonc?)$/;

/** Null for a file that holds no settings, by its name or its folder. */
function readerOf(path: string): Reader | null {
  const name = nameOf(path).toLowerCase();
  if (HOSTS_TOML.test(name)) return environment;
  if (HOSTS_YAML.test(name) || MANIFEST.test(path)) return yaml;
  if (/^\.?env\b|\.env$/.test(name)) return environment;
  if (/^(?:.*\.)?(?:docker|container)file(?:\..+)?$/.test(name)) return docker;
  return /^(?:(?:docker-)?compose.*|values.*|.*(?:deployment|configmap).*)\.ya?ml$/.test(name) ? yaml : null;
}

export function isSettingsFile(path: string): boolean {
  return readerOf(path) !== null;
}

/** In the order of the text. */
export function settingsIn(path: string, text: string): readonly StatedSetting[] {
  const read = readerOf(path);
  if (read === null) return [];
  const found: StatedSetting[] = [];
  let before = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.length <= MAX_LINE) {
      for (const [name, written] of read(line, before)) {
        const value = plainValue(written);
        if (value !== null) found.push({ name, value, path, line: index + 1 });
      }
    }
    before = line;
  }
  return found;
}

/** Without quotes and comment; of `${NAME:-value}` the value that applies by default. Null where none is stated. */
function plainValue(written: string): string | null {
  const text = written.trim();
  const quoted = /^(["'])(.*?)\1/.exec(text)?.[2];
  const bare = quoted ?? text.replace(/(?:^|\s)#.*$/, '').trim();
  const value = /^\$\{[A-Za-z0-9_]+:?-([^{}$]*)\}$/.exec(bare)?.[1] ?? bare;
  return value === '' || /[${}]/.test(value) ? null : value;
}
