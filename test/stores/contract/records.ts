/** Records: what batches keep. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordStore } from '../../../runtime/src/stores/store.ts';
import { type Driver, need } from './driver.ts';

export function recordContract(driver: Driver): void {
  describe('records', () => {
    let records: RecordStore;
    beforeEach(async () => {
      records = need((await driver.open()).records);
    });
    const put = (...keys: readonly string[]) => records.set(keys.map((key) => ({ key, value: `of ${key}` })));
    const keysOf = async (...args: Parameters<RecordStore['list']>) =>
      (await records.list(...args)).map(({ key }) => key);

    test('gives what was set, in the order in which it is asked for', async () => {
      await put('a', 'b');
      expect(await records.get(['b', 'missing', 'a'])).toEqual(['of b', null, 'of a']);
      await records.set([{ key: 'a', value: 'new' }]);
      expect(await records.get(['a'])).toEqual(['new']);
      expect(await records.get([])).toEqual([]);
    });

    test('keeps texts as they are', async () => {
      const value = '{"text":"line\\nbreak, \u{1F600} and  "}';
      await records.set([{ key: "it's", value }]);
      expect(await records.get(["it's"])).toEqual([value]);
    });

    test('lists what begins with a prefix, page by page, each once and in one order', async () => {
      const all = Array.from({ length: 25 }, (_, index) => `job/row/${String(index).padStart(2, '0')}`);
      await put(...all.toReversed(), 'job/other', 'job/rows', 'job/row', 'another/row/1', 'job/row%_/1');
      const found: string[] = [];
      for (let after: string | undefined; ; after = found.at(-1)) {
        const page = await keysOf('job/row/', 10, after);
        found.push(...page);
        if (page.length < 10) break;
      }
      expect(found).toEqual(all);
    });

    test('what changes while it is listed is neither repeated nor in the way', async () => {
      await put('r/1', 'r/2', 'r/3', 'r/4');
      const [first, second] = await keysOf('r/', 2);
      await records.set([
        { key: first ?? '', value: null },
        { key: second ?? '', value: null },
        { key: 'r/3', value: null },
        { key: 'r/5', value: 'new' },
      ]);
      expect(await keysOf('r/', 10, second)).toEqual(['r/4', 'r/5']);
    });

    test('deletes with null, and takes several changes of one key in their order', async () => {
      await records.set([
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
        { key: 'b', value: '1' },
        { key: 'b', value: null },
      ]);
      expect(await records.get(['a', 'b'])).toEqual(['2', null]);
    });

    test('takes many changes at once', async () => {
      const keys = Array.from({ length: 3000 }, (_, index) => `many/${index}`);
      await put(...keys);
      expect(await keysOf('many/', 5000)).toHaveLength(3000);
      await records.set(keys.map((key) => ({ key, value: null })));
      expect(await keysOf('many/', 5000)).toEqual([]);
    });

    test('a name has one owner, until it is given back or its time is over', async () => {
      expect(await records.claim('job', 'a', 60_000)).toBe(true);
      expect(await records.claim('job', 'b', 60_000)).toBe(false);
      expect(await records.claim('other', 'b', 60_000)).toBe(true);
      expect(await records.claim('job', 'a', 60_000)).toBe(true);
      expect(await records.claim('job', 'b', 0)).toBe(false);
      expect(await records.claim('job', 'a', 0)).toBe(true);
      expect(await records.claim('job', 'b', 500)).toBe(true);
      await driver.pass(600);
      expect(await records.claim('job', 'a', 60_000)).toBe(true);
    });
  });
}
