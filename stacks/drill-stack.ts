import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../src/core/configuration/names/deployment-names';
import { toDrillNames } from '../src/core/configuration/names/drill-names';
import { bootstrapless } from './bootstrapless';
import { DrillRole } from './constructs/drill-role';

export interface DrillStackProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  /** One of `drill.accounts`. */
  readonly account: string;
}

/**
 * What makes an account one for drills: a role, once, whose name all Regions share. A stack of its own for each
 * account: where it is not, IAM refuses a drill, and the member stack of everybody else stays as it is.
 */
export class DrillStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, names, account }: DrillStackProps) {
    const { hub, members, organizationId, prefix } = configuration;
    super(scope, id, {
      description: 'Portcullis: the role that drills are played with in this account',
      env: { account, region: members.primaryRegion },
      synthesizer: bootstrapless(),
    });
    new DrillRole(this, 'DrillRole', { drill: toDrillNames(prefix), names, hubAccount: hub.account, organizationId });
  }
}
