/** An element with attributes and children; text is always text, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}

/** A path that a narrow column breaks between its folders, not inside a name. */
export function breakablePath(path: string): readonly (Node | string)[] {
  return path.split('/').flatMap((name, index) => (index === 0 ? [name] : ['/', element('wbr', {}), name]));
}

/** A second line in a cell; nothing for an empty text. */
export function smallPrint(text: string): readonly HTMLElement[] {
  return text === '' ? [] : [element('span', { class: 'small-print' }, text)];
}
