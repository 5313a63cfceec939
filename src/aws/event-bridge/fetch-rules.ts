import { ListRulesCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { success } from '../../core/result';
import type { PortResult, RuleState } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** The rules of the default bus whose names begin so, and which of them are switched off. */
export async function fetchRules(client: EventBridgeClient, NamePrefix: string): PortResult<readonly RuleState[]> {
  const rules = await fetchPages('The rules of EventBridge cannot be read', async (NextToken) => {
    const page = await client.send(new ListRulesCommand({ NamePrefix, NextToken }));
    return { items: page.Rules ?? [], nextToken: page.NextToken };
  });
  if (!rules.ok) return rules;
  return success(rules.value.map(({ Name = '', State }) => ({ name: Name, isEnabled: State !== 'DISABLED' })));
}
