import type {
  BatchGetSecurityControlsRequest,
  BatchGetSecurityControlsResponse,
  ParameterConfiguration,
  SecurityControl,
  UpdateSecurityControlRequest,
  UpdateSecurityControlResponse,
} from '@aws-sdk/client-securityhub';

import type { CallContext, Operation } from '../runtime/operation';
import { invalidInput, notFound } from './securityhub-error';

type Parameters = Readonly<Record<string, ParameterConfiguration>>;

/** Those of EC2.18, as Security Hub has them where nobody has set any. */
const DEFAULTS: Parameters = {
  authorizedTcpPorts: { ValueType: 'DEFAULT', Value: { IntegerList: [80, 443] } },
  authorizedUdpPorts: { ValueType: 'DEFAULT' },
};

const CONTROL = 'EC2.18';
const MOST_PORTS = 32;
const HIGHEST_PORT = 65_535;

export interface ControlParameterOperations {
  readonly BatchGetSecurityControls: Operation<BatchGetSecurityControlsRequest, BatchGetSecurityControlsResponse>;
  readonly UpdateSecurityControl: Operation<UpdateSecurityControlRequest, UpdateSecurityControlResponse>;
}

/** Every control is enabled. EC2.18 alone has parameters, which each account sets in each Region for itself. */
export function createControlParameterOperations(): ControlParameterOperations {
  const set = new Map<string, Parameters>();
  const placeOf = ({ account, region }: CallContext): string => `${account}/${region}`;
  return {
    BatchGetSecurityControls: {
      permissions: () => [{ action: 'securityhub:BatchGetSecurityControls', resource: '*' }],
      handle: ({ SecurityControlIds = [] }, context) => {
        const ids = SecurityControlIds.map((each) => each.split('/').at(-1) ?? each);
        const parameters = set.get(placeOf(context)) ?? DEFAULTS;
        return {
          SecurityControls: ids.map((id) => describe(id, context, id === CONTROL ? parameters : undefined)),
          UnprocessedIds: [],
        };
      },
    },
    UpdateSecurityControl: {
      permissions: () => [{ action: 'securityhub:UpdateSecurityControl', resource: '*' }],
      handle: ({ SecurityControlId = '', Parameters: given = {} }, context) => {
        if (SecurityControlId.split('/').at(-1) !== CONTROL) throw notFound(`No control ${SecurityControlId}.`);
        const place = placeOf(context);
        const next: Record<string, ParameterConfiguration> = { ...(set.get(place) ?? DEFAULTS) };
        for (const [name, parameter] of Object.entries(given)) {
          const standard = DEFAULTS[name];
          if (standard === undefined) throw invalidInput(`${CONTROL} has no parameter ${name}.`);
          next[name] = parameter.ValueType === 'DEFAULT' ? standard : checked(name, parameter);
        }
        set.set(place, next);
        return {};
      },
    },
  };
}

function checked(name: string, parameter: ParameterConfiguration): ParameterConfiguration {
  const ports = parameter.Value?.IntegerList;
  if (ports === undefined) throw invalidInput(`${name} takes an IntegerList.`);
  const isPort = (port: number) => port >= 0 && port <= HIGHEST_PORT;
  if (ports.length === 0 || ports.length > MOST_PORTS || !ports.every(isPort)) {
    throw invalidInput(`${name} takes 1 to ${String(MOST_PORTS)} ports.`);
  }
  return parameter;
}

function describe(
  id: string,
  { world, region, account }: CallContext,
  parameters: Parameters | undefined,
): SecurityControl {
  return {
    SecurityControlId: id,
    SecurityControlArn: `arn:${world.partition}:securityhub:${region}:${account}:security-control/${id}`,
    Title: id,
    Description: id,
    RemediationUrl: `https://docs.aws.amazon.com/console/securityhub/${id}/remediation`,
    SeverityRating: 'HIGH',
    SecurityControlStatus: 'ENABLED',
    UpdateStatus: 'READY',
    ...(parameters && { Parameters: { ...parameters } }),
  };
}
