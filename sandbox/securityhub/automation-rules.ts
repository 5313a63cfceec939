import type { AutomationRulesConfig, AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { AwsError } from '../runtime/aws-error';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';
import { applyUpdate, type FindingUpdate } from './apply-update';
import type { FindingTest } from './finding-filters';
import type { StoredFinding } from './finding-store';

export interface AutomationRule {
  readonly arn: string;
  readonly name: string;
  /** 1–1000; higher runs later and so wins. */
  readonly order: number;
  readonly enabled: boolean;
  readonly isTerminal: boolean;
  readonly matches: FindingTest;
  readonly update: FindingUpdate;
  /** As it was made, for who lists or reads it. */
  readonly config: AutomationRulesConfig;
}

const MAX_RULES = 100;

/**
 * The rules of each administrator account and Region. They act on imported findings only, before anybody sees them.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export class AutomationRules {
  readonly #places = new Regional((): AutomationRule[] => []);

  /** @throws AwsError LimitExceededException */
  add(account: string, region: string, rule: AutomationRule): void {
    const rules = this.#places.at(account, region);
    if (rules.length >= MAX_RULES) {
      throw new AwsError('LimitExceededException', `An account has at most ${MAX_RULES} automation rules.`, 429);
    }
    rules.push(rule);
    // A stable sort: of equal orders, the rule made first runs first.
    rules.sort((left, right) => left.order - right.order);
  }

  /** In the order in which they run. */
  all(account: string, region: string): readonly AutomationRule[] {
    return this.#places.at(account, region);
  }

  /** @returns whether it was there */
  remove(account: string, region: string, arn: string): boolean {
    const rules = this.#places.at(account, region);
    const at = rules.findIndex((rule) => rule.arn === arn);
    if (at >= 0) rules.splice(at, 1);
    return at >= 0;
  }

  /** Each rule sees what the rules before it made of the finding. */
  apply(world: World, imported: StoredFinding): StoredFinding {
    const nowMillis = world.clock.now();
    const at = new Date(nowMillis).toISOString();
    let stored = imported;
    for (const rule of this.#places.at(world.hub.account, imported.region)) {
      if (!rule.enabled || !rule.matches(stored.finding satisfies AwsSecurityFinding, nowMillis)) continue;
      stored = applyUpdate(stored, rule.update, at);
      if (rule.isTerminal) break;
    }
    return stored;
  }
}
