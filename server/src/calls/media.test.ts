import { describe, expect, it } from 'vitest';
import { onlyCall } from './testing.ts';

const gemini = (part: string) =>
  onlyCall(
    '/app/a.py',
    `from google import genai\nfrom google.genai import types\nfrom PIL import Image\nclient = genai.Client()
client.models.generate_content(model="gemini-2.5-flash", contents=[${part}, "Describe it."])`,
  );

describe('a part that is not text', () => {
  it.each([
    ['types.Part.from_uri(file_uri="gs://b/a.mp4", mime_type="video/mp4")', 'video'],
    ['types.Part.from_uri("gs://b/a.mp3", mime_type="audio/mp3")', 'audio'],
    ['types.Part.from_bytes(data=load(), mime_type="application/pdf")', 'file'],
    ['Image.open("photo.png")', 'image'],
  ])('%s', (part, kind) => {
    const call = gemini(part);
    expect(call.media.map((one) => one.kind)).toEqual([kind]);
    expect(call.sections.flatMap(({ segments }) => segments.map(({ text }) => text))).toEqual(['Describe it.']);
  });

  it('that is not known makes a lower bound', () => {
    const { tokens, cost } = gemini('client.files.upload(file="a.mp4")');
    expect([tokens.input.basis, cost.perCall?.basis]).toEqual(['unknown', 'unknown']);
  });

  it('a document by its text is text', () => {
    const call = gemini('Document(page_content="Rain.", metadata={})');
    expect(call.media).toEqual([]);
  });
});

describe('what a model draws', () => {
  const images = (count: string) =>
    onlyCall(
      '/app/a.py',
      `from google import genai\ngenai.Client().models.generate_images(model="imagen-4.0-generate-001", prompt="A bicycle", config={${count}})`,
    ).cost.perCall;

  it('is sold by the piece', () => {
    expect(images('')).toEqual({ low: 40_000_000, expected: 40_000_000, high: 40_000_000, basis: 'literal' });
    expect(images('"number_of_images": 4')?.expected).toBe(160_000_000);
  });

  it('has no price where the number is not known', () => expect(images('"number_of_images": load()')).toBeNull());

  it('is an image, so a chat with it costs what an image costs', () => {
    const call = onlyCall(
      '/app/a.py',
      'from google import genai\ngenai.Client().models.generate_content(model="gemini-2.5-flash-image", contents="A red bicycle")',
    );
    expect(call.tokens.output.basis).toBe('unknown');
    expect(call.cost).toMatchObject({
      perCall: { expected: 38_701_200, basis: 'assumed' },
      units: { unit: 'image', price: { expected: 38_700_000 } },
    });
  });
});

it('a prompt that the provider only keeps has no answer', () => {
  const call = onlyCall(
    '/app/a.py',
    'from google import genai\ngenai.Client().caches.create(model="gemini-2.5-pro", config={"contents": "A long text."})',
  );
  expect(call.tokens.output).toMatchObject({ low: 0, high: 0 });
});
