import type { App } from 'aws-cdk-lib';
import { hasDetector } from '../src/core/configuration/has-detector';
import { toDetectionNames } from '../src/core/configuration/detection-names';
import { toDrillNames } from '../src/core/configuration/drill-names';
import { toDeploymentNames } from '../src/core/configuration/deployment-names';
import type { Configuration } from '../src/core/configuration/configuration-schema';
import { DetectionStack } from './detection-stack';
import { DrillStack } from './drill-stack';
import { HubStack } from './hub-stack';
import { MemberStack } from './member-stack';
import { RulesStack } from './rules-stack';

/** In the app, not in cdk.json, so that templates are the same with and without the CDK CLI. */
export const APP_CONTEXT = {
  // What the CDK CLI would set.
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-lambda:recognizeVersionProps': true,
  '@aws-cdk/core:validateSnapshotRemovalPolicy': true,
  // A StackSet takes a template of at most 51,200 bytes as a file, and white space counts.
  '@aws-cdk/core:suppressTemplateIndentation': true,
};

export interface PortcullisStacks {
  readonly hub: HubStack;
  readonly member: MemberStack;
  readonly rules: readonly RulesStack[];
  /** Where single targets are looked at: those that CloudTrail reports, and those that were closed. */
  readonly detection?: DetectionStack;
  /** One for each account for drills. */
  readonly drills: readonly DrillStack[];
}

/** Adds every stack of a deployment to an app. */
export function addStacks(app: App, configuration: Configuration): PortcullisStacks {
  const names = toDeploymentNames(configuration.prefix);
  const { account, aggregationRegion } = configuration.hub;
  const regions = configuration.automationRuleRegions ?? configuration.members.regions;
  const env = { account, region: aggregationRegion };
  const hub = new HubStack(app, names.stacks.hub, { env, configuration, names });
  const detection = toDetectionNames(configuration.prefix);
  return {
    hub,
    ...(!hasDetector(configuration)
      ? {}
      : { detection: new DetectionStack(app, detection.stack, { env, configuration, names, detection, hub }) }),
    member: new MemberStack(app, names.stacks.member, { configuration, names }),
    drills: (configuration.drill?.accounts ?? []).map((each) => {
      const id = toDrillNames(configuration.prefix).stack(each);
      return new DrillStack(app, id, { configuration, names, account: each });
    }),
    rules:
      configuration.automationRules.length === 0
        ? []
        : regions.map(
            (region) => new RulesStack(app, names.stacks.rules(region), { env: { account, region }, configuration }),
          ),
  };
}
