/** A visitor of the service: asks, and prints the answer as it streams in. */
import { formatDollars } from '@farthing/runtime';

interface Call {
  readonly origin: string;
  readonly cost: { readonly amount: number; readonly basis: string } | null;
  readonly saved: number | null;
  readonly left: number;
}

export async function ask(url: string, user: string, message: string): Promise<void> {
  console.log(`${user}: ${message}`);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ user, message }) });
  process.stdout.write('  ');
  if (!response.ok || response.body === null) {
    const { error } = (await response.json()) as { error: string };
    console.log(`${error}\n`);
    return;
  }
  for await (const { event, data } of eventsOf(response.body)) {
    if (event === 'text') process.stdout.write(String(data));
    else console.log(`\n  ${inWords(data as Call, user)}\n`);
  }
}

/** Amounts are whole nano-dollars: a billionth of a dollar each. */
function inWords({ origin, cost, saved, left }: Call, user: string): string {
  return [
    `from ${origin}`,
    cost === null ? 'cost unknown' : `${formatDollars(cost.amount)} (${cost.basis})`,
    ...(saved === null ? [] : [`${formatDollars(saved)} saved`]),
    `${user} has ${formatDollars(left)} left today`,
  ].join(', ');
}

async function* eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let waiting = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    waiting += text;
    const events = waiting.split('\n\n');
    waiting = events.pop() ?? '';
    for (const event of events) {
      const [, name, data = 'null'] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      yield { event: name, data: JSON.parse(data) as unknown };
    }
  }
}
