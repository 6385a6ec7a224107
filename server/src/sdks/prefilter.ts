/**
 * Which files are parsed at all: those whose text names something that could be a paid call of an SDK that they import,
 * a method path that tells a call on any client, or a provider's address beside an HTTP request. Most files that import
 * an SDK only use its types, its messages or its tools, and parsing them would be most of a scan.
 */
import type { SdkDescriptor } from './descriptor.ts';
import { importsOf, isAddressed, kindsOfMarkers, MAY, methodPathsOf } from './markers.ts';
import type { Registry } from './registry.ts';

/** A function or method that sends a plain HTTP request, in any language. */
const HTTP_REQUEST =
  /\b(?:fetch|axios|got|ky|urlopen|ofetch|needle|superagent|aiohttp|httpx|requests)\b\s*[(.<]|\.\s*(?:post|request)\s*[(<]/;

/** The returned function is false for text, read as latin1, that surely holds no call. */
export function createPrefilter(registry: Registry): (text: string) => boolean {
  const paths = methodPathsOf(registry);
  const names = new Map<SdkDescriptor, RegExp>();
  const namesOf = (sdk: SdkDescriptor): RegExp => {
    const known = names.get(sdk) ?? callNames(sdk);
    names.set(sdk, known);
    return known;
  };
  return (text) => {
    // Plain words are found much faster than what stands around them.
    const kinds = kindsOfMarkers(text);
    if (kinds & MAY.method && paths.test(text)) return true;
    if (kinds & MAY.address && isAddressed(text) && HTTP_REQUEST.test(text)) return true;
    if (kinds & MAY.import) for (const sdk of importsOf(registry, text)) if (namesOf(sdk).test(text)) return true;
    return false;
  };
}

/** What objects that answer prompts and are called themselves (`llm(prompt)`) are named after, in any case. */
const OBJECT_NAMES = ['llm', 'model', 'chain', 'chat'].map((name) =>
  name.replace(/./g, (letter) => `[${letter}${letter.toUpperCase()}]`),
);

/** Functions by their names anywhere, since an import may rename them; methods behind a dot. */
function callNames(sdk: SdkDescriptor): RegExp {
  const functions = new Set<string>();
  const methods = new Set<string>();
  for (const [path, exported] of Object.entries(sdk.exports)) {
    if (exported.call) (path.includes('.') ? methods : functions).add(lastName(path));
  }
  for (const type of Object.values(sdk.types)) {
    for (const [path, method] of Object.entries(type.methods ?? {})) {
      if (method.call || method.sendsCommand) methods.add(lastName(path));
    }
  }
  // Calling an object itself (`llm(prompt)`) has no name to look for.
  const callsObject = methods.delete('');
  functions.delete('');
  const alternatives = [
    ...(functions.size > 0 ? [`\\b(?:${[...functions].map(quote).join('|')})\\b`] : []),
    ...(methods.size > 0 ? [`\\.\\s*(?:${[...methods].map(quote).join('|')})\\b`] : []),
    ...(callsObject ? [`\\b(?:${OBJECT_NAMES.join('|')})\\w*\\s*\\(`] : []),
  ];
  return new RegExp(alternatives.join('|') || '(?!)');
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function quote(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\/]/g, '\\$&').replaceAll('*', '\\w*');
}
