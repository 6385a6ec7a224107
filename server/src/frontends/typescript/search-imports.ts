/** The imports of TypeScript and JavaScript, searched for in the text. */

/** `import './a'`, `import x from './a'`, `export * from './a'`, `require('./a')`, `import('./a')`. */
const IMPORT = /\b(?:from|import|require)\b\s*\(?\s*(['"])([^'"\n]+)\1/g;

export function importsIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(IMPORT), ([, , specifier = '']) => specifier))];
}
