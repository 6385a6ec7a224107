import { describe, expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';

const py = (helper: string, messages: string) =>
  onlyCall(
    '/app/a.py',
    `import anthropic\n${helper}\nanthropic.Anthropic().messages.create(model="claude-opus-4-5", max_tokens=9, messages=${messages})`,
  ).cache;
const MARKER = '{"type": "ephemeral"}';
const LIST = '[{"role": "user", "content": [{"type": "text", "text": "hi"}]}]';

describe('a cache marker that a helper sets', () => {
  it.each([
    [
      'on a block that it makes',
      `def marked(text):\n    return {"type": "text", "text": text, "cache_control": ${MARKER}}`,
      '[{"role": "user", "content": [marked("hi")]}]',
    ],
    [
      'on the last block of what it is given',
      `def marked(all):\n    all[-1]["content"][-1]["cache_control"] = ${MARKER}\n    return all`,
      `marked(${LIST})`,
    ],
    [
      'on every message, and gives nothing back',
      `def mark(all):\n    for message in all:\n        message["cache_control"] = ${MARKER}\nlist_ = ${LIST}\nmark(list_)`,
      'list_',
    ],
    [
      'under some condition',
      `def mark(all):\n    last = all[-1]\n    if last["role"] == "user":\n        last["content"][-1]["cache_control"] = ${MARKER}\nlist_ = ${LIST}\nmark(list_)`,
      'list_',
    ],
  ])('%s', (_, helper, messages) => expect(py(helper, messages)).toBe(true));

  it('is none where the helper does something else', () => {
    expect(py(`def show(all):\n    print(all)\nlist_ = ${LIST}\nshow(list_)`, 'list_')).toBe(false);
  });
});
