/**
 * Selects the files to parse: those whose text contains something that could be a paid call of an SDK that they import,
 * a method path that identifies a call on any client, a provider's address together with an HTTP request, or such an
 * address alone, for other files that send requests to it; and any
 * file with a comment to Farthing, so that a suppression without a call is found. Most files that import an SDK only
 * use its types, its messages or its tools, and parsing them would take most of a scan.
 */
import type { SdkDescriptor } from '../descriptor.ts';
import { makersOf } from '../named-objects.ts';
import type { Registry } from '../registry.ts';
import { declaresAddress, importsOf, isAddressed, kindsOfMarkers, MAY, methodPathsOf } from './markers.ts';

/** A function or method that sends a plain HTTP request, in any language. */
const HTTP_REQUEST =
  /\b(?:fetch|fetchEventSource|requestUrl|(?:GM_)?xmlhttpRequest|axios|got|ky|urlopen|ofetch|needle|wretch|request|superagent|aiohttp|httpx|requests|a?connect_sse)\b\s*[(.<]|\.\s*(?:post|request)\s*[(<]/i;

/** A suppression, or a declared volume. */
const COMMENT = /farthing-ignore|farthing\s*:/;

/** The returned function is false for text, read as latin1, that surely holds neither a call nor a comment. */
export function createPrefilter(registry: Registry): (text: string) => boolean {
  const paths = methodPathsOf(registry);
  const kindsOf = kindsOfMarkers(registry);
  const known = new Map<SdkDescriptor, (text: string) => boolean>();
  const mayUse = (sdk: SdkDescriptor, text: string): boolean => {
    const namesCall = known.get(sdk) ?? createCallNames(sdk);
    known.set(sdk, namesCall);
    return namesCall(text);
  };
  return (text) => {
    // Plain words are found much faster than patterns around them.
    const kinds = kindsOf(text);
    if (kinds & MAY.method && paths.test(text)) return true;
    if (kinds & MAY.address && isAddressed(text) && (HTTP_REQUEST.test(text) || declaresAddress(text))) return true;
    if (kinds & MAY.comment && COMMENT.test(text)) return true;
    if (kinds & MAY.import) for (const sdk of importsOf(registry, text)) if (mayUse(sdk, text)) return true;
    return false;
  };
}

/** Words in the names of objects that answer prompts when they are called (`llm(prompt)`), in any case. */
const OBJECT_NAMES = ['llm', 'model', 'chain', 'chat'].map((name) =>
  name.replace(/./g, (letter) => `[${letter}${letter.toUpperCase()}]`),
);

/**
 * Functions by name anywhere, because an import may rename them. Methods after a dot, in a text that also names the
 * object of the method: `responses` for `responses.create`, anywhere.
 */
function createCallNames(sdk: SdkDescriptor): (text: string) => boolean {
  const functions = new Set<string>();
  const methods = new Map<string, string[][]>();
  const addMethod = (path: string): void => {
    const [name = '', ...owners] = path.split('.').reverse();
    methods.set(name, [...(methods.get(name) ?? []), owners]);
  };
  for (const [path, exported] of Object.entries(sdk.exports)) {
    if (!exported.call) continue;
    if (path.includes('.')) addMethod(path);
    else functions.add(path);
  }
  for (const type of Object.values(sdk.types)) {
    for (const [path, method] of Object.entries(type.methods ?? {})) {
      if (method.call || method.sendsCommand) addMethod(path);
    }
  }
  // Calling an object itself (`llm(prompt)`) has no name to look for.
  const callsObject = methods.delete('');
  functions.delete('');
  // What is made here may be used in a file that only names it.
  for (const path of makersOf(sdk)) functions.add(path.slice(path.lastIndexOf('.') + 1));
  const alternatives = [
    ...(functions.size > 0 ? [`\\b(?:${[...functions].map(nameIn).join('|')})\\b`] : []),
    ...(callsObject ? [`\\b(?:${OBJECT_NAMES.join('|')})\\w*\\s*\\(`] : []),
  ];
  const certain = new RegExp(alternatives.join('|') || '(?!)');
  const method = new RegExp(`\\.\\s*(${[...methods.keys()].map(quote).join('|') || '(?!)'})\\b`, 'g');
  return (text) => {
    if (certain.test(text)) return true;
    const used = new Set(Array.from(text.matchAll(method), ([, name = '']) => name));
    return [...used].some((name) => methods.get(name)?.some((owners) => owners.every((owner) => text.includes(owner))));
  };
}

/** A path may contain `*`, and may be written with white space in code. */
function nameIn(path: string): string {
  return quote(path).replaceAll('*', '\\w*');
}

function quote(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&');
}
