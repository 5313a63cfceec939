/**
 * A fact about Regions that a page, a schema or a person's deployment shows. What no source names is unknown, not
 * missing.
 */
export interface RegionFact {
  readonly fact: string;
  /** When it was looked up, or the date of what it was read from. */
  readonly asOf: string;
  readonly source: string;
}

/**
 * Where CloudFormation's registry has AWS::SecurityHub::ActionTarget. A Region that is added here changes the template
 * of deployments that are there already, and CloudFormation cannot take over an action that exists: they must be named
 * to write `customActions: function` (docs/decisions/0058-custom-actions-in-every-region.md).
 */
export const ACTION_TARGET_TYPE: RegionFact & { readonly regions: readonly string[] } = {
  fact: 'The resource type AWS::SecurityHub::ActionTarget is registered',
  asOf: '2026-10-20',
  source: "the Regions' own schemas as cfn-lint 1.58.0 carries them; `aws cloudformation describe-type` shows today's",
  regions: ['ap-south-1', 'eu-central-1', 'us-east-1', 'us-west-2'],
};

const LAUNCH =
  'https://aws.amazon.com/about-aws/whats-new/2025/12/lambda-durable-multi-step-applications-ai-workflows/';
const FOURTEEN = 'https://aws.amazon.com/about-aws/whats-new/2025/12/lambda-durable-functions-14-additional-regions/';
const SOVEREIGN = 'https://aws.amazon.com/about-aws/whats-new/2026/09/durablefunctions-european-sovereign-cloud/';
const IN_USE = 'people who say that they run them there (public repositories)';

/**
 * Where Lambda is known to have durable functions. AWS announced 31 Regions of partition aws on 2026-04-22, without a
 * list that could be read here; the European Sovereign Cloud followed on 2026-09-24. Neither GovCloud nor China was
 * announced.
 */
export const DURABLE_FUNCTIONS: RegionFact & { readonly regions: Readonly<Record<string, string>> } = {
  fact: 'Lambda has durable functions',
  asOf: '2026-11-29',
  source: 'https://aws.amazon.com/about-aws/whats-new/2026/04/lambda-durable-functions-16-new-regions/',
  regions: {
    'us-east-2': LAUNCH,
    'ap-south-1': FOURTEEN,
    'eu-north-1': FOURTEEN,
    'ap-southeast-1': IN_USE,
    'eu-central-1': IN_USE,
    'eu-west-1': IN_USE,
    'us-east-1': IN_USE,
    'us-west-2': IN_USE,
    'eusc-de-east-1': SOVEREIGN,
  },
};

/** Regions that cannot be Security Hub's aggregation Region: those that an account must opt in to. */
export const NO_AGGREGATION: RegionFact & { readonly regions: readonly string[] } = {
  fact: 'CloudFormation has no AWS::SecurityHub::FindingAggregator: an opt-in Region cannot be the aggregation Region',
  asOf: '2026-10-20',
  source:
    'https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html; schemas of cfn-lint 1.58.0',
  regions: [
    ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
    ...['ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1'],
    ...['me-central-1', 'mx-central-1'],
  ],
};

/** How the hub gets its custom actions: CloudFormation's own type, or a function that calls Security Hub. */
export type CustomActionsBy = 'resource' | 'function';

/** CloudFormation's own type where it is known to exist, unless the configuration says otherwise. */
export function customActionsBy(hub: {
  readonly aggregationRegion: string;
  readonly customActions?: CustomActionsBy | undefined;
}): CustomActionsBy {
  return hub.customActions ?? (ACTION_TARGET_TYPE.regions.includes(hub.aggregationRegion) ? 'resource' : 'function');
}

/** Something that a hub needs and its Region is not known to have. */
export interface RegionDoubt {
  readonly id: string;
  /** A sentence for whoever deploys, with what to do about it. */
  readonly message: string;
}

/**
 * What to look up before a hub is deployed to this Region; empty where everything that it needs is known to be there.
 */
export function doubtsAboutHubRegion(region: string): readonly RegionDoubt[] {
  const doubts: RegionDoubt[] = [];
  if (!(region in DURABLE_FUNCTIONS.regions)) {
    doubts.push({
      id: 'durable-functions',
      message:
        `Lambda is not known to have durable functions in ${region} (as of ${DURABLE_FUNCTIONS.asOf}), and the orchestrator is ` +
        'one. Look at https://builder.aws.com/build/capabilities/explore before you deploy; docs/deploy.md, "Where it can ' +
        'run", has the Regions that are known.',
    });
  }
  if (NO_AGGREGATION.regions.includes(region)) {
    doubts.push({
      id: 'aggregation-region',
      message:
        `${region} is an opt-in Region, and Security Hub aggregates findings into none of those (as of ${NO_AGGREGATION.asOf}). ` +
        'Name the Region in hub.aggregationRegion that `aws securityhub list-finding-aggregators` shows.',
    });
  }
  return doubts;
}
