import type { FindingKey } from './finding';

const OWN_PRODUCT = /^arn:[^:]+:securityhub:[^:]*::product\/aws\/securityhub$/;

/**
 * Whether Security Hub made the finding itself. Everybody else's come in by BatchImportFindings, which is for the
 * account's own default product and for partners:
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function isFromSecurityHub({ productArn }: Pick<FindingKey, 'productArn'>): boolean {
  return OWN_PRODUCT.test(productArn);
}
