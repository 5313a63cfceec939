import type { AutomationRulesActionV2, OcsfFindingFilters } from '@aws-sdk/client-securityhub';
import { z } from 'zod';

import { AwsError } from '../../runtime/aws-error';
import { ignoredProperty } from '../../runtime/parse-properties';
import type { World } from '../../runtime/world';
import { notFound } from '../securityhub-error';
import type { StoredFinding } from '../finding-store';
import type { Face } from './faces';
import { parseOcsfFilters } from './ocsf-filters';
import { SEVERITIES, STATUSES } from './ocsf-ids';
import { toOcsf, type Ocsf } from './to-ocsf';
import { invalid } from './validation-error';

const oneOfIds = (ids: ReadonlyMap<number, string>) =>
  z.coerce.number().refine((id) => ids.has(id), { message: 'is no id that OCSF has' });

/** A rule as templates and CreateAutomationRuleV2 write it. External integrations are not in the sandbox. */
export const ruleV2Properties = z.strictObject({
  RuleName: z.string().min(1).max(256),
  RuleOrder: z.coerce.number().min(1).max(1000),
  RuleStatus: z.literal(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().min(1).max(256),
  Criteria: z.strictObject({ OcsfFindingCriteria: z.custom<OcsfFindingFilters>((value) => typeof value === 'object') }),
  Actions: z
    .array(
      z.strictObject({
        Type: z.literal('FINDING_FIELDS_UPDATE'),
        FindingFieldsUpdate: z.strictObject({
          Comment: z.string().min(1).max(512).optional(),
          SeverityId: oneOfIds(SEVERITIES).optional(),
          StatusId: oneOfIds(STATUSES).optional(),
        }),
      }),
    )
    .length(1),
  Tags: ignoredProperty,
  ClientToken: ignoredProperty,
});

type Written = z.output<typeof ruleV2Properties>;

export interface AutomationRuleV2 {
  readonly arn: string;
  readonly id: string;
  readonly written: Written;
  readonly createdAt: Date;
  readonly matches: (finding: Ocsf) => boolean;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * The rules of Security Hub V2, made in the home Region by the administrator alone, for all linked Regions. They act on
 * what providers send, not on BatchUpdateFindingsV2; none ends the others.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-automation-rules.html
 */
export class AutomationRulesV2 {
  readonly #rules = new Map<string, AutomationRuleV2>();

  /** @throws AwsError AccessDeniedException, ValidationException also for filters that the sandbox does not have */
  add(world: World, { account, region }: Place, written: Written): AutomationRuleV2 {
    if (account !== world.hub.account) {
      throw new AwsError('AccessDeniedException', `Account ${account} is not the Security Hub administrator.`, 403);
    }
    if (region !== world.hub.region) {
      throw invalid(`Automation rules of linked Regions are made in the home Region ${world.hub.region}`);
    }
    const id = world.uuid();
    const arn = `arn:${world.partition}:securityhub:${region}:${account}:automation-rulev2/${id}`;
    const matches = parseOcsfFilters(written.Criteria.OcsfFindingCriteria);
    const rule = { arn, id, written, createdAt: new Date(world.clock.now()), matches };
    this.#rules.set(id, rule);
    return rule;
  }

  /** In the order in which they run: of equal orders, the rule made first runs first. */
  all(): readonly AutomationRuleV2[] {
    return [...this.#rules.values()].toSorted((left, right) => left.written.RuleOrder - right.written.RuleOrder);
  }

  /**
   * @param name id or ARN
   * @throws AwsError ResourceNotFoundException
   */
  get(name: string): AutomationRuleV2 {
    const rule = this.#rules.get(name.split('/').at(-1) ?? '');
    if (rule === undefined) throw notFound(`Automation rule ${name} does not exist.`);
    return rule;
  }

  /** @throws AwsError ResourceNotFoundException */
  remove(name: string): void {
    this.#rules.delete(this.get(name).id);
  }

  /** Each rule sees what the rules before it made of the finding. */
  apply(stored: StoredFinding, imported: Face): Face {
    return this.all().reduce((face, { written, matches }) => {
      if (written.RuleStatus !== 'ENABLED' || !matches(toOcsf(stored, face))) return face;
      const { Comment, SeverityId, StatusId } = written.Actions[0]?.FindingFieldsUpdate ?? {};
      return {
        ...face,
        ...(StatusId === undefined ? {} : { statusId: StatusId }),
        ...(SeverityId === undefined ? {} : { severityId: SeverityId }),
        ...(Comment === undefined ? {} : { comment: Comment }),
      };
    }, imported);
  }
}

/** The actions as the API has them. */
export function actionsOf({ written }: AutomationRuleV2): AutomationRulesActionV2[] {
  return written.Actions.map(({ Type, FindingFieldsUpdate }) => ({ Type, FindingFieldsUpdate }));
}
