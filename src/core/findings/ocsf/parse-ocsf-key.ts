import type { InputProblem } from '../../input-problem';
import { memberOf, textOf } from '../../read-member';
import { failure, success, type Result } from '../../result';
import { asffKeySchema } from '../asff-schema';
import type { FindingKey } from '../finding';

/** Compliance Finding: https://schema.ocsf.io/classes/compliance_finding */
const COMPLIANCE_FINDING = 2003;

/** Whether a finding of Security Hub V2 is one of a control, in whatever version of OCSF. */
export function isOfControl(raw: unknown): boolean {
  return controlNameOf(raw) !== undefined;
}

/** `EC2.13`; undefined for findings that are of no control, such as those of Security Hub's own coverage. */
export function controlNameOf(raw: unknown): string | undefined {
  if (memberOf(raw, 'class_uid') !== COMPLIANCE_FINDING) return undefined;
  return textOf(memberOf(memberOf(raw, 'compliance'), 'control'));
}

/**
 * The ids that a finding of Security Hub V2 has in ASFF: the same `Id`, and the product's ARN with `product` where this
 * one says `productv2`. Both are held to the limits of ASFF, since Security Hub refuses a whole call for one id beyond
 * them.
 */
export function parseOcsfKey(raw: unknown): Result<FindingKey, InputProblem> {
  const id = textOf(memberOf(memberOf(raw, 'finding_info'), 'uid'));
  const productUid = textOf(memberOf(memberOf(memberOf(raw, 'metadata'), 'product'), 'uid'));
  if (id === undefined) return wrong('finding_info.uid', undefined, 'is missing');
  if (productUid === undefined) return wrong('metadata.product.uid', undefined, 'is missing');
  const productArn = toAsffProduct(productUid);
  const key = asffKeySchema.safeParse({ Id: id, ProductArn: productArn });
  if (key.success) return success({ id, productArn });
  const isId = key.error.issues.some(({ path }) => path[0] === 'Id');
  return isId
    ? wrong('finding_info.uid', id, 'is blank, or longer than an id may be')
    : wrong('metadata.product.uid', productUid, 'is blank, or longer than an ARN may be');
}

/** A product's ARN as ASFF has it. */
export function toAsffProduct(productUid: string): string {
  return productUid.replace(':productv2/', ':product/');
}

function wrong(field: string, value: unknown, message: string): Result<never, InputProblem> {
  return failure({ field, value, message });
}
