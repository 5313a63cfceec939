import type { StartAutomationExecutionRequest, StartAutomationExecutionResult } from '@aws-sdk/client-ssm';

import { toPrincipalArn } from '../iam/principal-match';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Principal } from '../runtime/operation';
import { documentVersion, isKnownVersion, toDocumentName, type Documents, type StoredDocument } from './documents';
import { documentArn } from './document-operations';
import type { ExecutionSlots } from './execution-slots';
import type { Execution, Executions } from './executions';
import { toParameterValues } from './parameter-values';
import { resolveReference } from './resolve-reference';
import { runExecution } from './run-execution';
import { fillTemplate, toText } from './template';
import type { Undocumented } from './undocumented';

const service = 'ssm.amazonaws.com';
const elsewhere = ['Targets', 'TargetMaps', 'TargetLocations', 'TargetLocationsURL', 'AlarmConfiguration'] as const;

/**
 * Starts an execution, which runs on by itself after the answer. Its role is assumed before, so that a role that SSM
 * may not assume fails the call. It throws AutomationDefinition(Version)NotFoundException, IdempotentParameterMismatch,
 * InvalidAutomationExecutionParametersException, AutomationExecutionLimitExceededException and ValidationException.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html
 */
export function createStartAutomationExecution(
  documents: Documents,
  executions: Executions,
  {
    stepMillis,
    slots,
    undocumented,
  }: {
    /** What every step takes of the sandbox's time. */
    readonly stepMillis: number;
    readonly slots: ExecutionSlots;
    readonly undocumented: Undocumented;
  },
): Operation<StartAutomationExecutionRequest, StartAutomationExecutionResult> {
  return {
    /**
     * The service asks for the document in one of two ARN forms, by its version; the sandbox asks for both, so that
     * a policy that passes here passes with either.
     */
    permissions: (input, context) => {
      const { world, account, region } = context;
      const name = toDocumentName(input.DocumentName ?? '');
      const version = input.DocumentVersion ?? '$DEFAULT';
      const definition = `arn:${world.partition}:ssm:${region}:${account}:automation-definition/${name}:${version}`;
      const role = roleIfReadable(documents, input, context, undocumented);
      return [
        { action: 'ssm:StartAutomationExecution', resource: definition },
        { action: 'ssm:StartAutomationExecution', resource: documentArn(context, name) },
        ...(role === undefined
          ? []
          : [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': service } }]),
      ];
    },
    handle: (input, context) => {
      const { world, account, region } = context;
      const stored = findDefinition(documents, input, context);
      const unsupported = elsewhere.find((name) => input[name] !== undefined);
      if (unsupported !== undefined) throw new AwsError('ValidationException', `${unsupported} is not in the sandbox`);
      if (input.Mode === 'Interactive')
        throw new AwsError('ValidationException', 'Mode Interactive is not in the sandbox');
      const parameterValues = toParameterValues(stored.document, input.Parameters ?? {}, undocumented);
      slots.checkRoom(account, region);
      const id = world.uuid();
      const steps = stored.document.mainSteps.map((step) => ({
        id: world.uuid(),
        step,
        status: 'Pending' as const,
        inputs: {},
        outputs: new Map<string, unknown>(),
      }));
      const assumeRole = readAssumeRole(stored, { id, parameterValues, steps }, context);
      const principal = assumeRole === undefined ? context.principal : takeOnRole(assumeRole, id, context);
      const earlier =
        input.ClientToken === undefined ? undefined : executions.useClientToken(account, region, input.ClientToken, id);
      if (earlier !== undefined && undocumented.repeatedToken !== 'second-execution') {
        return { AutomationExecutionId: repeated(earlier, undocumented.repeatedToken) };
      }
      const execution: Execution = {
        id,
        documentName: stored.name,
        documentVersion,
        document: stored.document,
        parameters: input.Parameters ?? {},
        parameterValues,
        executedBy: toPrincipalArn(context.principal, context.world.partition),
        principal,
        tags: Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
        startedMillis: world.clock.now(),
        steps,
        status: 'Pending',
      };
      executions.add(account, region, execution);
      slots.run(account, region, () =>
        world.clock.busy(runExecution({ world, account, region, execution, stepMillis })),
      );
      return { AutomationExecutionId: id };
    },
  };
}

/** @throws AwsError as the sandbox was set to answer a token that was used before */
function repeated(
  earlier: string,
  repeatedToken: Exclude<Undocumented['repeatedToken'], 'second-execution'> = 'mismatch',
): string {
  const used = 'The client token has already been used.';
  switch (repeatedToken) {
    case 'same-execution':
      return earlier;
    case 'mismatch':
      throw new AwsError('IdempotentParameterMismatch', used);
    case 'duplicate':
      throw new AwsError('DuplicateAutomationExecution', used);
    case 'invalid-parameters':
      throw new AwsError('InvalidAutomationExecutionParametersException', used);
    case 'validation':
      throw new AwsError('ValidationException', used);
  }
}

function findDefinition(
  documents: Documents,
  input: StartAutomationExecutionRequest,
  { account, region }: CallContext,
): StoredDocument {
  const { DocumentName = '', DocumentVersion = '$DEFAULT' } = input;
  const stored = documents.find(account, region, DocumentName);
  if (!stored) {
    throw new AwsError('AutomationDefinitionNotFoundException', `Automation Definition Not Found ${DocumentName}`);
  }
  if (!isKnownVersion(DocumentVersion)) {
    throw new AwsError(
      'AutomationDefinitionVersionNotFoundException',
      `Version ${DocumentVersion} of ${DocumentName} was not found`,
    );
  }
  return stored;
}

function readAssumeRole(
  { document }: StoredDocument,
  execution: Pick<Execution, 'id' | 'parameterValues' | 'steps'>,
  { world, account, region }: CallContext,
): string | undefined {
  if (document.assumeRole === undefined) return undefined;
  const role = toText(
    fillTemplate(document.assumeRole, (reference) =>
      resolveReference({ world, account, region, execution }, reference),
    ),
  );
  return role === '' ? undefined : role;
}

/** For the permission check, which comes before the request's own check: bad requests fail there, not here. */
function roleIfReadable(
  documents: Documents,
  input: StartAutomationExecutionRequest,
  context: CallContext,
  undocumented: Undocumented,
): string | undefined {
  const stored = documents.find(context.account, context.region, input.DocumentName);
  if (!stored) return undefined;
  try {
    const parameterValues = toParameterValues(stored.document, input.Parameters ?? {}, undocumented);
    return readAssumeRole(stored, { id: '', parameterValues, steps: [] }, context);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function takeOnRole(roleArn: string, executionId: string, { world, account, region }: CallContext): Principal {
  try {
    return world.identity.assumeAsService({
      service,
      roleArn,
      sessionName: `Automation-${executionId}`,
      sourceAccount: account,
      sourceArn: `arn:${world.partition}:ssm:${region}:${account}:automation-execution/${executionId}`,
    }).principal;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'InvalidAutomationExecutionParametersException',
      'The defined assume role is unable to be assumed.',
    );
  }
}
