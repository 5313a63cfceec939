import type { RecordedGrant } from '../grants/grant';
import type { RemediationRecord } from '../ledger/remediation-record';
import type { Target } from '../target';

/** `overdue`: its end has come, and no record says that it is gone. */
export type ReportedGrantState = 'open' | 'overdue' | 'ended';

/** Access that somebody had opened for a while, as records of the ledger have it. */
export interface ReportedGrant extends RecordedGrant {
  readonly target: Target;
  /** ISO 8601, UTC: when it was opened; unknown where only its end is reported. */
  readonly since: string | undefined;
  readonly ended?: { readonly at: string; readonly by: string };
  /** When the report was made. */
  readonly state: ReportedGrantState;
}

type Known = Omit<ReportedGrant, 'state'>;

/** Grants by their ids. One that was never opened is none. */
export class Grants {
  readonly #all = new Map<string, Known>();

  /** Takes what a record says of a grant, whichever of its records comes first. */
  addThoseOf({ action, outcome, grant, target, startedAt, finishedAt, decidedBy }: RemediationRecord): void {
    if (grant === undefined) return;
    const known = this.#all.get(grant.grantId) ?? { ...grant, target, since: undefined };
    if (action === 'grant' && outcome === 'granted') this.#all.set(grant.grantId, { ...known, since: startedAt });
    if (action === 'end-grant' && outcome === 'access-ended') {
      this.#all.set(grant.grantId, { ...known, ended: { at: finishedAt ?? startedAt, by: decidedBy } });
    }
    if (action === 'end-grant' && outcome !== 'access-ended' && known.ended === undefined) {
      this.#all.set(grant.grantId, known);
    }
  }

  /** Those that are open past their end first, then the open ones by their end, then the others, the latest first. */
  stated(now: Date): readonly ReportedGrant[] {
    const order = ['overdue', 'open', 'ended'];
    return [...this.#all.values()]
      .map((one): ReportedGrant => ({ ...one, state: stateAt(one, now) }))
      .sort(
        (a, b) =>
          order.indexOf(a.state) - order.indexOf(b.state) ||
          (a.state === 'ended' ? -1 : 1) * a.until.localeCompare(b.until) ||
          a.grantId.localeCompare(b.grantId),
      );
  }
}

function stateAt({ until, ended }: Known, now: Date): ReportedGrantState {
  if (ended !== undefined) return 'ended';
  return Date.parse(until) > now.getTime() ? 'open' : 'overdue';
}

/** What a grant lets in: `tcp 22 from 198.51.100.7/32`. */
export function renderGranted({ rule }: Pick<ReportedGrant, 'rule'>): string {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6 } = rule;
  const ports = FromPort === ToPort ? String(FromPort) : `${String(FromPort)}-${String(ToPort)}`;
  return `${IpProtocol} ${ports} from ${CidrIpv4 ?? CidrIpv6 ?? ''}`;
}
