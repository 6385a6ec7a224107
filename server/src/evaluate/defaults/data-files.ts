/**
 * Data that a program reads from a file of the repository. At run time, the file may be a different
 * one, so the value is unknown, with the repository's value as its default.
 */
import { type Data, type DataFormat, dataIn } from '../../files/settings/data-text.ts';
import type { Origin } from '../../ir/origin.ts';
import { array, literalText, NULL, object, text, unknown } from '../lattice.ts';
import type { Value } from '../values.ts';

/** Functions that parse the text, or the file, that they are given first. */
export const PARSERS: Readonly<Record<DataFormat, readonly string[]>> = {
  json: [
    'JSON.parse',
    'json.loads',
    'json.load',
    'orjson.loads',
    'ujson.loads',
    'json5.parse',
    'jsonc-parser.parse',
    'fs-extra.readJson',
    'fs-extra.readJSON',
    'fs-extra.readJsonSync',
    'fs-extra.readJSONSync',
  ],
  yaml: ['yaml.parse', 'js-yaml.load', 'yaml.safe_load', 'yaml.load', 'yaml.full_load', 'omegaconf.OmegaConf.load'],
  toml: [
    'tomllib.load',
    'tomllib.loads',
    'tomli.load',
    'tomli.loads',
    'toml.load',
    'toml.loads',
    'toml.parse',
    '@iarna/toml.parse',
    'smol-toml.parse',
  ],
};

/** An opened file is its path. */
const PATH = /^[^\n{}]+\.(?:json[5c]?|ya?ml|toml)$/i;

export function isDataPath(value: Value | undefined): boolean {
  return PATH.test(literalText(value) ?? '');
}

/** Null where the text holds no table or list of data. */
export function parsedData(content: Value | null | undefined, format: DataFormat, origin: Origin): Value | null {
  const written = literalText(content);
  const data = written === null ? null : dataIn(written, format);
  return data instanceof Map || Array.isArray(data)
    ? unknown('configuration', valueOfData(data, origin), origin)
    : null;
}

function valueOfData(data: Data, origin: Origin): Value {
  if (data === null) return NULL;
  if (typeof data === 'string') return text(data);
  if (typeof data === 'number') return { kind: 'number', value: data, origin };
  if (typeof data === 'boolean') return { kind: 'boolean', value: data, origin };
  if (data instanceof Map)
    return object(
      [...data].map(([key, one]) => [key, valueOfData(one, origin)] as const),
      origin,
    );
  return array(
    (data as readonly Data[]).map((one) => valueOfData(one, origin)),
    [],
    origin,
  );
}
