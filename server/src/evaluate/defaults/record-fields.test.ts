/** Columns with a default: a small project in, the models of its call out. */
import { describe, expect, test } from 'vitest';
import { modelsIn, pythonCall, typescriptCall } from './testing.ts';

const DEFAULT = 'gpt-6-sol default, ...';

describe('classes of records in Python', () => {
  const SQLALCHEMY = `from sqlalchemy import Column, String
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class Bot(Base):
    __tablename__ = "bots"
    id = Column(String, primary_key=True)
    model = Column(String(50), default="gpt-6-sol")
    other = Column(String(50))
`;
  const MAPPED = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
class Bot(Base):
    __tablename__ = "bots"
    model: Mapped[str] = mapped_column(server_default="gpt-6-sol")
`;
  const DJANGO = `from django.db import models
class Bot(models.Model):
    model = models.CharField(max_length=50, default="gpt-6-sol")
`;
  test.each([
    ['a parameter', SQLALCHEMY, 'bot.model', 'bot: Bot', '', DEFAULT],
    ['a query', SQLALCHEMY, 'bot.model', 'session', 'bot = session.query(Bot).filter(Bot.id == 1).first()', DEFAULT],
    ['a nested query', SQLALCHEMY, 'bot.model', 'session', 'bot = session.scalars(select(Bot)).first()', DEFAULT],
    ['a session', SQLALCHEMY, 'bot.model', '', 'bot = Session().get(Bot, 1)', DEFAULT],
    ['a loop', SQLALCHEMY, '[bot.model for bot in session.query(Bot)][0]', 'session', '', DEFAULT],
    ['another column', SQLALCHEMY, 'bot.other', 'session', 'bot = session.get(Bot, 1)', '...'],
    ['a server default', MAPPED, 'bot.model', 'bot: Bot', '', DEFAULT],
    ['a manager', DJANGO, 'bot.model', 'id', 'bot = Bot.objects.get(id=id)', DEFAULT],
    ['a chain', DJANGO, 'bot.model', 'id', 'bot = Bot.objects.filter(id=id).first()', DEFAULT],
  ])('%s', (_, classes, model, parameters, query, expected) => {
    const call = `from openai import OpenAI
from sqlalchemy import select
from sqlalchemy.orm import Session
from records import Bot
def ask(${parameters}):
    ${query || 'pass'}
    return OpenAI().responses.create(model=${model}, input="Hello there")
`;
    expect(modelsIn({ 'records.py': classes, 'a.py': call })).toBe(expected);
  });

  test('a class that is no record says nothing of what a function gives', () => {
    const plain = 'class Bot:\n    model: str = "gpt-6-sol"\n';
    expect(modelsIn({ 'a.py': pythonCall('load(Bot).model', plain, 'load') })).toBe('...');
  });
});

describe('tables in TypeScript', () => {
  const SCHEMA = `import { pgTable, text } from 'drizzle-orm/pg-core';
export const bots = pgTable('bots', { id: text('id'), model: text('model').notNull().default('gpt-6-sol') });
export type Bot = typeof bots.$inferSelect;
`;
  const DB = `import { drizzle } from 'drizzle-orm/node-postgres';
import * as schema from './schema';
export const db = drizzle(process.env.URL!, { schema });
`;
  const HEAD = "import { db } from './db';\nimport { type Bot, bots } from './schema';\n";
  test.each([
    ['(await db.select().from(bots))[0].model', ''],
    ['(await db.query.bots.findFirst({})).model', ''],
    ['bot.model', 'bot: Bot'],
  ])('Drizzle: %s', (model, parameters) => {
    const files = { 'schema.ts': SCHEMA, 'db.ts': DB };
    expect(modelsIn({ ...files, 'a.ts': typescriptCall(model, HEAD, parameters) })).toBe(DEFAULT);
    expect(modelsIn({ ...files, 'a.ts': typescriptCall(model.replace('.model', '.id'), HEAD, parameters) })).toBe(
      '...',
    );
  });

  test('Mongoose', () => {
    const before = `import mongoose from 'mongoose';
const schema = new mongoose.Schema({ model: { type: String, default: 'gpt-6-sol' } });
const Bot = mongoose.model('Bot', schema);`;
    expect(modelsIn({ 'a.ts': typescriptCall('(await Bot.findById(id)).model', before, 'id: string') })).toBe(DEFAULT);
  });
});

describe('columns of a schema beside the code', () => {
  const PRISMA = `model Bot {
  id    String @id
  model String @default("gpt-6-sol")
}
`;
  const client = (from: string) => `import { PrismaClient } from '${from}';\nconst prisma = new PrismaClient();`;
  const STATED = 'gpt-6-sol settings, ...';
  test.each([
    ['(await prisma.bot.findUnique({ where: { id } })).model', client('@prisma/client'), STATED],
    ['(await prisma.bot.findMany())[0].model', client('@prisma/client'), STATED],
    ['(await prisma.bot.findFirst()).model', client('@/generated/prisma/client'), STATED],
    ['(await prisma.user.findFirst()).model', client('@prisma/client'), '...'],
    ['(await prisma.bot.findFirst()).id', client('@prisma/client'), '...'],
  ])('Prisma: %s', (model, before, expected) => {
    const files = { 'packages/db/prisma/schema.prisma': PRISMA };
    expect(modelsIn({ ...files, 'a.ts': typescriptCall(model, before, 'id: string') })).toBe(expected);
  });

  test("a parameter of Prisma's type", () => {
    const call = typescriptCall('bot.model', "import type { Bot } from '@prisma/client';", 'bot: Bot');
    expect(modelsIn({ 'prisma/schema.prisma': PRISMA, 'a.ts': call })).toBe(STATED);
  });

  test('the last of several migrations holds', () => {
    const before = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('', '');";
    const query = "(await supabase.from('bots').select('*').single()).data.model";
    const files = {
      'supabase/migrations/1.sql': "CREATE TABLE bots (\n  model text DEFAULT 'gpt-4o'\n);\n",
      'supabase/migrations/2.sql': "ALTER TABLE bots ALTER COLUMN model SET DEFAULT 'gpt-6-sol';\n",
    };
    expect(modelsIn({ ...files, 'a.ts': typescriptCall(query, before) })).toBe(STATED);
  });
});
