/** Draws the page anew while the reader keeps the focus, the caret and the place on the page. */
export function keepFocus(draw: () => void): void {
  const { activeElement: before } = document;
  const key = before instanceof HTMLElement ? before.dataset.key : undefined;
  const caret = before instanceof HTMLInputElement ? [before.selectionStart, before.selectionEnd] : null;
  const { scrollX, scrollY } = window;
  draw();
  const after = [...document.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset.key === key);
  if (key !== undefined && after) {
    after.focus({ preventScroll: true });
    if (caret !== null && after instanceof HTMLInputElement)
      after.setSelectionRange(caret[0] ?? null, caret[1] ?? null);
  }
  window.scrollTo(scrollX, scrollY);
}
