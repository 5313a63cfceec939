import { createHash } from 'node:crypto';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { History } from '../../runtime/history';
import type { World } from '../../runtime/world';
import type { StoredFinding } from '../finding-store';

/** What people and rules said of a finding in Security Hub V2, and nowhere else. */
export interface Face {
  readonly statusId: number;
  readonly severityId?: number;
  readonly comment?: string;
  /** As the control was when the status was last set by what was imported. */
  readonly compliance: string | undefined;
}

const OWN_PRODUCT = /:securityhub:[^:]*::product\/aws\/securityhub$/;
const STATUS_IDS: Readonly<Record<string, number>> = { NEW: 1, NOTIFIED: 2, SUPPRESSED: 3, RESOLVED: 4 };
const RESOLVED = 4;
const NEW = 1;
const SUPPRESSED = 3;

/** Findings of controls come over from Security Hub CSPM; what others import there stays there. */
export function hasFace({ finding }: StoredFinding): boolean {
  return OWN_PRODUCT.test(finding.ProductArn ?? '') && finding.Compliance?.SecurityControlId !== undefined;
}

/** 64 hexadecimal digits, as in published findings. */
export function metadataUidOf({ account, region, finding }: StoredFinding): string {
  return createHash('sha256')
    .update(keyOf(account, region, finding))
    .digest('hex');
}

/**
 * The other face that Security Hub V2 keeps of findings of controls. It has a status of its own: no page says that one
 * of the two statuses is written through to the other, so that here none is.
 */
export class Faces {
  readonly #faces = new Map<string, Face>();
  readonly #past = new History<ReadonlyMap<string, Face>>();

  of(stored: StoredFinding, readsAsOfMillis?: number): Face {
    const key = keyOf(stored.account, stored.region, stored.finding);
    return (this.#past.at(readsAsOfMillis) ?? this.#faces).get(key) ?? toNewFace(stored);
  }

  save(stored: StoredFinding, face: Face, world: World): void {
    this.#past.remember(world, () => new Map(this.#faces));
    this.#faces.set(keyOf(stored.account, stored.region, stored.finding), face);
  }

  /** A control that passes resolves the face, and one that fails again makes it new, as CSPM does with its own. */
  takeImport(stored: StoredFinding, world: World): void {
    const face = this.of(stored);
    const compliance = stored.finding.Compliance?.Status;
    if (face.compliance === compliance || face.statusId === SUPPRESSED) {
      this.save(stored, { ...face, compliance }, world);
      return;
    }
    const failsAgain = face.compliance === 'PASSED';
    const statusId = compliance === 'PASSED' ? RESOLVED : failsAgain ? NEW : face.statusId;
    this.save(stored, { ...face, compliance, statusId }, world);
  }
}

function toNewFace({ finding }: StoredFinding): Face {
  const compliance = finding.Compliance?.Status;
  const statusId = STATUS_IDS[finding.Workflow?.Status ?? 'NEW'] ?? NEW;
  return { compliance, statusId: compliance === 'PASSED' ? RESOLVED : statusId };
}

function keyOf(
  account: string,
  region: string,
  { Id, ProductArn }: Pick<AwsSecurityFinding, 'Id' | 'ProductArn'>,
): string {
  return JSON.stringify([account, region, ProductArn, Id]);
}
