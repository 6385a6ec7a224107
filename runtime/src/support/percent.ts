/** `decodeURIComponent` that never throws: text that is not encoded, or encoded incorrectly, is returned unchanged. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
