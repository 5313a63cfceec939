import { AwsError, LostResponse } from '../runtime/aws-error';
import { findOperation, type SandboxWorld } from '../runtime/create-world';
import type { Service } from '../runtime/operation';
import { type CredentialScope, identifyCaller, readCredentialScope } from './caller';
import type { Codecs, WireRequest, WireResponse } from './exchange';
import { createJsonRpcCodec } from './json-rpc-codec';
import { checkRequiredMembers } from './missing-members';
import { findOperationSchema, type OperationSchema } from './operation-schema';
import { awsQueryCodec, ec2QueryCodec } from './query-codec';
import { restJsonCodec } from './rest-json-codec';
import { restXmlCodec } from './rest-xml-codec';
import { readsRestXml, writeRestXmlError } from './rest-xml-error';

const codecs: Codecs = {
  ec2Query: ec2QueryCodec,
  awsQuery: awsQueryCodec,
  awsJson1_0: createJsonRpcCodec('1.0'),
  awsJson1_1: createJsonRpcCodec('1.1'),
  restJson1: restJsonCodec,
  restXml: restXmlCodec,
};

/** Services whose calls may be signed for a Region that the sandbox does not have. */
const globalServices = ['sts', 'iam'];

/** Answers one AWS request; `lost` means that the connection is to be closed without an answer. */
export async function answerAwsRequest(world: SandboxWorld, request: WireRequest): Promise<WireResponse | 'lost'> {
  const requestId = world.requestId();
  const scope = readCredentialScope(request);
  const signed = world.services.find(({ signingName }) => signingName === scope?.signingName);
  const known = signed && versionOf(world, signed, request);
  const service = known ?? guessService(scope?.signingName ?? '', request);
  const codec = codecs[service.protocol];
  try {
    if (!scope) throw new AwsError('MissingAuthenticationToken', 'The request is not signed with SigV4.', 403);
    world.service(scope.signingName);
    const principal = identifyCaller(world, service, scope, request);
    checkRegion(world, scope);
    const operation = findSchema(service, codec.operationName(request, service) ?? `${request.method} ${request.path}`);
    const input = codec.readInput(request, operation, service);
    checkRequiredMembers(operation, input, service.protocol);
    // The server listens on loopback, so that every client is here.
    const agent = { sourceIp: '127.0.0.1', userAgent: request.headers['user-agent'] ?? '' };
    const call = { principal, account: principal.account, region: scope.region, agent };
    const output = await world.call(service.signingName, operation.name, input, call);
    return codec.writeOutput(output, operation, service, requestId);
  } catch (error) {
    if (error instanceof LostResponse) return 'lost';
    if (!(error instanceof AwsError)) throw error;
    return readsRestXml(service.signingName)
      ? writeRestXmlError(error, requestId)
      : codec.writeError(error, service, requestId);
  }
}

/** Of APIs that share a signing name the one whose version the call names. */
function versionOf(world: SandboxWorld, signed: Service, { body, query }: WireRequest): Service {
  if (signed.versions === undefined) return signed;
  const form = body.length > 0 ? new URLSearchParams(body.toString('utf8')) : query;
  const name = signed.versions[form.get('Version') ?? ''];
  return name === undefined ? signed : world.service(name);
}

/** So that an error reaches the client in a form that it can read. */
function guessService(signingName: string, { headers }: WireRequest): Service {
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const protocol = headers['x-amz-target'] !== undefined ? 'awsJson1_1' : form ? 'awsQuery' : 'restJson1';
  return { signingName, protocol, schemas: {}, operations: {} };
}

/** @throws AwsError NotInTheSandbox */
function findSchema(service: Service, name: string): OperationSchema {
  findOperation(service, name);
  const schema = findOperationSchema(service.schemas, name);
  if (!schema) throw new Error(`The SDK's client for ${service.signingName} has no schema of ${name}.`);
  return schema;
}

function checkRegion(world: SandboxWorld, { region, signingName }: CredentialScope): void {
  if (world.regions.includes(region) || globalServices.includes(signingName)) return;
  throw new AwsError(
    'NotInTheSandbox',
    `Region ${region} is not in the sandbox; its Regions are ${world.regions.join(', ')}.`,
  );
}
