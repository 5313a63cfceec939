import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnStackSet, Stack, type CfnStackSetProps } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../src/core/configuration/names/deployment-names';
import { toRolloutNames } from '../src/core/configuration/names/rollout-names';
import { deployedDirectly } from '../src/core/configuration/rollout-responsibilities';
import { toIsolationNames } from '../src/core/configuration/names/isolation-names';
import type { Rollout } from '../src/core/configuration/schema/rollout-schema';
import { APP_CONTEXT } from './app-context';
import { IsolationStack } from './isolation-stack';
import { MemberStack } from './member-stack';
import { memberVersion } from './member-template';

export interface RolloutStackProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly rollout: Rollout;
}

/**
 * One service-managed StackSet: the member stack in every account of the organizational units and every Region, and in
 * accounts that join later. In the management account or that of a delegated administrator of StackSets.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
 */
export class RolloutStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, names, rollout }: RolloutStackProps) {
    const { members, prefix, hub } = configuration;
    super(scope, id, {
      env: { account: rollout.account, region: members.primaryRegion },
      description: 'Portcullis: the member stack, rolled out over the organization',
    });
    const directly = deployedDirectly(configuration);
    // IAM is global: the Region that makes the roles comes first.
    const regions = [members.primaryRegion, ...members.regions.filter((each) => each !== members.primaryRegion)];
    const common: Omit<CfnStackSetProps, 'stackSetName' | 'templateUrl'> = {
      permissionModel: 'SERVICE_MANAGED',
      callAs: rollout.administrator === 'management' ? 'SELF' : 'DELEGATED_ADMIN',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      // Accounts that join while an operation runs are queued, not refused.
      managedExecution: { Active: true },
      operationPreferences: {
        regionConcurrencyType: 'SEQUENTIAL',
        regionOrder: regions,
        failureTolerancePercentage: rollout.failureTolerancePercentage,
        maxConcurrentPercentage: rollout.maxConcurrentPercentage,
        // Strict would deploy no more accounts at a time than may fail.
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
      },
      stackInstancesGroup: [
        {
          deploymentTargets: {
            organizationalUnitIds: rollout.organizationalUnits,
            ...(directly.length === 0 ? {} : { accountFilterType: 'DIFFERENCE', accounts: [...directly] }),
          },
          regions,
        },
      ],
    };
    const version = memberVersion(configuration);
    const autoDeployment = { enabled: true, retainStacksOnAccountRemoval: rollout.retainStacks };
    const memberSet = new CfnStackSet(this, 'StackSet', {
      ...common,
      stackSetName: toRolloutNames(prefix).stackSet,
      description: 'Portcullis: roles and runbooks of member accounts',
      templateUrl: this.#template(
        'Member',
        (app) => new MemberStack(app, names.stacks.member, { configuration, names, version }),
      ),
      autoDeployment,
    });
    if (configuration.isolation !== undefined) {
      const { stack, stackSet } = toIsolationNames(prefix);
      new CfnStackSet(this, 'IsolationStackSet', {
        ...common,
        stackSetName: stackSet,
        description: 'Portcullis: what isolates instances of member accounts',
        templateUrl: this.#template('Isolation', (app) => new IsolationStack(app, stack, { configuration, names })),
        // An account that joins gets the roles first; by the reference, so do all others.
        autoDeployment: { ...autoDeployment, dependsOn: [this.#arnOf(memberSet)] },
      });
    }
    this.#say('HubAccount', whatToDo(`The hub account ${hub.account}`, directly.includes(hub.account)));
    this.#say(
      'ManagementAccount',
      rollout.administrator === 'management'
        ? whatToDo(`The management account ${rollout.account}`, directly.includes(rollout.account))
        : 'StackSets never deploy into the management account of the organization. To have Portcullis close there ' +
            'too, list it in rollout.directly and run "npx cdk deploy --all" with its credentials.',
    );
  }

  /** Its id is `NAME:UUID`, as its ARN ends. */
  #arnOf({ attrStackSetId }: CfnStackSet): string {
    return this.formatArn({ service: 'cloudformation', resource: 'stackset', resourceName: attrStackSetId });
  }

  #say(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }

  /** By its address, since a StackSet takes no more than 51,200 bytes of template as they are. */
  #template(name: string, make: (app: App) => Stack): string {
    const outdir = mkdtempSync(join(tmpdir(), 'portcullis-member-'));
    try {
      const app = new App({ outdir, context: APP_CONTEXT, analyticsReporting: false });
      const { templateFile } = make(app);
      app.synth();
      // It is copied to where the app is synthesized to, at once.
      return new Asset(this, `${name}Template`, { path: join(outdir, templateFile) }).httpUrl;
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  }
}

function whatToDo(account: string, isDirect: boolean): string {
  return isDirect
    ? `${account} is left out by the StackSet: run "npx cdk deploy --all" with its credentials.`
    : `${account} is not in rollout.directly: it gets the member stack only where the StackSet reaches it.`;
}
