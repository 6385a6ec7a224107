import type { Provider } from './provider.ts';

export const huggingface: Provider = {
  name: 'Hugging Face',
  hosts: [
    { host: 'api-inference.huggingface.co' },
    { host: 'router.huggingface.co' },
    { host: '*.endpoints.huggingface.cloud' },
  ],
  aliases: ['huggingface'],
  // Without a suffix the router chooses the provider, so the price is only known afterwards.
  sales: {
    kind: 'host',
    parts: {
      cerebras: 'huggingface_cerebras',
      'fireworks-ai': 'huggingface_fireworks-ai',
      groq: 'huggingface_groq',
      hyperbolic: 'huggingface_hyperbolic',
      nebius: 'huggingface_nebius',
      novita: 'huggingface_novita',
      nscale: 'huggingface_nscale',
      ovhcloud: 'huggingface_ovhcloud',
      publicai: 'huggingface_publicai',
      sambanova: 'huggingface_sambanova',
      together: 'huggingface_together',
    },
    makers: (['groq', 'together', 'cerebras', 'novita', 'ovhcloud'] as const).map((maker) => ({
      maker,
      pattern: new RegExp(`^(.+):${maker}$`),
      id: '$1',
      samePrice: 'Hugging Face passes on the price of the provider',
    })),
  },
};
