import { DescribeSecurityGroupRulesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import { securityGroupRuleSchema } from '../../core/network/security-group-schema';
import { failure, success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/**
 * The rules of security groups, both directions.
 *
 * @param what says what failed, such as `The rules of sg-… cannot be read`
 * @param ids of 200 groups at the most, as a filter takes them
 */
export async function fetchGroupRules(
  client: EC2Client,
  ids: readonly string[],
  what = 'ec2:DescribeSecurityGroupRules',
): PortResult<readonly SecurityGroupRule[]> {
  const described = await fetchPages(what, async (NextToken) => {
    const Filters = [{ Name: 'group-id', Values: [...ids] }];
    const page = await client.send(new DescribeSecurityGroupRulesCommand({ Filters, MaxResults: 1000, NextToken }));
    return { items: page.SecurityGroupRules, nextToken: page.NextToken };
  });
  if (!described.ok) return described;
  // By way of JSON: fields that the SDK sets to undefined are fields that are not there.
  const rules = z.array(securityGroupRuleSchema).safeParse(JSON.parse(JSON.stringify(described.value)));
  if (rules.success) return success(rules.data);
  const cause = `EC2 answered a rule of ${ids.join(', ')} that cannot be understood: ${rules.error.message}`;
  return failure({ code: 'unknown', retryable: false, cause });
}
