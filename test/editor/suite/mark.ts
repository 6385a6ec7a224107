/** Begins each line that the suite prints: the extension host has much to say of its own. */
export const MARK = 'suite: ';
