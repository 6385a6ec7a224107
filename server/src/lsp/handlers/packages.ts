/** `farthing/packages`: the packages for language models that manifests name. */
import { manifestPackages } from '../../files/settings/manifest-packages.ts';
import { languageModelPackage } from '../../sdks/packages/language-model-package.ts';
import type { Handler } from '../context.ts';
import type { NamedPackage } from '../protocol.ts';

export const packages: Handler<unknown, readonly NamedPackage[]> = (_parameters, context) => {
  const names = new Set(context.openFolders().flatMap(({ root }) => manifestPackages(root)));
  return [...names].flatMap((name) => {
    const found = languageModelPackage(name);
    return found === null ? [] : [{ name, isRead: found.isRead }];
  });
};
