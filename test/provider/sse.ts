/** Server-sent events as the providers frame them. */

/** `frame({ a: 1 }, 'ping')` is `event: ping\ndata: {"a":1}\n\n`. A string is data as it stands. */
export function frame(data: unknown, event?: string): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return event === undefined ? `data: ${text}\n\n` : `event: ${event}\ndata: ${text}\n\n`;
}

/** Gemini ends its lines with a carriage return as well. */
export function crlfFrame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

/** The first event that carries output also carries the reasoning that came before it. */
export function reasoningFirst(reasoningTokens: number): (tokens: number) => number {
  let waiting = reasoningTokens;
  return (tokens) => {
    const sum = tokens + waiting;
    waiting = 0;
    return sum;
  };
}
