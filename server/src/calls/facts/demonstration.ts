/** Code that shows something rather than serves anyone: how much its worst case costs is of no interest. */
import { isNotebook } from '../../files/paths.ts';
import { callFact } from './fact.ts';

/** True in notebooks, and in examples that come with a library or an application. */
export const isDemonstration = callFact(
  ({ origin, reachedFrom }) => isNotebook(origin.path) || reachedFrom === 'example',
);
