import { APIS, PROVIDERS } from '@farthing/shared/vocabulary';
import type { CallDescriptor, SdkDescriptor } from '../../sdks/descriptor.ts';
import { DESCRIPTORS } from '../../sdks/descriptors/index.ts';
import type { AddCommand } from '../main.ts';

/** `farthing sdks`: what a scan recognises, and the closed lists of names in its report. */
export const addSdks: AddCommand = (program, io) => {
  program
    .command('sdks')
    .description('list the SDKs, APIs and providers that a scan recognises')
    .option('--json', 'print as JSON')
    .action(({ json }: { json?: true }) => {
      const sdks = DESCRIPTORS.map(summarise);
      io.out(json ? `${JSON.stringify({ sdks, apis: APIS, providers: PROVIDERS }, null, 2)}\n` : formatSdks(sdks));
    });
};

interface SdkSummary {
  readonly name: string;
  /** The provider that is paid if nothing in the code says otherwise. */
  readonly provider: string;
  /** npm and Python modules. */
  readonly modules: readonly string[];
  readonly apis: readonly string[];
}

function summarise({ name, provider, modules, exports, types }: SdkDescriptor): SdkSummary {
  const calls: readonly (CallDescriptor | undefined)[] = [
    ...Object.values(exports).map(({ call }) => call),
    ...Object.values(types).flatMap(({ command, methods }) => [
      command,
      ...Object.values(methods ?? {}).map(({ call }) => call),
    ]),
  ];
  const apis = new Set(calls.flatMap((call) => (call === undefined ? [] : [call.api])));
  return { name, provider, modules, apis: APIS.filter((api) => apis.has(api)) };
}

function formatSdks(sdks: readonly SdkSummary[]): string {
  const blocks = sdks.map(({ name, provider, modules, apis }) =>
    [
      name,
      `  modules   ${modules.join(', ')}`,
      `  calls     ${apis.join(', ')}`,
      `  provider  ${provider}, unless the code names another`,
    ].join('\n'),
  );
  return `${[...blocks, `all APIs\n  ${APIS.join(', ')}`, `all providers\n  ${PROVIDERS.join(', ')}`].join('\n\n')}\n`;
}
