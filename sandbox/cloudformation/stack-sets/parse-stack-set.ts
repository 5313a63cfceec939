import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AwsError } from '../../runtime/aws-error';
import type { Provisioner } from '../../runtime/operation';
import { booleanProperty, integerProperty, parseProperties } from '../../runtime/parse-properties';
import { parseTemplate } from '../template';
import type { StackSet } from './stack-set';

const TYPE = 'AWS::CloudFormation::StackSet';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html */
const MOST_BODY_BYTES = 51_200;
const MOST_TEMPLATE_BYTES = 1_048_576;

const properties = z.strictObject({
  StackSetName: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/),
  Description: z.string().min(1).max(1024).optional(),
  PermissionModel: z.literal('SERVICE_MANAGED', 'the sandbox has StackSets that AWS manages only'),
  CallAs: z.enum(['SELF', 'DELEGATED_ADMIN']).default('SELF'),
  Capabilities: z.array(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'])).default([]),
  TemplateURL: z.string().optional(),
  TemplateBody: z.string().optional(),
  AutoDeployment: z
    .strictObject({
      Enabled: booleanProperty,
      RetainStacksOnAccountRemoval: booleanProperty.optional(),
      // Sets follow in the order in which they were made.
      DependsOn: z.array(z.string()).max(10).default([]),
    })
    .default({ Enabled: false, DependsOn: [] }),
  ManagedExecution: z.strictObject({ Active: booleanProperty }).default({ Active: false }),
  OperationPreferences: z
    .strictObject({
      ConcurrencyMode: z.enum(['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE']).optional(),
      FailureTolerancePercentage: integerProperty.min(0).max(100).default(0),
      MaxConcurrentPercentage: integerProperty.min(1).max(100).optional(),
      RegionConcurrencyType: z.enum(['SEQUENTIAL', 'PARALLEL']).optional(),
      RegionOrder: z.array(z.string()).default([]),
    })
    .default({ FailureTolerancePercentage: 0, RegionOrder: [] }),
  StackInstancesGroup: z
    .array(
      z.strictObject({
        DeploymentTargets: z.strictObject({
          OrganizationalUnitIds: z.array(z.string()).min(1),
          AccountFilterType: z.literal('DIFFERENCE', 'the sandbox knows DIFFERENCE only').optional(),
          Accounts: z.array(z.string().regex(/^\d{12}$/)).default([]),
        }),
        Regions: z.array(z.string()).min(1),
      }),
    )
    .length(1, 'the sandbox makes one group of instances'),
});

/**
 * A StackSet as a template describes it.
 *
 * @throws AwsError for properties that AWS or the sandbox does not take, and for who may not call
 */
export function parseStackSet(
  given: Readonly<Record<string, unknown>>,
  { world, account, region, assetPath }: Parameters<Provisioner>[1],
  administrators: readonly string[],
): StackSet {
  const parsed = parseProperties(TYPE, properties, given);
  const isManagement = account === world.hub.account;
  if (parsed.CallAs === 'SELF' ? !isManagement : !isManagement && !administrators.includes(account)) {
    throw new AwsError(
      'ValidationError',
      'You must be the management account or delegated admin account of an organization before operating a ' +
        'SERVICE_MANAGED stack set',
    );
  }
  const [group] = parsed.StackInstancesGroup;
  const { OrganizationalUnitIds: units = [], AccountFilterType, Accounts = [] } = group?.DeploymentTargets ?? {};
  if (Accounts.length > 0 && AccountFilterType === undefined) {
    throw new AwsError('ValidationError', `${TYPE}: Accounts need an AccountFilterType beside OrganizationalUnitIds`);
  }
  const body = templateOf(parsed, assetPath);
  const { RegionOrder: order, FailureTolerancePercentage } = parsed.OperationPreferences;
  const regions = group?.Regions ?? [];
  return {
    id: `${parsed.StackSetName}:${world.uuid()}`,
    name: parsed.StackSetName,
    description: parsed.Description,
    region,
    template: parseTemplate(`of StackSet ${parsed.StackSetName}`, JSON.parse(body)),
    templateBody: body,
    capabilities: parsed.Capabilities,
    autoDeployment: {
      enabled: parsed.AutoDeployment.Enabled,
      retainsStacks: parsed.AutoDeployment.RetainStacksOnAccountRemoval === true,
    },
    isManagedExecution: parsed.ManagedExecution.Active,
    failureTolerancePercentage: FailureTolerancePercentage,
    units,
    excluded: Accounts,
    regions: [...order.filter((each) => regions.includes(each)), ...regions.filter((each) => !order.includes(each))],
    instances: new Map(),
  };
}

function templateOf(
  { TemplateBody, TemplateURL }: z.output<typeof properties>,
  assetPath: ((objectKey: string) => string | undefined) | undefined,
): string {
  if (TemplateBody !== undefined) {
    if (Buffer.byteLength(TemplateBody) <= MOST_BODY_BYTES) return TemplateBody;
    throw new AwsError('ValidationError', `${TYPE}: TemplateBody has more than ${String(MOST_BODY_BYTES)} bytes`);
  }
  const path = assetPath?.(TemplateURL?.split('/').at(-1) ?? '');
  if (path === undefined)
    throw new AwsError('ValidationError', `${TYPE}: there is no template at ${String(TemplateURL)}`);
  const body = readFileSync(path, 'utf8');
  if (Buffer.byteLength(body) <= MOST_TEMPLATE_BYTES) return body;
  throw new AwsError('ValidationError', `${TYPE}: the template has more than ${String(MOST_TEMPLATE_BYTES)} bytes`);
}
