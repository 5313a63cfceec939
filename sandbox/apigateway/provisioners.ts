import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { Provisioner } from '../runtime/operation';
import { booleanProperty, ignoredProperty, integerProperty, parseProperties } from '../runtime/parse-properties';
import { API_PATH } from './api-path';
import type { HttpApis } from './http-apis';

const apiProperties = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP', 'the sandbox has HTTP APIs only'),
  Description: ignoredProperty,
  DisableExecuteApiEndpoint: booleanProperty.optional(),
  Tags: ignoredProperty,
});

const integrationProperties = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY', 'the sandbox integrates Lambda functions only'),
  IntegrationUri: z.string().regex(/^arn:[^:]+:lambda:/, "the sandbox takes a function's ARN"),
  PayloadFormatVersion: z.literal('2.0', 'the sandbox writes events of version 2.0 only'),
  TimeoutInMillis: integerProperty.min(50).max(30_000).default(30_000),
  Description: ignoredProperty,
});

const routeProperties = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string().regex(/^[A-Z]+ \/[\w/-]*$/, 'the sandbox knows routes of one method and one plain path'),
  AuthorizationType: z.enum(['AWS_IAM', 'NONE']).default('NONE'),
  Target: z.string().regex(/^integrations\/.+$/, 'must be integrations/ID'),
});

const stageProperties = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', 'the sandbox has the stage $default only'),
  AutoDeploy: z.union([z.literal(true), z.literal('true')], 'the sandbox deploys a stage by itself only'),
  Description: ignoredProperty,
  /** Accepted; the sandbox throttles by its faults alone. */
  DefaultRouteSettings: ignoredProperty,
  AccessLogSettings: ignoredProperty,
  Tags: ignoredProperty,
});

/** Makes what a template says of an HTTP API: the API, its Lambda integrations, its routes and its one stage. */
export function createProvisioners(apis: HttpApis): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::ApiGatewayV2::Api': (properties, { world, account, region }) => {
      const { Name: name } = parseProperties('AWS::ApiGatewayV2::Api', apiProperties, properties);
      const { id } = apis.create({ id: world.id('', 10), account, region, name });
      return { ref: id, attributes: { ApiId: id, ApiEndpoint: `${world.endpoint}${API_PATH}${id}` } };
    },

    'AWS::ApiGatewayV2::Integration': (properties, { world }) => {
      const parsed = parseProperties('AWS::ApiGatewayV2::Integration', integrationProperties, properties);
      const id = world.id('', 7);
      const integration = { functionArn: parsed.IntegrationUri, timeoutMillis: parsed.TimeoutInMillis };
      apis.get(parsed.ApiId).integrations.set(id, integration);
      return { ref: id, attributes: {} };
    },

    'AWS::ApiGatewayV2::Route': (properties, { world }) => {
      const parsed = parseProperties('AWS::ApiGatewayV2::Route', routeProperties, properties);
      const api = apis.get(parsed.ApiId);
      const integrationId = parsed.Target.replace('integrations/', '');
      if (!api.integrations.has(integrationId)) {
        throw new AwsError('ValidationError', `AWS::ApiGatewayV2::Route: ${parsed.Target} is not of API ${api.id}`);
      }
      api.routes.set(parsed.RouteKey, { authorization: parsed.AuthorizationType, integrationId });
      return { ref: world.id('', 7), attributes: {} };
    },

    'AWS::ApiGatewayV2::Stage': (properties) => {
      const parsed = parseProperties('AWS::ApiGatewayV2::Stage', stageProperties, properties);
      apis.get(parsed.ApiId).stages.add(parsed.StageName);
      return { ref: parsed.StageName, attributes: {} };
    },
  };
}
