/** Begins each line that the suite prints, because the extension host prints a lot itself. */
export const MARK = 'suite: ';
