/** The nightly job: all complaints are read at once, 32 at a time, each by the cheapest model whose answer adds up. */
import { formatDollars } from '@farthing/runtime';
import { COMPLAINTS } from './complaints.ts';
import { readComplaint } from './desk.ts';
import { meter } from './meter.ts';

const readings = await Promise.all(COMPLAINTS.map(readComplaint));

const byModel = Map.groupBy(readings, ({ model }) => model);
for (const [model, own] of byModel) {
  const claimed = own.reduce((sum, { result }) => sum + result.total, 0);
  console.log(`${model.padEnd(12)} ${String(own.length).padStart(4)} complaints, ${claimed.toFixed(2)} claimed`);
}
await meter.flush();
for (const { key, calls, cost, saved } of await meter.report('feature')) {
  console.log(`\n${key}: ${calls} calls, ${formatDollars(cost)} spent, ${formatDollars(saved)} saved`);
}
await meter.close();
