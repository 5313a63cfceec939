import type { Finding } from '../finding';
import type { OcsfFinding } from './parse-ocsf-finding';

/** Its parameters say what may stay open, and no published finding of Security Hub V2 shows them. */
const HAS_PARAMETERS = 'EC2.18';

/**
 * A finding of Security Hub V2 as remediations take it: less what reports alone read. EC2.18 is closed by its
 * parameters, and what may stay open is not guessed: without its face in CSPM it cannot be closed.
 */
export function toClosable(ocsf: OcsfFinding): Finding {
  const {
    updatedAt: _updatedAt,
    product: _product,
    productUid: _productUid,
    controlName: _controlName,
    standards: _standards,
    requirements: _requirements,
    resourceName: _resourceName,
    ...finding
  } = ocsf;
  if (finding.control?.id !== HAS_PARAMETERS) return finding;
  const problem =
    `Security Hub V2 does not say which ports ${HAS_PARAMETERS} is configured to let be public. ` +
    'With `securityHub: both` Portcullis reads them from Security Hub CSPM.';
  return { ...finding, control: undefined, problem };
}
