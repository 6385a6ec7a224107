/** Models that are sold by the image, the minute, the second or the character: what the terminal, the report and an editor say. */
import type { Report, ReportCall } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import type { Breakdown } from '../../server/src/lsp/protocol.ts';
import { farthing, folderWith } from '../run-bundle.ts';
import { lensLines } from '../support/lenses.ts';
import { workspace } from '../support/workspace.ts';

const OPENAI = 'from openai import OpenAI\nclient = OpenAI()\n';
const GOOGLE = 'from google import genai\nclient = genai.Client()\n';
const AI_SDK = `import { experimental_generateSpeech as generateSpeech, experimental_transcribe as transcribe, generateImage, generateText } from 'ai';
import { openai } from '@ai-sdk/openai';
`;

interface Said {
  /** The last two columns: what is made, and what it costs. */
  readonly line: string;
  readonly call: ReportCall;
}

function said(source: string, config = {}): Said {
  const name = source.startsWith('import {') ? 'a.ts' : 'a.py';
  const cwd = folderWith({ [name]: `${source}\n`, 'farthing.config.json': JSON.stringify(config) });
  const scanned = ['scan', '--no-cache', '--fail-on', 'never'];
  const { calls }: Report = JSON.parse(farthing([...scanned, '--format', 'json'], { cwd }).out);
  const [call, ...others] = calls;
  if (call === undefined || others.length > 0) throw new Error(`${calls.length} calls`);
  const { out } = farthing(scanned, { cwd });
  const line = out.split('\n').find((text) => text.startsWith(`  ${call.line}:${call.column}`)) ?? out;
  return { line: line.replace(/^.*?\) +/, '').replace(/ {2,}/g, ' | '), call };
}

describe('a price that is known', () => {
  test.each([
    [
      'a transcription',
      `${OPENAI}client.audio.transcriptions.create(model="whisper-1", file=f)`,
      'size unknown | $0.006 per minute of audio, literal',
    ],
    [
      'one that is billed by tokens',
      `${OPENAI}client.audio.transcriptions.create(model="gpt-4o-transcribe", file=f)`,
      'size unknown | $0.006 per minute of audio, assumed',
    ],
    [
      'a text that is spoken',
      `${OPENAI}client.audio.speech.create(model="tts-1", voice="alloy", input="Good morning")`,
      '1 to 4 in | $0.18 per 1,000 calls, literal',
    ],
    [
      'a text of usual length',
      `${OPENAI}client.audio.speech.create(model="tts-1", voice="alloy", input=text)`,
      /\| ~\$0\.012 per call \(\$0\.0012 to \$0\.12\), assumed$/,
    ],
    [
      'several pictures',
      `${OPENAI}client.images.generate(model="dall-e-3", prompt="A cat", n=4, size="1024x1024", quality="standard")`,
      '1 to 4 in | 4 images | $0.16 per call, literal',
    ],
    [
      'a picture of any quality',
      `${OPENAI}client.images.generate(model="gpt-image-1-mini", prompt="A cat")`,
      /1 image \| ~\$0\.022 per call \(\$0\.005 to \$0\.052\), assumed$/,
    ],
    [
      'a picture whose tokens are billed',
      `${OPENAI}client.images.generate(model="gpt-image-1", prompt="A cat", size="1024x1024", quality="high")`,
      /1 image \| \$0\.167 per call, assumed$/,
    ],
    [
      'a picture that is changed',
      `${OPENAI}client.images.edit(model="gpt-image-1", image=f, prompt="A cat", size="1024x1024", quality="low")`,
      /1 image \| from \$0\.011 per call, the rest unknown$/,
    ],
    [
      'a video',
      `${OPENAI}client.videos.create(model="sora-2-pro", prompt="A cat", seconds="12", size="1792x1024")`,
      /12 seconds of video \| \$6\.00 per call, literal$/,
    ],
    [
      'a video of usual length',
      `${GOOGLE}client.models.generate_videos(model="veo-3.1-generate-preview", prompt="A cat")`,
      /8 seconds of video \| \$3\.20 per call, assumed$/,
    ],
    [
      'a video in 4k',
      `${GOOGLE}client.models.generate_videos(model="veo-3.1-generate-preview", prompt="A cat", config={"resolution": "4k", "duration_seconds": 8})`,
      /\$4\.80 per call, literal$/,
    ],
    [
      'a chat that draws',
      `${GOOGLE}client.models.generate_content(model="gemini-2.5-flash-image", contents="A cat")`,
      /1 image \| \$0\.0387 per call, assumed$/,
    ],
    [
      'a video whose length only the run knows',
      `${OPENAI}client.videos.create(model="sora-2", prompt="A cat", seconds=length)`,
      /\| \$0\.10 per second of video, literal$/,
    ],
    [
      'pictures whose number only the run knows',
      `${GOOGLE}client.models.generate_images(model="imagen-4.0-generate-001", prompt="A cat", config={"number_of_images": many})`,
      /\| \$0\.04 per image, literal$/,
    ],
    [
      'pictures through another SDK',
      `${AI_SDK}await generateImage({ model: openai.image('dall-e-3'), prompt: 'A cat', n: 2, size: '1792x1024' });`,
      /2 images \| ~\$0\.20 per call \(\$0\.16 to \$0\.24\), assumed$/,
    ],
    [
      'speech through another SDK',
      `${AI_SDK}await generateSpeech({ model: openai.speech('tts-1-hd'), text: 'Good morning' });`,
      /\$0\.36 per 1,000 calls, literal$/,
    ],
    [
      'a transcription through another SDK',
      `${AI_SDK}await transcribe({ model: openai.transcription('whisper-1'), audio });`,
      /\$0\.006 per minute of audio, literal$/,
    ],
    [
      'Deepgram',
      'from deepgram import DeepgramClient\nDeepgramClient().listen.rest.v("1").transcribe_file(source, {"model": "nova-2"})',
      /\$0\.0043 per minute of audio, literal$/,
    ],
    [
      'ElevenLabs',
      'from elevenlabs import ElevenLabs\nElevenLabs().text_to_speech.convert("voice", text="Good morning", model_id="eleven_flash_v2_5")',
      /\$0\.60 per 1,000 calls, literal$/,
    ],
    [
      'Groq',
      'from groq import Groq\nGroq().audio.transcriptions.create(model="whisper-large-v3", file=f)',
      /\$0\.00185 per minute of audio, literal$/,
    ],
  ])('%s', (_, source, expected) => {
    const { line } = said(source);
    if (typeof expected === 'string') expect(line).toBe(expected);
    else expect(line).toMatch(expected);
  });

  test('the report says how many, and what one costs', () => {
    const pictures = 'client.images.generate(model="dall-e-3", prompt="A cat", n=4, size="1024x1024", quality="hd")';
    const exactly = (value: number) => ({ low: value, expected: value, high: value, basis: 'literal' });
    expect(said(`${OPENAI}${pictures}`).call.cost).toMatchObject({
      perCall: exactly(0.32),
      units: { unit: 'image', price: exactly(0.08), count: exactly(4) },
    });
    const speech = 'client.audio.transcriptions.create(model="whisper-1", file=f)';
    expect(said(`${OPENAI}${speech}`).call.cost).toMatchObject({
      perCall: null,
      units: { unit: 'audio-second', price: exactly(0.0001), count: null },
    });
  });

  test("a price of the user's own is for every size and quality", () => {
    const prices = [{ model: 'gpt-image-1', input: 0, fees: { image: 0.03 } }];
    const { line } = said(`${OPENAI}client.images.generate(model="gpt-image-1", prompt="A cat", n=2)`, { prices });
    expect(line).toMatch(/2 images \| \$0\.06 per call, literal$/);
  });

  test('a discount holds for what is sold by the piece', () => {
    const discounts = [{ provider: 'openai', discount: 0.5 }];
    const video = 'client.videos.create(model="sora-2", prompt="A cat", seconds=8)';
    expect(said(`${OPENAI}${video}`, { discounts }).line).toMatch(/\$0\.40 per call, literal$/);
  });
});

describe('a price that is in no list names its unit', () => {
  test.each([
    [
      'a size that the list does not have',
      `${OPENAI}client.images.generate(model="gpt-image-2", prompt="A cat", size="2048x2048")`,
      'price unknown, per image',
    ],
    [
      'a model',
      `${OPENAI}client.audio.transcriptions.create(model="my-whisper", file=f)`,
      'price unknown, per minute of audio',
    ],
    [
      'a picture of a host',
      'import replicate\nreplicate.run("black-forest-labs/flux-dev", input={"prompt": "A cat", "num_outputs": 4})',
      'price unknown, per image',
    ],
    [
      'a voice',
      'from deepgram import DeepgramClient\nDeepgramClient().speak.rest.v("1").save("a.mp3", {"text": "Good morning"}, {"model": "aura-2-thalia-en"})',
      'price unknown, per 1,000 characters',
    ],
  ])('%s', (_, source, expected) => {
    const { line, call } = said(source);
    expect(line).toMatch(new RegExp(`\\| ${expected}$`));
    expect(call.cost.units?.price).toBeNull();
  });

  test('and one whose model is not named says that first', () => {
    const { call, line } = said(`${OPENAI}client.audio.transcriptions.create(model=model, file=f)`);
    expect(call.cost.units).toMatchObject({ unit: 'audio-second', price: null });
    expect(line).toContain('model unknown');
    expect(line).not.toContain('price unknown');
  });
});

test('the lens, the breakdown and the card of the model agree with the terminal', async () => {
  const source = `${OPENAI}client.images.generate(model="dall-e-3", prompt="A cat", n=4, size="1024x1024", quality="hd")\n\nclient.audio.transcriptions.create(model="whisper-1", file=f)\n`;
  const editor = await workspace({ 'a.py': source }, { initializationOptions: { hasClientCommands: true } });
  await editor.show('a.py');
  const lenses = await lensLines(editor, 'a.py');
  expect(lenses[0]).toMatch(/^\$0\.32 per call, literal \| 1 to 4 in \| 4 images/);
  expect(lenses[1]).toMatch(/^\$0\.006 per minute of audio, literal \| size unknown/);
  const { calls }: Report = JSON.parse(
    farthing(['scan', '--format', 'json', '--fail-on', 'never'], { cwd: editor.root }).out,
  );
  const pages = await Promise.all(
    calls.map(({ id }) => editor.request<Breakdown>('farthing/breakdown', { uri: editor.uri('a.py'), call: id })),
  );
  const [pictures, minutes] = pages.map(({ markdown }) => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
  expect(pictures).toContain('4 images, $0.08 per image, literal');
  expect(minutes).toMatch(
    /## Model\n\n\*\*whisper-1 \(openai\)\*\*\n\n- \$0\.006 per minute of audio, literal, as of /,
  );
});
