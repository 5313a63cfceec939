import { FACT_CONDITIONS, type PolicyConditions } from './policy-entry';

/** A condition that changes nothing, or that can never be met beside the others. */
export interface IdleCondition {
  readonly path: keyof PolicyConditions;
  readonly message: string;
  readonly fix: string;
}

/** Conditions of an entry that make no difference, or can never hold beside the others. */
export function findIdleConditions(when: PolicyConditions): readonly IdleCondition[] {
  const { any, attachedTo, controls } = when;
  const facts = FACT_CONDITIONS.filter((name) => when[name] !== undefined);
  return [
    ...(any === true && facts.length < 2
      ? [
          {
            path: 'any',
            message: 'chooses between facts, and fewer than two are asked for',
            fix: `ask for two of ${FACT_CONDITIONS.join(', ')}, or leave it out`,
          } as const,
        ]
      : []),
    // Subnets are associated with network ACLs, and EC2.21 alone is about these.
    ...(attachedTo?.every((kind) => kind === 'subnet') === true && controls?.includes('EC2.21') === false
      ? [
          {
            path: 'attachedTo',
            message: 'is never met: a security group is on no subnet, and none of the controls is about network ACLs',
            fix: 'write another kind, or EC2.21 among the controls',
          } as const,
        ]
      : []),
  ];
}
