/**
 * The program's version. The build replaces both names; when running from sources there is no version, and no build id
 * by which earlier results could be recognised as this program's.
 */
declare const FARTHING_VERSION: string | undefined;
declare const FARTHING_BUILD: string | undefined;

export const VERSION = typeof FARTHING_VERSION === 'string' ? FARTHING_VERSION : '0.0.0-source';
/** A hash of all inputs of the build. */
export const BUILD = typeof FARTHING_BUILD === 'string' ? FARTHING_BUILD : null;
