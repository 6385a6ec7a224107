/** For tests: the IR of a text, printed. */
import { printModule } from '../../ir/print.ts';
import { typescript } from './typescript.ts';

export function lowered(text: string, path = 'a.ts'): string {
  return printModule(typescript.lower(text, path));
}
