import { expect, test } from 'vitest';
import { columnsIn } from './schema-text.ts';

const stated = (path: string, text: string) =>
  columnsIn(path, text).map(({ table, name, value, line }) => `${table}.${name} = ${value} at ${line}`);

test('of a Prisma schema', () => {
  const schema = `model Bot {
  id    String @id @default(cuid())
  model String @default("gpt-6-sol") @db.VarChar(50)
  other String?
  kind  Kind @default(fast)
}
enum Kind {
  fast
}
model User {
  aiModel String? @default("gpt-6-luna")
}
`;
  expect(stated('prisma/schema.prisma', schema)).toEqual([
    'bot.model = gpt-6-sol at 3',
    'user.aiModel = gpt-6-luna at 11',
  ]);
});

test('of statements of SQL', () => {
  const statements = `CREATE TABLE IF NOT EXISTS public."Bots" (
  "id" uuid,
  "model" text NOT NULL DEFAULT 'gpt-6-sol',
  count integer DEFAULT 3
);
ALTER TABLE users ADD COLUMN ai_model varchar(50) DEFAULT 'gpt-6-luna';
ALTER TABLE ONLY public.users
  ALTER COLUMN ai_model SET DEFAULT 'gpt-4o';
INSERT INTO bots VALUES ('model text default');
CREATE FUNCTION answer() RETURNS text AS $$ DECLARE
  local_model text DEFAULT 'gpt-3';
`;
  expect(stated('1.sql', statements)).toEqual([
    'bots.model = gpt-6-sol at 3',
    'users.ai_model = gpt-6-luna at 6',
    'users.ai_model = gpt-4o at 8',
  ]);
});
