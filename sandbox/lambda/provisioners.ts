import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { PolicyStatement, Provisioner } from '../runtime/operation';
import { parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { EventSourceMappings } from './event-source-mappings';
import { parseFunctionName, toFunctionArn } from './function-name';
import { toFunctionReference, type FunctionConfig, type Functions } from './functions';
import * as properties from './template-properties';

type Place = Parameters<Provisioner>[1];

/**
 * Makes functions, versions, aliases, permissions, invoke configurations and event source mappings of queues.
 * @throws AwsError ValidationError for properties that the sandbox does not have, InvalidParameterValueException where
 * Lambda refuses what they say together
 */
export function createProvisioners(
  functions: Functions,
  mappings: EventSourceMappings,
): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::Lambda::Function': (given, place) => {
      const parsed = parseProperties('AWS::Lambda::Function', properties.functionProperties, given);
      const config = toFunctionConfig(parsed, place);
      checkRole(config, place);
      functions.create(config);
      return { ref: config.name, attributes: { Arn: config.arn } };
    },

    'AWS::Lambda::Version': (given, place) => {
      const parsed = parseProperties('AWS::Lambda::Version', properties.versionProperties, given);
      const { arn } = toFunctionReference(place.world.partition, parsed.FunctionName, place);
      const { qualifiedArn, version } = functions.publish(arn);
      return { ref: qualifiedArn, attributes: { FunctionArn: qualifiedArn, Version: version } };
    },

    'AWS::Lambda::Alias': (given, place) => {
      const parsed = parseProperties('AWS::Lambda::Alias', properties.aliasProperties, given);
      const { arn } = toFunctionReference(place.world.partition, parsed.FunctionName, place);
      functions.addAlias(arn, parsed.Name, parsed.FunctionVersion);
      const aliasArn = `${arn}:${parsed.Name}`;
      return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
    },

    'AWS::Lambda::Permission': (given, place) => {
      const parsed = parseProperties('AWS::Lambda::Permission', properties.permissionProperties, given);
      const { arn, qualifier } = toFunctionReference(place.world.partition, parsed.FunctionName, place);
      const id = physicalName(place, 100);
      functions.addPermission(
        arn,
        qualifier,
        toStatement(parsed, id, qualifier === undefined ? arn : `${arn}:${qualifier}`),
      );
      return { ref: id, attributes: { Id: id } };
    },

    'AWS::Lambda::EventInvokeConfig': (given, place) => {
      const parsed = parseProperties('AWS::Lambda::EventInvokeConfig', properties.eventInvokeConfigProperties, given);
      const { arn } = toFunctionReference(place.world.partition, parsed.FunctionName, place);
      const { OnFailure, OnSuccess } = parsed.DestinationConfig ?? {};
      functions.setEventInvokeConfig(arn, parsed.Qualifier, {
        ...(parsed.MaximumRetryAttempts === undefined ? {} : { maximumRetryAttempts: parsed.MaximumRetryAttempts }),
        ...(parsed.MaximumEventAgeInSeconds === undefined
          ? {}
          : { maximumEventAgeSeconds: parsed.MaximumEventAgeInSeconds }),
        ...(OnFailure ? { onFailureArn: OnFailure.Destination } : {}),
        ...(OnSuccess ? { onSuccessArn: OnSuccess.Destination } : {}),
      });
      return { ref: physicalName(place, 100), attributes: {} };
    },

    'AWS::Lambda::EventSourceMapping': (given, place) => {
      const parsed = parseProperties('AWS::Lambda::EventSourceMapping', properties.eventSourceMappingProperties, given);
      const { world, account, region } = place;
      const target = functions.resolve(world.partition, parseFunctionName(parsed.FunctionName, undefined, place));
      const uuid = world.uuid();
      checkDurableTarget(target.version.config, target.qualifier);
      mappings.add({
        world,
        uuid,
        queueArn: parsed.EventSourceArn,
        target,
        enabled: parsed.Enabled,
        batchSize: parsed.BatchSize,
        batchWindowSeconds: parsed.MaximumBatchingWindowInSeconds,
        reportBatchItemFailures: parsed.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        maximumConcurrency: parsed.ScalingConfig?.MaximumConcurrency ?? 5,
      });
      const arn = `arn:${world.partition}:lambda:${region}:${account}:event-source-mapping:${uuid}`;
      return { ref: uuid, attributes: { Id: uuid, EventSourceMappingArn: arn } };
    },
  };
}

function toFunctionConfig(parsed: z.output<typeof properties.functionProperties>, place: Place): FunctionConfig {
  const { account, region, world } = place;
  const name = parsed.FunctionName ?? physicalName(place, 64);
  const { DurableConfig, ReservedConcurrentExecutions, DeadLetterConfig } = parsed;
  return {
    account,
    region,
    name,
    arn: toFunctionArn(world.partition, { account, region, name }),
    description: parsed.Description,
    roleArn: parsed.Role,
    runtime: parsed.Runtime,
    handler: parsed.Handler,
    codeDirectory: toCodeDirectory(parsed.Code, place),
    timeoutSeconds: parsed.Timeout,
    memoryMegabytes: parsed.MemorySize,
    environment: parsed.Environment?.Variables ?? {},
    logGroupName: parsed.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    ...(DeadLetterConfig?.TargetArn === undefined ? {} : { deadLetterArn: DeadLetterConfig.TargetArn }),
    ...(ReservedConcurrentExecutions === undefined ? {} : { reservedConcurrency: ReservedConcurrentExecutions }),
    ...(DurableConfig
      ? {
          durable: {
            executionTimeoutSeconds: DurableConfig.ExecutionTimeout,
            retentionDays: DurableConfig.RetentionPeriodInDays,
          },
        }
      : {}),
  };
}

function toCodeDirectory(
  code: z.output<typeof properties.functionProperties>['Code'],
  { assetPath, logicalId }: Place,
): string {
  if ('ZipFile' in code) {
    const directory = mkdtempSync(join(tmpdir(), 'sandbox-function-'));
    writeFileSync(join(directory, 'index.js'), code.ZipFile);
    return directory;
  }
  const directory = assetPath?.(code.S3Key);
  if (directory !== undefined) return directory;
  throw new AwsError('ValidationError', `${logicalId}: Code.S3Key ${code.S3Key} is no asset of the assembly`);
}

/** As CreateFunction does. */
function checkRole({ roleArn, name, account, arn }: FunctionConfig, { world }: Place): void {
  try {
    world.identity.assumeAsService({
      service: 'lambda.amazonaws.com',
      roleArn,
      sessionName: name,
      sourceAccount: account,
      sourceArn: arn,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'InvalidParameterValueException',
      `The role defined for the function cannot be assumed by Lambda: ${error.message}`,
    );
  }
}

function checkDurableTarget({ durable, name }: FunctionConfig, qualifier: string | undefined): void {
  if (!durable) return;
  if (qualifier === undefined) {
    throw new AwsError(
      'InvalidParameterValueException',
      `FunctionName: durable function ${name} needs a qualified ARN.`,
    );
  }
  if (durable.executionTimeoutSeconds > 900) {
    throw new AwsError(
      'InvalidParameterValueException',
      `FunctionName: an event source mapping invokes synchronously, and ${name} has an execution timeout of ` +
        'more than 15 minutes.',
    );
  }
}

function toStatement(
  { Action, Principal, SourceAccount, SourceArn, PrincipalOrgID }: z.output<typeof properties.permissionProperties>,
  sid: string,
  resource: string,
): PolicyStatement {
  const isService = Principal.includes('.');
  const equals = {
    ...(SourceAccount === undefined ? {} : { 'aws:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': PrincipalOrgID }),
  };
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { [isService ? 'Service' : 'AWS']: Principal },
    Action,
    Resource: resource,
    Condition: {
      ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
      ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
    },
  };
}
