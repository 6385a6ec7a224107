/** Voyage AI's SDKs: embeddings and reranking. https://docs.voyageai.com/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods } from './shapes.ts';

const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  positional: ['texts|...', 'model'],
  roles: { model: ['model'], prompt: ['texts', 'input', 'inputs'] },
  answers: 'embeddings',
  streaming: false,
};
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  positional: ['query|...', 'documents', 'model'],
  roles: { model: ['model'], prompt: ['query'], body: ['documents'] },
  streaming: false,
};
const CLIENT: ExportDescriptor = { creates: 'Client', roles: { timeout: ['timeout'], retries: ['max_retries'] } };

export const voyage: SdkDescriptor = {
  name: 'voyage',
  provider: 'voyage',
  modules: ['voyageai'],
  exports: {
    Client: CLIENT,
    AsyncClient: CLIENT,
    VoyageAIClient: CLIENT,
    get_embedding: { call: EMBED },
    get_embeddings: { call: EMBED },
  },
  types: {
    Client: {
      methods: {
        ...methods(EMBED, [
          'embed',
          'multimodal_embed',
          'multimodalEmbed',
          'contextualized_embed',
          'contextualizedEmbed',
        ]),
        ...methods(RERANK, ['rerank']),
      },
    },
  },
  words: { imports: ['voyageai'], methods: [] },
  markers: [],
};
