/** The cosine of the angle between two vectors of the same length; 0 if one of them has no direction. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let [product, square, otherSquare] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number];
    product += a * b;
    square += a * a;
    otherSquare += b * b;
  }
  return square === 0 || otherSquare === 0 ? 0 : product / Math.sqrt(square * otherSquare);
}
