/**
 * Recognises files with keys, passwords and other secrets by their names. They are never read because code names them:
 * what a program reads can reach a report, and a report can reach a pull request.
 */
import { isReadableName, nameOf } from './paths.ts';

/** Folders of version control and of tools that store credentials. */
const FOLDERS = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.gcloud',
  '.kube',
  '.docker',
  '.terraform',
  '.password-store',
]);

const ENVIRONMENT = /^\.env(?:rc)?(?:[._-].*)?$|\.env$/;
/** Settings to copy and fill in: they are committed for everybody, and hold no value that is in use. */
const ENVIRONMENT_TEMPLATE =
  /^\.env(?:\.[a-z]+)*\.(?:example|sample|template|dist)$|^(?:\.?env\.)?(?:example|sample)\.env$/;
const KEY = /\.(?:pem|key|p12|pfx|pkcs12|jks|keystore|kdbx?|ppk|asc|gpg|pgp|ovpn|der|crt|cer|mobileprovision)$/;
const SSH_KEY = /^(?:ssh_host_.*|id_[a-z0-9]+(?:_sk)?(?:\.pub)?|known_hosts|authorized_keys)$/;
const TOOL_CREDENTIALS =
  /^(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pypirc|\.condarc|[._]netrc|\.pgpass|\.my\.cnf|\.htpasswd|\.git-credentials|\.gitconfig|\.dockercfg|\.dockerconfigjson|\.vault[-_]token|\.boto|\.s3cfg|\.gem|kubeconfig|\.[a-z]*_?history)$/;
const INFRASTRUCTURE = /\.tf(?:vars|state)(?:\.[^/]*)?$/;
/**
 * `credentials`, `secrets.json`, `prod-secrets.yaml`, `service-account-dev.json`, but not `password-reset.md`, which is
 * a prompt.
 */
const NAMED_SECRET =
  /^(?:.*[._-])?(?:credentials?|secrets?|service[._-]?account|(?:api|access)[._-]?(?:keys?|tokens?))(?:[_-][^.]*)?(?:\.(?:json|ya?ml|toml|ini|cfg|conf|properties|txt|csv|xml))?$/;
const KNOWN_SECRET =
  /^(?:client_secret.*\.json|(?:tokens?|auth|passwords?)(?:\.(?:json|txt|ya?ml|pickle))?|passwd|shadow)$/;

const ALWAYS = [ENVIRONMENT, KEY, SSH_KEY, TOOL_CREDENTIALS, INFRASTRUCTURE];
const NAMED = [NAMED_SECRET, KNOWN_SECRET];

/**
 * `path` is relative to a repository, since folder names outside it mean nothing. A source file may be called
 * `secrets.ts`: it is code, and scanned like any other.
 */
export function isSensitive(path: string): boolean {
  const parts = path.toLowerCase().split('/');
  const name = nameOf(path.toLowerCase());
  if (parts.some((part) => FOLDERS.has(part))) return true;
  if (ENVIRONMENT_TEMPLATE.test(name)) return false;
  if (ALWAYS.some((pattern) => pattern.test(name))) return true;
  return !isReadableName(name) && NAMED.some((pattern) => pattern.test(name));
}
