import type { RequestedControl } from '../controls/control-id';
import type { SecurityGroup } from '../network/security-group-rule';
import { describeViolation } from '../planning/describe-violation';
import { findEntryViolations } from '../planning/network-acls/find-entry-violations';
import { findViolations } from '../planning/security-groups/find-violations';
import type { Violation } from '../planning/plan';
import { toProhibitions } from '../planning/prohibition';
import { renderAskReason } from '../reasons/ask-reasons';
import { renderRemark } from '../reasons/remark-reasons';
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
      return { kind: 'could-not-tell', reason: readBack.failure.cause };
    case 'found': {
      const { violations, unknown } = judge(readBack.resource, controls);
      if (violations.length > 0) return { kind: 'still-open', violations };
      if (unknown.length > 0) return { kind: 'could-not-tell', reason: unknown.join(' ') };
      // An empty list of controls forbids nothing: "nothing forbidden is open" would be true and worthless.
      if (controls.length === 0) return { kind: 'could-not-tell', reason: 'No control to hold the target against.' };
      return { kind: 'closed' };
    }
  }
}

interface Judgement {
  readonly violations: readonly Violation[];
  /** Sentences. Not empty: there may be more that is not known. */
  readonly unknown: readonly string[];
}

function judge(resource: Resource, controls: readonly RequestedControl[]): Judgement {
  switch (resource.kind) {
    case 'security-group':
      return judgeGroup(resource, controls);
    case 'network-acl': {
      const { violations, notCovered } = findEntryViolations(resource, controls);
      // Security Hub reports no default network ACL; a scanner does. Nothing was looked at, so that nothing can be called
      // closed. https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21
      const isDefault = resource.isDefault ? [renderRemark({ code: 'default-network-acl' })] : [];
      return { violations, unknown: [...notCovered.map(renderAskReason), ...isDefault] };
    }
  }
}

function judgeGroup(group: SecurityGroup, controls: readonly RequestedControl[]): Judgement {
  const prohibitions = toProhibitions(controls);
  const { violations, unclear } = findViolations(group, prohibitions);
  return {
    violations: violations.map((violation) => describeViolation(violation, prohibitions)),
    unknown: [...prohibitions.notCovered, ...prohibitions.unreadable, ...unclear].map(renderAskReason),
  };
}
