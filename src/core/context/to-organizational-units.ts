import { failure, success, type Result } from '../result';

/**
 * Ids of the units that an account is in, its own first and the root's last, from `Paths` of Organizations:
 * `o-…/r-…/ou-…/ou-…/222222222222/`. One path, since an account has one parent; several would be something new.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
 */
export function toOrganizationalUnits(paths: readonly string[], account: string): Result<readonly string[], string> {
  const [path, ...others] = paths;
  if (path === undefined) return failure('Organizations says of no unit that the account is in it');
  if (others.length > 0) return failure('Organizations says that the account is in several places');
  const [organization = '', ...units] = path.replace(/\/$/, '').split('/');
  const last = units.pop();
  const isUnderstood =
    last === account && /^o-[a-z0-9]+$/.test(organization) && units.length > 0 && units.every((id) => UNIT.test(id));
  return isUnderstood
    ? success(units.toReversed())
    : failure('Organizations names the place of the account in no form that is known');
}

/** Of a root, or of an organizational unit. */
const UNIT = /^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/;
