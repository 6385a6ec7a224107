/** `farthing prices --lock`: pins the prices of the models that the calls use. */
import { dirname, join, relative } from 'node:path';
import { LOCK_FILE, lockText, type PriceLock } from '@farthing/shared/catalogue/lock/price-lock';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { printable } from '@farthing/shared/printable';
import { findConfig } from '../../files/config-file.ts';
import { readPriceLockFile } from '../../files/price-lock-file.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import { plural } from '../../report/plural.ts';
import { analyse } from '../analyse.ts';
import { loadConfig } from '../config.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { targetOf } from '../paths.ts';
import { writeRepositoryFile } from '../write-file.ts';
import { listCatalogue, modelsOf } from './locked-models.ts';
import { changesOf } from './price-changes.ts';

export interface LockOptions {
  readonly config?: string;
  readonly cache: boolean;
}

/** @throws UsageError if there is no configuration that the lock could stand beside, or if it cannot be written */
export async function lockPrices(options: LockOptions, io: Io): Promise<void> {
  const configPath = findConfig(io.cwd);
  if (configPath === null)
    throw new UsageError(
      `${LOCK_FILE} stands beside ${CONFIG_FILE_NAME}, and there is none: farthing init creates one.`,
    );
  const folder = dirname(configPath);
  const now = new Date();
  const loaded = await loadConfig(options.config ?? null, folder, io.cwd, defaultSeverities());
  const catalogue = listCatalogue(loaded, now);
  const { workspace } = await analyse(targetOf([folder], io.cwd), { ...options, minSaving: 1 }, io, null, null, {
    isUnlocked: true,
  });
  const { source } = catalogue.provenance;
  const models = modelsOf(workspace.calls().calls(), catalogue);
  const before = readPriceLockFile(configPath).lock;
  const lock: PriceLock = { date: now.toISOString().slice(0, 10), source, models };
  const path = join(folder, LOCK_FILE);
  const name = relative(io.cwd, path) || LOCK_FILE;
  writeRepositoryFile(path, name, lockText(lock));
  const changes = before === null ? [] : changedSince(before, lock);
  const lines = [
    `${name}: the prices of ${plural(models.length, 'model')} are pinned, from ${source}`,
    ...changes,
    ...(models.length === 0 ? ['No call here names a model with a list price.'] : []),
  ];
  io.out(lines.map((line) => `${printable(line)}\n`).join(''));
}

/** `gpt-6-sol (openai): input $2 -> $1.80 per million`, for each model that both have. */
function changedSince(before: PriceLock, now: PriceLock): readonly string[] {
  return now.models.flatMap((model) => {
    const old = before.models.find(({ provider, id }) => provider === model.provider && id === model.id);
    const changes = old === undefined ? [] : changesOf(old, model);
    return changes.length === 0 ? [] : [`${model.id} (${model.provider}): ${changes.join('; ')}`];
  });
}
