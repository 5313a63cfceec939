import * as z from 'zod';
import { InputError } from '../cli-error';

/** https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html */
const deliverySchema = z.looseObject({
  records: z.array(z.looseObject({ data: z.base64() })).min(1),
});

/**
 * The events in what Firehose hands to a function: records, in Base64. Undefined for any other document. @throws
 * InputError
 */
export function deliveredIn(document: unknown, from: string): readonly unknown[] | undefined {
  if (typeof document !== 'object' || document === null || !('records' in document)) return undefined;
  const delivery = deliverySchema.safeParse(document);
  if (!delivery.success) return undefined;
  return delivery.data.records.map(({ data }, index) => {
    try {
      return JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as unknown;
    } catch {
      throw new InputError(`${from}: records[${String(index)}].data is not JSON in Base64`);
    }
  });
}
