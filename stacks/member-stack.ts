import { Aws, CfnCondition, Fn, Stack, type Environment } from 'aws-cdk-lib';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { hasDetector, isWatching } from '../src/core/configuration/has-detector';
import { toDetectionNames } from '../src/core/configuration/names/detection-names';
import type { DeploymentNames } from '../src/core/configuration/names/deployment-names';
import { bootstrapless } from './bootstrapless';
import { ChangeForwarder } from './constructs/change-forwarder';
import { DetectionRole } from './constructs/detection-role';
import { MemberRole } from './constructs/member-role';
import { RunbookDocument } from './constructs/runbook-document';
import { RunbookRole } from './constructs/runbook-role';
import { readRunbookDocuments } from './runbook-documents';

export interface MemberStackProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  /** What the stack says of itself, for who compares it with the hub's; undefined where that is to be compared. */
  readonly version: string | undefined;
  /** Where it goes; left out, wherever it is deployed to. The template is the same. */
  readonly env?: Environment;
}

/**
 * What a member account holds: three roles and the runbooks, nothing that runs or costs by itself. One template serves
 * every account and Region, by StackSet or by `cdk deploy`, so it has no assets and no environment. The CDK's CLI sends
 * it as YAML, which is more than CloudFormation takes as it is: by it, and by nothing else, it needs a bootstrap.
 */
export class MemberStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, names, version, env }: MemberStackProps) {
    super(scope, id, {
      ...(env === undefined ? {} : { env }),
      stackName: names.stacks.member,
      description: 'Portcullis: roles and runbooks of a member account',
      synthesizer: bootstrapless(),
      // A StackSet takes 51,200 bytes of template as they are.
      suppressTemplateIndentation: true,
    });
    // Paths of the tree are for the console of a machine's own stacks, and count as template.
    this.node.setContext(PATH_METADATA_ENABLE_CONTEXT, false);
    // IAM is global: a second Region would find the roles taken.
    const primary = new CfnCondition(this, 'IsPrimaryRegion', {
      expression: Fn.conditionEquals(Aws.REGION, configuration.members.primaryRegion),
    });
    new RunbookRole(this, 'RunbookRole', { names, condition: primary });
    new MemberRole(this, 'MemberRole', {
      names,
      condition: primary,
      hubAccount: configuration.hub.account,
      organizationId: configuration.organizationId,
      flowLogs: configuration.flowLogs,
    });
    const { account: hubAccount, aggregationRegion: hubRegion } = configuration.hub;
    const detection = toDetectionNames(configuration.prefix);
    new DetectionRole(this, 'DetectionRole', {
      detection,
      names,
      hasDetector: hasDetector(configuration),
      isWatching: isWatching(configuration),
      condition: primary,
      hubAccount,
      organizationId: configuration.organizationId,
    });
    if (configuration.detection?.cloudTrail === true) {
      new ChangeForwarder(this, 'Forwarder', {
        names: detection,
        runbookRole: names.roles.runbook,
        condition: primary,
        hubAccount,
        hubRegion,
      });
    }
    if (version !== undefined) {
      // In each Region: its documents may be of another version than another's.
      new CfnParameter(this, 'Version', {
        name: names.memberParameter,
        type: 'String',
        value: version,
        description: 'The version of the member stack of Portcullis',
      });
    }
    for (const { name, content } of readRunbookDocuments()) {
      new RunbookDocument(this, name, { name: `${configuration.prefix}-${name}`, content });
    }
  }
}
