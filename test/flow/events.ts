import type { Finding } from '../../src/core/findings/finding';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { dispatch } from '../../src/flow/intake/dispatch';
import type { QueueMessage } from '../../src/flow/intake/parse-message';
import { remediate } from '../../src/flow/remediation/remediate';
import type { InMemoryWorld } from './in-memory-ports';

export const ACTIONS = {
  close: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisClose',
  preview: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisPreview',
  undo: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisUndo',
  accept: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisAccept',
};

function keysOf(findings: readonly Finding[]): readonly object[] {
  return findings.map(({ id, productArn }) => ({ Id: id, ProductArn: productArn }));
}

const NAMES = new Map([
  [ACTIONS.undo, 'Undo closing'],
  [ACTIONS.accept, 'Accept risk'],
]);

/** A click, as an event of its own id, or of none. */
export function pressed(
  findings: readonly Finding[],
  { action = ACTIONS.close, id, time }: { readonly action?: string; readonly id?: string; readonly time?: string } = {},
): string {
  return JSON.stringify({
    ...(id === undefined ? {} : { id }),
    ...(time === undefined ? {} : { time }),
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Custom Action',
    resources: [action],
    detail: { actionName: NAMES.get(action) ?? 'Close ingress', findings: keysOf(findings) },
  });
}

export function imported(finding: Finding): string {
  return JSON.stringify({
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    detail: { findings: keysOf([finding]) },
  });
}

/** The dispatcher takes the messages, and what it starts runs to its end. */
export async function work(world: InMemoryWorld, ...messages: readonly QueueMessage[]): Promise<void> {
  const settings = { actionArns: ACTIONS, automaticControls: ['EC2.13', 'EC2.14', 'EC2.19'] };
  await dispatch(messages, world.ports, settings);
  await runStarted(world);
}

/** Lambda starts an execution once, however often it is asked to. */
export async function runStarted(world: InMemoryWorld): Promise<void> {
  for (const { target, generation, nonce } of world.starts.splice(0)) {
    await remediate({ target, generation, nonce }, world.ports, DEFAULT_PLAN_POLICY);
  }
}
