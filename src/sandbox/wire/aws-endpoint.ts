import { AwsError, LostResponse } from '../kernel/aws-error';
import { findOperation, type SandboxWorld } from '../kernel/create-world';
import type { Service } from '../kernel/operation';
import { identifyCaller, readCredentialScope } from './caller';
import type { Codecs, WireRequest, WireResponse } from './exchange';
import { createJsonRpcCodec } from './json-rpc-codec';
import { checkRequiredMembers } from './missing-members';
import { findOperationSchema } from './operation-schema';
import { awsQueryCodec, ec2QueryCodec } from './query-codec';
import { restJsonCodec } from './rest-json-codec';

const codecs: Codecs = {
  ec2Query: ec2QueryCodec,
  awsQuery: awsQueryCodec,
  awsJson1_0: createJsonRpcCodec('1.0'),
  awsJson1_1: createJsonRpcCodec('1.1'),
  restJson1: restJsonCodec,
};

/** Services whose calls may be signed for a Region that the sandbox does not have. */
const globalServices = ['sts', 'iam'];

/** Answers one AWS request; `lost` means that the connection is to be closed without an answer. */
export async function answerAwsRequest(world: SandboxWorld, request: WireRequest): Promise<WireResponse | 'lost'> {
  const requestId = world.requestId();
  const scope = readCredentialScope(request);
  if (!scope) {
    const error = new AwsError('MissingAuthenticationToken', 'The request is not signed with SigV4.', 403);
    return codecs.restJson1.writeError(error, unknownService, requestId);
  }
  const service = world.services.find(({ signingName }) => signingName === scope.signingName);
  const codec = codecs[(service ?? unknownService).protocol];
  try {
    const { operations, schemas, protocol } = service ?? world.service(scope.signingName);
    const known: Service = service ?? world.service(scope.signingName);
    const principal = identifyCaller(world, known, scope, request);
    checkRegion(world, scope.region, scope.signingName);
    const name = codec.operationName(request, known) ?? '';
    const schema = findOperationSchema(schemas, name);
    if (!schema || !Object.hasOwn(operations, name)) findOperation(known, name || `${request.method} ${request.path}`);
    if (!schema) throw new Error(`The SDK has no schema for ${scope.signingName} ${name}.`);
    const input = codec.readInput(request, schema, known);
    checkRequiredMembers(schema, input, protocol);
    const call = { principal, account: principal.account, region: scope.region };
    const output = await world.call(scope.signingName, name, input, call);
    return codec.writeOutput(output, schema, known, requestId);
  } catch (error) {
    if (error instanceof LostResponse) return 'lost';
    if (error instanceof AwsError) return codec.writeError(error, service ?? unknownService, requestId);
    throw error;
  }
}

const unknownService: Service = { signingName: '', protocol: 'restJson1', schemas: {}, operations: {} };

function checkRegion(world: SandboxWorld, region: string, signingName: string): void {
  if (world.regions.includes(region) || globalServices.includes(signingName)) return;
  throw new AwsError(
    'NotInTheSandbox',
    `Region ${region} is not in the sandbox; its Regions are ${world.regions.join(', ')}.`,
  );
}
