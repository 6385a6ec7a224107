import { expect, test } from 'vitest';
import { declarations } from './declarations.ts';
import { UNKNOWN_JSON } from './request.ts';

test('a tool is a function type with comments, optional fields, unions and defaults', () => {
  const parameters = {
    type: 'object',
    properties: {
      location: { type: 'string', description: 'The city and state' },
      unit: { type: 'string', enum: ['celsius', 'fahrenheit'], default: 'celsius' },
      days: { type: ['integer', 'null'] },
      stations: { type: 'array', items: { type: 'string' } },
      area: { type: 'object', properties: { radius: { title: 'Radius', type: 'number' } }, required: ['radius'] },
    },
    required: ['location'],
  };
  expect(
    declarations([{ name: 'get_weather', description: 'Get the weather', parameters }]),
  ).toBe(`namespace functions {

// Get the weather
type get_weather = (_: {
// The city and state
location: string,
unit?: "celsius" | "fahrenheit", // default: "celsius"
days?: number | null,
stations?: string[],
area?: {
// Radius
radius: number,
},
}) => any;

} // namespace functions`);
});

test('a tool without parameters takes nothing', () => {
  expect(declarations([{ name: 'now', description: null, parameters: { type: 'object', properties: {} } }])).toContain(
    'type now = () => any;',
  );
  expect(declarations([{ name: 'now', description: '', parameters: null }])).not.toContain('//\n');
});

test('a description of several lines is one comment, and one of all parameters stands above them', () => {
  const parameters = { description: 'Arguments.', properties: { a: {} }, type: 'object' };
  expect(declarations([{ name: 'add', description: 'Adds.\n  a: a number', parameters }])).toContain(`// Adds.
  a: a number
type add = (_: {
// Arguments.
a?: any,
}) => any;`);
});

test('what only the run knows is any', () => {
  expect(declarations([{ name: null, description: null, parameters: { properties: { a: UNKNOWN_JSON } } }])).toContain(
    'a?: any,',
  );
});
