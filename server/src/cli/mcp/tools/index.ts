import type { Tool } from '../tool.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { price } from './price.ts';
import { scan } from './scan.ts';
import { whatIf } from './what-if.ts';

export const TOOLS: readonly Tool[] = [scan, diff, explain, price, whatIf];
