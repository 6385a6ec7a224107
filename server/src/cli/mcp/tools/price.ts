import { costPerCall } from '@farthing/shared/cost';
import { formatMoney } from '@farthing/shared/money';
import { exactly } from '@farthing/shared/range';
import { defaultSeverities } from '../../../lint/rule-list.ts';
import { describePrices } from '../../../report/describe.ts';
import { describeModels, namedModels } from '../../commands/models.ts';
import { loadConfig } from '../../config.ts';
import { UsageError } from '../../exit.ts';
import type { Tool } from '../tool.ts';

export const price: Tool = {
  name: 'price',
  description:
    'What a model costs, with the source and date of the price, and what so many tokens of it cost. Unknown prices are unknown, never 0.',
  arguments: {
    model: { type: 'string', description: 'The exact id, such as claude-sonnet-5-5.' },
    provider: { type: 'string', description: 'Who is paid, where several sell the model: openai, azure, bedrock.' },
    inputTokens: { type: 'integer', description: 'Tokens of one request.' },
    outputTokens: { type: 'integer', description: 'Tokens of its answer.' },
    cachedTokens: { type: 'integer', description: "Of the input, those read from the provider's cache." },
    calls: { type: 'integer', description: 'How many such requests. Default: 1.' },
  },
  required: ['model'],
  run: async (given, { root }) => {
    const { config, prices } = await loadConfig(null, root, root, defaultSeverities());
    const { catalogueOf } = await import('../../../catalogue.ts');
    const catalogue = catalogueOf(config, prices, new Date());
    const name = given.text('model') ?? '';
    const card = describeModels(name, catalogue);
    const { source, asOf } = catalogue.provenance;
    const table = describePrices({ source, date: asOf });
    const [input, output, cached] = [
      given.count('inputTokens'),
      given.count('outputTokens'),
      given.count('cachedTokens'),
    ];
    if (input === null && output === null) return `${card}${table}\n`;
    if ((cached ?? 0) > (input ?? 0))
      throw new UsageError('"cachedTokens" is a part of "inputTokens", so it cannot be more.');
    const provider = given.text('provider');
    const models = namedModels(name, catalogue).filter((model) => provider === null || model.provider === provider);
    if (models.length === 0)
      throw new UsageError(`"${provider}" is not known to sell ${name}. Leave "provider" out to see who does.`);
    const calls = given.count('calls') ?? 1;
    const usage = {
      input: exactly(input ?? 0, 'stated'),
      output: exactly(output ?? 0, 'stated'),
      ...(cached === null ? {} : { cachedInput: cached }),
    };
    const lines = models.map((model) => {
      const cost = costPerCall(model, usage);
      const total = cost && exactly(Math.round(cost.expected * calls), cost.basis);
      return `${calls} x (${input ?? 0} in, ${output ?? 0} out) on ${model.id} (${model.provider}): ${formatMoney(total)}`;
    });
    return `${lines.join('\n')}\n${card}${table}\n`;
  },
};
