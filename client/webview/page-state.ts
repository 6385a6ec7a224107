/** What the page remembers: the filter, the selected bars and the order. */
import type { Selection } from '../src/report/groups.ts';
import type { ColumnId, FromPage } from '../src/report/messages.ts';

export interface PageState {
  readonly filter: string;
  readonly selection: Selection;
  readonly column: ColumnId;
  readonly isDescending: boolean;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Partial<PageState> | undefined;
  setState(state: PageState): void;
};

const api = acquireVsCodeApi();
let state: PageState = { filter: '', selection: {}, column: 'cost', isDescending: true, ...api.getState() };

export function current(): PageState {
  return state;
}

export function keep(changes: Partial<PageState>): void {
  state = { ...state, ...changes };
  api.setState(state);
}

export function send(message: FromPage): void {
  api.postMessage(message);
}
