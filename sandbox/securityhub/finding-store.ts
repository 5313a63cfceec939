import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { History } from '../runtime/history';
import type { World } from '../runtime/world';

/** Fields that finding providers and customers both set; a customer's value wins over later imports. */
export const SHARED_FIELDS = ['Severity', 'Types', 'Confidence', 'Criticality', 'RelatedFindings'] as const;
export type SharedField = (typeof SHARED_FIELDS)[number];

export interface StoredFinding {
  /** Never changed in place. */
  readonly finding: AwsSecurityFinding;
  readonly account: string;
  /** The Region into which the finding was imported. */
  readonly region: string;
  readonly setByCustomer: ReadonlySet<SharedField>;
}

interface Viewer {
  readonly world: World;
  readonly account: string;
  readonly region: string;
  /** Sees what was there then; undefined: what is there now. */
  readonly readsAsOfMillis?: number;
}

/** All findings of the organization, and who sees which. */
export class FindingStore {
  readonly #findings = new Map<string, StoredFinding>();
  readonly #past = new History<ReadonlyMap<string, StoredFinding>>();

  find(
    account: string,
    region: string,
    finding: Pick<AwsSecurityFinding, 'Id' | 'ProductArn'>,
  ): StoredFinding | undefined {
    return this.#findings.get(key(account, region, finding));
  }

  save(stored: StoredFinding, world: World): void {
    this.#past.remember(world, () => new Map(this.#findings));
    this.#findings.set(key(stored.account, stored.region, stored.finding), stored);
  }

  all(): readonly StoredFinding[] {
    return [...this.#findings.values()];
  }

  /**
   * A member sees its own findings of that Region; the hub account those of all members, and in its aggregation Region
   * those of all Regions. https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html
   */
  visibleTo({ world, account, region, readsAsOfMillis }: Viewer): readonly StoredFinding[] {
    const isHub = account === world.hub.account;
    const aggregates = isHub && region === world.hub.region;
    return [...(this.#past.at(readsAsOfMillis) ?? this.#findings).values()].filter(
      (stored) => (isHub || stored.account === account) && (aggregates || stored.region === region),
    );
  }
}

function key(
  account: string,
  region: string,
  { Id, ProductArn }: Pick<AwsSecurityFinding, 'Id' | 'ProductArn'>,
): string {
  return JSON.stringify([account, region, ProductArn, Id]);
}
