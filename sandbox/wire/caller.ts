import { AwsError } from '../runtime/aws-error';
import type { Principal, Service } from '../runtime/operation';
import type { SandboxWorld } from '../runtime/create-world';
import type { WireRequest } from './exchange';

/** What a SigV4 Authorization header says of its call. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
}

/**
 * `AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-central-1/ec2/aws4_request, …` in a header, or the same in the query of
 * a link. The signature is not verified.
 */
export function readCredentialScope({ headers, query }: WireRequest): CredentialScope | undefined {
  const signed = headers['authorization'] ?? `Credential=${query.get('X-Amz-Credential') ?? ''}`;
  const credential = /Credential=(?<key>[^/]+)\/\d{8}\/(?<region>[^/]+)\/(?<name>[^/]+)\/aws4_request/.exec(
    signed,
  )?.groups;
  const { key, region, name } = credential ?? {};
  if (key === undefined || region === undefined || name === undefined) return undefined;
  return { accessKeyId: key, region, signingName: name };
}

/** @throws AwsError with the service's own code when the credentials are unknown, incomplete or over. */
export function identifyCaller(
  world: SandboxWorld,
  service: Service,
  scope: CredentialScope,
  request: WireRequest,
): Principal {
  const principal = world.identity.principalOf(scope.accessKeyId);
  // A Region that an account has not enabled knows none of its credentials; nothing that it answers says why.
  const isKnownHere =
    principal !== undefined &&
    (service.signingName === 'iam' || world.optInStatus(principal.account, scope.region) !== 'not-opted-in');
  if (
    !isKnownHere ||
    !world.identity.hasToken(
      scope.accessKeyId,
      request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token') ?? undefined,
    )
  ) {
    throw invalidCredentials(service);
  }
  if (world.identity.isExpired(scope.accessKeyId)) throw expiredCredentials(service);
  return principal;
}

function invalidCredentials({ protocol }: Service): AwsError {
  switch (protocol) {
    case 'ec2Query':
      return new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
    case 'awsQuery':
      return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    case 'restXml':
      return new AwsError(
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        403,
      );
    case 'restJson1':
      return new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 400);
  }
}

function expiredCredentials({ protocol }: Service): AwsError {
  const message = 'The security token included in the request is expired';
  switch (protocol) {
    case 'ec2Query':
      return new AwsError('RequestExpired', 'Request has expired.', 400);
    case 'restXml':
      return new AwsError('ExpiredToken', message, 400);
    case 'awsQuery':
      return new AwsError('ExpiredToken', message, 403);
    case 'restJson1':
      return new AwsError('ExpiredTokenException', message, 403);
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('ExpiredTokenException', message, 400);
  }
}
