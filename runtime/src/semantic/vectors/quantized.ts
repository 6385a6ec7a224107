/** Vectors of one byte a number. The error is far below the differences that decide between neighbours. */

/** The numbers scaled so that the largest fits a byte; the length of a vector carries no meaning. */
export function quantized(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : 127 / largest;
  const bytes = new Int8Array(vector.length);
  for (let at = 0; at < vector.length; at++) bytes[at] = Math.round((vector[at] as number) * scale);
  return bytes;
}

/** Of finite numbers that are not all zero: any other vector has no direction. */
export function hasDirection(vector: Float32Array): boolean {
  return vector.every(Number.isFinite) && vector.some((value) => value !== 0);
}
