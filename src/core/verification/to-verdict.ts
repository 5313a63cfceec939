import type { RequestedControl } from '../controls/control-id';
import type { SecurityGroup } from '../network/security-group-rule';
import { describeViolation } from '../planning/describe-violation';
import { findEntryViolations } from '../planning/network-acls/find-entry-violations';
import { findViolations } from '../planning/security-groups/find-violations';
import type { Violation } from '../planning/plan';
import { toProhibitions } from '../planning/prohibition';
import { because, type EndReason } from '../reasons/because';
import type { Resource } from '../resource';
import type { Verdict } from './verdict';

/** A target as it was read back. */
export type ReadBack =
  | { readonly kind: 'found'; readonly resource: Resource }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly failure: { readonly cause: string } };

/** Holds what was read back against the requested controls. Whatever is not known for certain is never `closed`. */
export function toVerdict(readBack: ReadBack, controls: readonly RequestedControl[]): Verdict {
  switch (readBack.kind) {
    case 'gone':
      return { kind: 'closed' };
    case 'unreadable':
      return { kind: 'could-not-tell', ...because({ code: 'service-failed', cause: readBack.failure.cause }) };
    case 'found': {
      const { violations, unknown } = judge(readBack.resource, controls);
      if (violations.length > 0) return { kind: 'still-open', violations };
      if (unknown.length > 0) return { kind: 'could-not-tell', ...because(...unknown) };
      // An empty list of controls forbids nothing: "nothing forbidden is open" would be true and worthless.
      if (controls.length === 0) return { kind: 'could-not-tell', ...because({ code: 'no-control' }) };
      return { kind: 'closed' };
    }
  }
}

interface Judgement {
  readonly violations: readonly Violation[];
  /** Not empty: there may be more that is not known. */
  readonly unknown: readonly EndReason[];
}

function judge(resource: Resource, controls: readonly RequestedControl[]): Judgement {
  switch (resource.kind) {
    case 'security-group':
      return judgeGroup(resource, controls);
    case 'network-acl': {
      const { violations, notCovered } = findEntryViolations(resource, controls);
      // Security Hub reports no default network ACL; a scanner does. Nothing was read, so that nothing can be
      // called closed. https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
      const isDefault = resource.isDefault ? [{ code: 'default-network-acl' } as const] : [];
      return { violations, unknown: [...notCovered, ...isDefault] };
    }
  }
}

function judgeGroup(group: SecurityGroup, controls: readonly RequestedControl[]): Judgement {
  const prohibitions = toProhibitions(controls);
  const { violations, unclear } = findViolations(group, prohibitions);
  return {
    violations: violations.map((violation) => describeViolation(violation, prohibitions)),
    unknown: [...prohibitions.notCovered, ...prohibitions.unreadable, ...unclear],
  };
}
