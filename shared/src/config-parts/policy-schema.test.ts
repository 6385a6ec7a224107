import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';

const parse = (policy: unknown) => parseConfig(JSON.stringify({ policy }), 'farthing.config.json');

test('a policy is read in nano-dollars, and its entries take its mode and message', () => {
  const { config, problems } = parse({
    mode: 'advise',
    message: 'Ask first.',
    caps: [
      { path: 'src/**', perCall: 0.000001, perMonth: 2000 },
      { increase: { perCall: '12.5%', perMonth: 200 }, mode: 'block', message: 'Too much.' },
    ],
    models: [{ allow: ['gpt-6-*'] }, { function: 'answer', deny: ['gpt-4o'] }],
    exceptions: [{ path: 'a.ts', owner: 'dana', reason: 'a trial', until: '2028-02-29' }],
  });
  expect(problems).toEqual([]);
  expect(config.policy).toEqual({
    caps: [
      {
        path: 'src/**',
        perCall: 1000,
        perMonth: 2_000_000_000_000,
        increase: null,
        decrease: null,
        mode: 'advise',
        message: 'Ask first.',
      },
      {
        perCall: null,
        perMonth: null,
        increase: { perCall: { percent: 12.5 }, perMonth: { nanos: 200_000_000_000 } },
        decrease: null,
        mode: 'block',
        message: 'Too much.',
      },
    ],
    models: [
      { allow: ['gpt-6-*'], deny: [], mode: 'advise', message: 'Ask first.' },
      { function: 'answer', allow: null, deny: ['gpt-4o'], mode: 'advise', message: 'Ask first.' },
    ],
    exceptions: [
      {
        path: 'a.ts',
        for: ['perCall', 'perMonth', 'increase', 'decrease', 'models'],
        owner: 'dana',
        reason: 'a trial',
        until: '2028-02-29',
      },
    ],
  });
  expect(parseConfig('{}', 'farthing.config.json').config.policy).toBeNull();
});

test.each([
  [{ mode: 'stop' }, 'policy.mode: "stop" is not a mode. Use "block" or "advise".'],
  [{ caps: [{ path: 'a.ts' }] }, 'policy.caps[0]: This cap has no limit.'],
  [{ caps: [{ perCall: -1 }] }, 'policy.caps[0].perCall: An amount cannot be negative.'],
  [{ caps: [{ perCall: 'much' }] }, 'policy.caps[0].perCall: "much" is not an amount. Use dollars, such as 0.02.'],
  [{ caps: [{ increase: {} }] }, 'policy.caps[0].increase: This limit has no amount.'],
  [
    { caps: [{ increase: { perCall: 'half' } }] },
    'policy.caps[0].increase.perCall: "half" is not a limit. Use dollars, such as 200, or a percentage, such as "20%".',
  ],
  [{ caps: [{ increase: { perMonth: -5 } }] }, 'policy.caps[0].increase.perMonth: -5 is not a limit.'],
  [{ caps: [{ perMont: 1, perCall: 1 }] }, 'policy.caps[0].perMont: unknown key. Did you mean "perMonth"?'],
  [{ cap: [] }, 'policy.cap: unknown key. Did you mean "caps"?'],
  [{ models: [{ path: 'a.ts' }] }, 'policy.models[0]: This entry names no models.'],
  [{ models: [{ allow: [] }] }, 'policy.models[0].allow: The list is empty.'],
  [
    { exceptions: [{ path: 'a.ts', owner: 'dana', reason: 'x', until: '2027-02-29' }] },
    'policy.exceptions[0].until: "2027-02-29" is not a day. Use "2027-03-31".',
  ],
  [{ exceptions: [{ path: 'a.ts', reason: 'x', until: '2027-02-28' }] }, 'policy.exceptions[0].owner: A missing value'],
  [
    { exceptions: [{ owner: 'dana', reason: 'x', until: '2027-02-28' }] },
    'policy.exceptions[0]: This exception does not say which calls it is for.',
  ],
])('%j is a problem with a remedy, and the rest applies', (policy, message) => {
  const { config, problems } = parse({ message: 'Ask first.', ...policy });
  expect(problems.map((one) => one.message)).toEqual([expect.stringContaining(message)]);
  expect(config.policy).toMatchObject({ models: [], exceptions: [] });
});
