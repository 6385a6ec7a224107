/** What axe finds wrong with a page for people who use a keyboard or a screen reader, or see colours badly. */
import axe from 'axe-core';
import type { FrameLocator } from 'playwright-core';

interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

export async function violationsIn(page: FrameLocator): Promise<readonly string[]> {
  const body = page.locator('body');
  // As an expression, which the page's content policy leaves alone.
  await body.evaluate(axe.source);
  const { violations } = await body.evaluate(
    (element): Promise<Found> => Reflect.get(element.ownerDocument.defaultView ?? {}, 'axe').run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
