/** Functions of packages whose result says what their first argument says, by the dotted names of `builtins.ts`. */

/** Of the packages that have the same functions as lodash, in the package or in a module of their own. */
const OF_LISTS = [
  'compact',
  'clone',
  'cloneDeep',
  'uniq',
  'shuffle',
  'reverse',
  'castArray',
  'trim',
  'sortBy',
  'uniqBy',
];
const LIST_PACKAGES = ['lodash', 'lodash-es', 'es-toolkit', 'es-toolkit/compat', 'remeda', 'radash'];

/** Tags and functions that only change the white space of a template. */
const LAYOUTS = ['oneLine', 'oneLineTrim', 'stripIndent', 'stripIndents', 'codeBlock', 'source', 'html', 'safeHtml'];

export const TRANSPARENT_NAMES: readonly string[] = [
  ...LIST_PACKAGES.flatMap((module) => OF_LISTS.map((name) => `${module}.${name}`)),
  ...['lodash', 'lodash-es'].flatMap((module) => OF_LISTS.map((name) => `${module}/${name}.default`)),
  ...LAYOUTS.map((name) => `common-tags.${name}`),
  ...[
    'outdent',
    'outdent.default',
    'outdent.outdent',
    'endent',
    'endent.default',
    'string-dedent',
    'string-dedent.default',
  ],
];

/** Functions that join the parts of an address. */
export const ADDRESS_JOINERS: readonly string[] = [
  ...['url-join', 'url-join.default', 'url-join-ts.urlJoin', 'ufo.joinURL', 'proper-url-join.default'],
];
