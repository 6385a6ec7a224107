/**
 * Measures on an input and on one of eight times its size, in the same run, and in time of the processor, which other
 * programs do not lengthen. The least of several tries counts.
 *
 *     expectLinear(25_000, (size) => count('a'.repeat(size)));
 *
 * @param size of the shorter input; doubled until it can be measured
 */
export declare function expectLinear(size: number, work: (size: number) => unknown): void;
