/** The program's version: the build replaces the name by the one in package.json; from the sources there is none. */
declare const FARTHING_VERSION: string | undefined;

export const VERSION = typeof FARTHING_VERSION === 'string' ? FARTHING_VERSION : '0.0.0-source';
