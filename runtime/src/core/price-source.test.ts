import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Background, createBackground } from '../support/background.ts';
import type { MeterEvent } from './events.ts';
import { startPriceTable } from './price-source.ts';

const tableOf = (input: unknown) => JSON.stringify({ models: [{ provider: 'openai', model: 'gpt-4o', input }] });

let events: MeterEvent[];
let background: Background;
beforeEach(() => {
  events = [];
  background = createBackground();
});
afterEach(async () => {
  vi.useRealTimers();
  await background.end();
});
const start = (from: string, every?: number) =>
  startPriceTable({ from, ...(every !== undefined && { every }) }, (event) => events.push(event), background);
const priceIn = (table: ReturnType<ReturnType<typeof start>>) => table?.sellers?.openai?.[0]?.prices[0]?.input ?? null;

describe('a file', () => {
  const file = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'farthing-prices-')), 'prices.json');
    writeFileSync(path, text);
    return path;
  };

  test('is read at the start, and again while calls run', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const path = file(tableOf(1));
    const table = start(path, 1000);
    expect(table()).toBeNull();
    await background.flush();
    expect(priceIn(table())).toBe(1);
    const first = table();
    vi.advanceTimersByTime(1000);
    await background.flush();
    expect(table()).toBe(first);
    writeFileSync(path, tableOf(2));
    vi.advanceTimersByTime(1000);
    await background.flush();
    expect(priceIn(table())).toBe(2);
    expect(events).toEqual([]);
  });

  test('that is malformed leaves the last one, and the event names the place', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const path = file(tableOf(1));
    const table = start(path, 1000);
    await background.flush();
    writeFileSync(path, tableOf('1'));
    vi.advanceTimersByTime(1000);
    await background.flush();
    expect(priceIn(table())).toBe(1);
    const message = 'it cannot be used: models[0].input: "1" is not a number of dollars';
    expect(events).toMatchObject([{ type: 'prices-failed', from: path, error: { message } }]);
  });

  test('that is missing leaves the prices that are built in', async () => {
    const table = start('/nowhere/prices.json');
    await background.flush();
    expect(table()).toBeNull();
    expect(events).toMatchObject([{ type: 'prices-failed', error: { code: 'ENOENT' } }]);
  });
});

describe('an address', () => {
  let server: Server;
  let answer: { readonly status: number; readonly text: string };
  let url = '';
  beforeEach(async () => {
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.text));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prices.json`;
  });
  afterEach(() => void server.close());

  test('is fetched', async () => {
    answer = { status: 200, text: tableOf(3) };
    const table = start(url);
    await background.flush();
    expect(priceIn(table())).toBe(3);
  });

  test('that fails says with which status', async () => {
    answer = { status: 503, text: '' };
    start(url);
    await background.flush();
    expect(events).toMatchObject([{ type: 'prices-failed', error: { message: `${url} answered 503` } }]);
  });
});
