/** DSPy: predictors over signatures; the model is set once for all. https://dspy.ai/ */
import { type CallDescriptor, EVERY_FIELD, type ExportDescriptor, type SdkDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';
import { MODEL_ROLES, SLASHED } from './shapes.ts';

const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['prompt', 'messages'],
  roles: { prompt: ['prompt'], messages: ['messages'], outputLimit: ['max_tokens'] },
};
/** What a signature is asked with are its own fields. */
const PREDICT: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  roles: { model: ['lm'], outputLimit: ['config.max_tokens'], prompt: [EVERY_FIELD] },
  isStructured: true,
};
const PREDICTOR: ExportDescriptor = {
  creates: 'Predictor',
  positional: ['signature'],
  roles: { system: ['signature'], tools: ['tools'] },
};

/** Sets the model of all predictors. */
const SETTINGS: ExportDescriptor = { settings: { roles: { model: ['lm'] } } };

export const dspy: SdkDescriptor = {
  name: 'dspy',
  provider: 'any',
  modules: ['dspy'],
  answeringMethods: ['forward', '__call__'],
  exports: {
    configure: SETTINGS,
    'settings.configure': SETTINGS,
    // What it is given runs in the same way.
    streamify: { passes: 0 },
    asyncify: { passes: 0 },
    syncify: { passes: 0 },
    LM: { creates: 'Model', positional: ['model'], roles: MODEL_ROLES },
    OpenAI: { creates: 'Model', provider: 'openai', positional: ['model'], roles: MODEL_ROLES },
    Predict: PREDICTOR,
    ChainOfThought: PREDICTOR,
    ChainOfThoughtWithHint: PREDICTOR,
    TypedPredictor: PREDICTOR,
    TypedChainOfThought: PREDICTOR,
    MultiChainComparison: PREDICTOR,
    ReAct: { ...PREDICTOR, creates: 'Agent' },
    CodeAct: { ...PREDICTOR, creates: 'Agent' },
    ProgramOfThought: { ...PREDICTOR, creates: 'Agent' },
    RLM: { ...PREDICTOR, creates: 'Agent' },
    BestOfN: { creates: 'Predictor', positional: ['module'], absorbs: ['module'] },
    Refine: { creates: 'Predictor', positional: ['module'], absorbs: ['module'] },
    Embedder: { creates: 'Embedder', positional: ['model'], roles: { model: ['model'] } },
  },
  types: {
    Model: { isModel: true, methods: methods(ASK, ['', 'acall', 'forward', 'aforward']) },
    Predictor: { methods: methods(PREDICT, ['', 'acall', 'forward', 'batch']) },
    Agent: { methods: methods({ ...PREDICT, api: 'agent', family: 'agent' }, ['', 'acall', 'forward']) },
    Embedder: {
      methods: methods({ api: 'embed', family: 'embedding', positional: ['inputs'], roles: { prompt: ['inputs'] } }, [
        '',
        'acall',
      ]),
    },
  },
  modelPrefixes: SLASHED,
  words: { imports: ['dspy'], methods: [] },
  markers: [],
};
