import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ControlId } from '../../../../src/core/controls/control-id';
import type { TargetKind } from '../../../../src/core/target';
import type { Fault } from '../../../../sandbox/runtime/faults';
import type { ForeignSandbox } from '../foreign-sandbox';

/** What the scenarios of `npm start` do not come to: other resources, or something that fails on the way. */
export interface Occasion {
  readonly name: string;
  readonly kind: TargetKind;
  readonly control: ControlId;
  /** Makes the resource. @returns its id */
  readonly open: (ec2: EC2Client) => Promise<string>;
  /** Fields of the finding that differ from those of Security Hub's own. */
  readonly finding?: Partial<AwsSecurityFinding>;
  /** What goes wrong while Portcullis works. */
  readonly fault?: Fault;
  /** Custom actions, each when the one before it has been answered; `Close ingress` unless said. */
  readonly presses?: readonly string[];
  readonly expected: {
    readonly workflow: 'RESOLVED' | 'NOTIFIED' | 'NEW';
    readonly outcome: string;
    /** All rules or entries afterwards: `in tcp 22 from 10.0.0.0/8 owner=web`, in any order. */
    readonly left: readonly string[];
  };
}

/** How it came out; the surprises are what differs from what was expected. */
export interface Ending {
  readonly surprises: readonly string[];
  /** RESOLVED though something is open that must not be. */
  readonly resolvedWhileOpen: boolean;
}

/** Something that can be played again and again, to see whether a permission is missed. */
export interface Probe {
  readonly name: string;
  /** Actions that are refused in it anyway: it cannot tell whether they are granted. */
  readonly refuses: readonly string[];
  /** @param hurry how many times faster than time it loses its patience */
  readonly play: (foreign: ForeignSandbox, hurry: () => number) => Promise<Ending>;
}
