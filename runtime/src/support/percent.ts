/** `decodeURIComponent` that never throws: text that is not encoded, or wrongly, is as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
