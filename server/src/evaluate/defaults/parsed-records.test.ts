/** Objects that a package makes of data: a module in, the models of its call out. */
import { describe, expect, test } from 'vitest';
import { modelsIn, pythonCall } from './testing.ts';

const DEFAULT = 'gpt-6-sol default, ...';
const PYDANTIC = `from pydantic import BaseModel, Field, TypeAdapter, parse_obj_as
class Config(BaseModel):
    model: str = Field(description="text", default="gpt-6-sol")
    base_url: str | None = Field(None, description="text")
class Child(Config):
    pass
`;
const DATACLASS = `from dataclasses import dataclass
import cattrs, dacite, msgspec, tyro
from dataclasses_json import DataClassJsonMixin, dataclass_json
@dataclass
class Config:
    model: str = "gpt-6-sol"
@dataclass_json
@dataclass
class Decorated:
    model: str = "gpt-6-sol"
@dataclass
class Mixed(DataClassJsonMixin):
    model: str = "gpt-6-sol"
`;

test.each([
  ['Config.model_validate_json(data).model', PYDANTIC],
  ['Config.model_validate(data).model', PYDANTIC],
  ['Config.parse_obj(data).model', PYDANTIC],
  ['Child.model_validate(data).model', PYDANTIC],
  ['TypeAdapter(Config).validate_python(data).model', PYDANTIC],
  ['parse_obj_as(Config, data).model', PYDANTIC],
  ['dacite.from_dict(Config, data).model', DATACLASS],
  ['dacite.from_dict(data_class=Config, data=data).model', DATACLASS],
  ['cattrs.structure(data, Config).model', DATACLASS],
  ['msgspec.json.decode(data, type=Config).model', DATACLASS],
  ['tyro.cli(Config).model', DATACLASS],
  ['Decorated.from_json(data).model', DATACLASS],
  ['Mixed.from_dict(data).model', DATACLASS],
])('%s', (model, before) => {
  expect(modelsIn({ 'a.py': pythonCall(model, before, 'data') })).toBe(DEFAULT);
});

test('a class that a package does not provide with the method', () => {
  expect(modelsIn({ 'a.py': pythonCall('Config.from_json(data).model', DATACLASS, 'data') })).toBe('...');
});

test('a method of the class itself comes first', () => {
  const own = `${PYDANTIC}    @classmethod
    def model_validate(cls, data):
        return cls(model="gpt-6-luna")
`;
  expect(modelsIn({ 'a.py': pythonCall('Child.model_validate(data).model', own, 'data') })).toBe('certain gpt-6-luna');
});

test('a field without a default leaves the address of the client as it is', () => {
  const call = `${PYDANTIC}from openai import OpenAI
def ask(data):
    config = Config.model_validate(data)
    OpenAI(base_url=config.base_url).responses.create(model="gpt-6-sol", input="Hello there")
`;
  expect(modelsIn({ 'a.py': call })).toBe('certain gpt-6-sol');
});

describe('objects by name, in a field with a default', () => {
  const before = `from pydantic import BaseModel, Field
class Agent(BaseModel):
    model: str = "gpt-6-sol"
class Config(BaseModel):
    agents: dict[str, Agent] = Field(default={"default": Agent(), "small": Agent(model="gpt-6-luna")})
    def agent(self, name: str) -> Agent:
        name = name if name in self.agents else "default"
        return self.agents[name]
config = Config()
`;
  test.each([
    ['config.agents[name].model', 'gpt-6-sol default, gpt-6-luna default, ...'],
    ['config.agents["small"].model', 'gpt-6-luna default, ...'],
    ['config.agent("small").model', 'gpt-6-luna default, gpt-6-sol default, ...'],
    ['config.agent("other").model', 'gpt-6-sol default, ...'],
  ])('%s', (model, expected) => {
    expect(modelsIn({ 'a.py': pythonCall(model, before, 'name') })).toBe(expected);
  });
});
