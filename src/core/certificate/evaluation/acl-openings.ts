import type { CertifiedControl } from '../certificate';
import { isForEverybody, type Filter } from './acl-filter';
import { readExceptions } from './excepted';
import { readForbidden } from './forbidden-traffic';
import { isAbout, renderEquivalenceClass, toEquivalenceClasses } from './traffic';

/** An entry that a control forbids. */
export interface ForbiddenEntry {
  readonly filter: Filter;
  /** `entry 100 allows tcp 22 from 0.0.0.0/0, which EC2.21 forbids`. */
  readonly text: string;
}

export interface ForbiddenEntries {
  readonly entries: readonly ForbiddenEntry[];
  /** Why there may be more. */
  readonly unclear: readonly string[];
}

/**
 * Entries are read one by one, as Security Hub does: a DENY with a lower number does not excuse an ALLOW. It does not
 * look at default network ACLs, so that none can be called closed, whatever its entries say:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
 */
export function findForbiddenEntries(
  { isDefault, filters }: { readonly isDefault: boolean; readonly filters: readonly Filter[] },
  control: CertifiedControl,
): ForbiddenEntries {
  const forbidden = readForbidden(control);
  if (forbidden.kind === 'not-known') return { entries: [], unclear: [forbidden.why] };
  const { traffic: forbiddenTraffic } = 'traffic' in forbidden ? forbidden : { traffic: undefined };
  if (forbiddenTraffic === undefined) {
    return { entries: [], unclear: [`${control.id} is about security groups, and this is a network ACL`] };
  }
  if (isDefault) {
    return { entries: [], unclear: [`${control.id} does not look at default network ACLs, and this is one`] };
  }
  const exceptions = readExceptions(control);
  const entries = filters.flatMap((filter) => {
    const { entry, traffic, block } = filter;
    if (entry.Egress || entry.RuleAction !== 'allow' || !isForEverybody(filter)) return [];
    const open = toEquivalenceClasses([traffic, ...forbiddenTraffic, ...exceptions.traffic]).find(
      (trafficClass) =>
        isAbout(traffic, trafficClass) &&
        forbiddenTraffic.some((each) => isAbout(each, trafficClass)) &&
        !exceptions.allow(block, trafficClass),
    );
    if (open === undefined) return [];
    const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '';
    const what = `entry ${String(entry.RuleNumber)} allows ${renderEquivalenceClass(open)} from ${source}`;
    return [{ filter, text: `${what}, which ${control.id} forbids` }];
  });
  return { entries, unclear: [] };
}
