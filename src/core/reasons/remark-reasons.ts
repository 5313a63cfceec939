import type { ControlId } from '../controls/control-id';
import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** What the reader of a plan should know, though it changes nothing. */
export type RemarkReason =
  | {
      readonly code: 'control-would-object';
      readonly control: ControlId;
      /** Whether the control has parameters, which are not known and were taken as Security Hub sets them. */
      readonly byDefaultParameters: boolean;
      readonly rules: readonly string[];
    }
  | { readonly code: 'group-name-unknown'; readonly controls: readonly ControlId[] }
  | { readonly code: 'use-of-group-unknown' }
  | { readonly code: 'default-network-acl' }
  | {
      readonly code: 'protocol-given-up';
      /** `protocol 47`. */
      readonly traffic: string;
      readonly source: string;
      readonly ruleNumber: number;
    }
  | {
      readonly code: 'no-control-about-target';
      /** `a network ACL`. */
      readonly target: string;
      readonly controls: readonly ControlId[];
    };

export const REMARK_TEXTS: ReasonTexts<RemarkReason> = {
  'control-would-object': ({ control, byDefaultParameters, rules }) => {
    const parameters = byDefaultParameters ? ' with its default parameters' : '';
    return `${control}, which is not requested, would object${parameters} to ${rules.join('; ')}.`;
  },
  'group-name-unknown': ({ controls }) =>
    `The name of the group is not known here: ${controls.join(', ')} is about groups named default, and no others.`,
  'use-of-group-unknown': () =>
    'Whether network interfaces use the group is not known here: while any does, emptying it is asked about first.',
  'default-network-acl': () =>
    'It is the default network ACL of its VPC, which no control looks at and Portcullis leaves alone; give the subnets a ' +
    'network ACL of their own.',
  'protocol-given-up': ({ traffic, source, ruleNumber }) =>
    `${traffic} from ${source} is given up, for want of room beside the rest of entry ${String(ruleNumber)}: the last ` +
    'that policy.keepProtocols lists goes first.',
  'no-control-about-target': ({ target, controls }) =>
    `It is ${target}, and ${controls.join(', ')} ${controls.length === 1 ? 'says' : 'say'} nothing about those.`,
};

/** The text of a remark. */
export function renderRemark(reason: RemarkReason): string {
  return renderReason(reason, REMARK_TEXTS);
}

export const REMARK_DOCS: ReasonDocs<RemarkReason> = {
  'control-would-object': {
    example: { control: 'EC2.18', byDefaultParameters: true, rules: ['{rule}'] },
    remedy: 'Have the findings of that control closed too, where Security Hub reports them.',
  },
  'group-name-unknown': {
    example: { controls: ['EC2.2'] },
    remedy: 'Plan from the output of `aws ec2 describe-security-groups`, which has the name.',
  },
  'use-of-group-unknown': { example: {}, remedy: 'Look at the network interfaces of the group.' },
  'default-network-acl': { example: {}, remedy: 'Give the subnets a network ACL of their own.' },
  'protocol-given-up': {
    example: { traffic: '{traffic}', source: '{source}', ruleNumber: 100 },
    remedy: 'Where the protocol is needed, make room in the network ACL and add an entry for it.',
  },
  'no-control-about-target': {
    example: { target: '{target}', controls: ['EC2.2', 'EC2.21'] },
    remedy: 'Name a control that is about the target.',
  },
};
