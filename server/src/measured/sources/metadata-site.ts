/** The place of a call in the free fields of a tool's records, under the names of OpenTelemetry's conventions. */
import { parsePlace } from '@farthing/shared/position';
import type { RecordedSite } from '../recorded-call.ts';
import { type Fields, fieldsOf, firstCount, firstName, nameOf } from './fields.ts';

export function siteInMetadata(metadata: Fields): RecordedSite | null {
  // Langfuse keeps the attributes of a span one level below.
  const { attributes } = metadata;
  const fields = { ...fieldsOf(attributes), ...metadata };
  const own = firstName(fields['farthing.call_site'], fields.call_site, fields.callSite);
  if (own !== null && /^[0-9a-f]{12}$/.test(own)) return { id: own };
  const place = own === null ? null : parsePlace(own);
  if (place !== null) return { ...place, function: null };
  const path = firstName(fields['code.file.path'], fields['code.filepath']);
  if (path === null) return null;
  return {
    path: path.replaceAll('\\', '/'),
    line: firstCount(fields['code.line.number'], fields['code.lineno']),
    column: firstCount(fields['code.column.number'], fields['code.column']),
    function: nameOf(fields['code.function.name'] ?? fields['code.function']),
  };
}
