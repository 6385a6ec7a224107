/**
 * Which program this is. The build replaces both names; from the sources there is no version, and no build by which
 * earlier results could be told to be this program's.
 */
declare const FARTHING_VERSION: string | undefined;
declare const FARTHING_BUILD: string | undefined;

export const VERSION = typeof FARTHING_VERSION === 'string' ? FARTHING_VERSION : '0.0.0-source';
/** A hash of everything that the program was built from. */
export const BUILD = typeof FARTHING_BUILD === 'string' ? FARTHING_BUILD : null;
