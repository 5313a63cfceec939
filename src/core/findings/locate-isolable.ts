import type { IsolableKind, Target } from '../target';

interface ResourcesOfFinding {
  readonly AwsAccountId: string;
  readonly Resources?: readonly { readonly Type?: string | undefined; readonly Id?: string | undefined }[] | undefined;
}

const ARN =
  /^arn:(aws[a-z-]*):ec2:([a-z]{2,}(?:-[a-z]+)+-\d+):(\d{12}):(instance|network-interface)\/((?:i|eni)-[0-9a-f]{8,17})$/;

/**
 * The instance, or else the network interface, that a finding of any product is about: the first of its resources that
 * is of the finding's own account. Undefined where there is none.
 */
export function locateIsolable({ AwsAccountId, Resources = [] }: ResourcesOfFinding): Target | undefined {
  const found = Resources.flatMap(({ Id = '' }) => parseArn(Id) ?? []).filter(
    ({ account }) => account === AwsAccountId,
  );
  return found.find(({ kind }) => kind === 'instance') ?? found[0];
}

const PREFIXES: Readonly<Record<IsolableKind, string>> = { instance: 'i-', 'network-interface': 'eni-' };

function parseArn(arn: string): Target | undefined {
  const [, partition, region, account, type, id] = ARN.exec(arn) ?? [];
  if (partition === undefined || region === undefined || account === undefined || id === undefined) return undefined;
  const kind = type === 'instance' ? 'instance' : 'network-interface';
  return id.startsWith(PREFIXES[kind]) ? { kind, partition, account, region, id } : undefined;
}
