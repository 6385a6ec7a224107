import { expect, test } from 'vitest';
import { requestDrive } from './request-drive.ts';

/** Steps that take as long as a slice, so that each is followed by a look at other messages. */
function* slow(log: string[]): Generator<{ done: number; total: number }, string> {
  try {
    for (let done = 0; done <= 3; done++) {
      for (const end = performance.now() + 60; performance.now() < end; );
      log.push(String(done));
      yield { done, total: 3 };
    }
    return 'report';
  } finally {
    log.push('left');
  }
}

test('a scan runs to its end, and its progress begins with the first step', async () => {
  const told: string[] = [];
  const drive = requestDrive(new AbortController().signal, (done, total) => told.push(`${done}/${total}`));
  expect(await drive(slow([]))).toBe('report');
  expect(told[0]).toBe('0/3');
});

test('other work is done between the steps, and a cancelled scan is left where it is', async () => {
  const controller = new AbortController();
  const log: string[] = [];
  const running = requestDrive(controller.signal, null)(slow(log));
  setImmediate(() => controller.abort());
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  expect(log.at(-1)).toBe('left');
  expect(log).not.toContain('3');
});
