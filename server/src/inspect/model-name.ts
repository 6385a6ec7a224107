import type { ReportCall } from '@farthing/shared/report';
import { isModelUnknown } from '../report/describe-model.ts';

/** The model, or those of which it is one; `?` where nothing names it. */
export function modelName(call: Pick<ReportCall, 'model' | 'calledFrom'>): string {
  const { value, hint, alternatives } = call.model;
  if (value !== null) return value;
  if (isModelUnknown(call)) return '?';
  const names = [...new Set([...(hint === null ? [] : [hint]), ...alternatives.map(({ name }) => name)])];
  return names.length === 0 ? '?' : names.join(' or ');
}
