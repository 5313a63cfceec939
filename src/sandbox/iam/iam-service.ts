import { AwsError } from '../kernel/aws-error';
import type { PolicyDocument, Provisioner, Service } from '../kernel/operation';
import { parsePolicy } from './parse-policy';
import { toList } from './request-context';
import type { Role, RoleStore } from './role-store';

type Properties = Parameters<Provisioner>[0];
type Place = Parameters<Provisioner>[1];

/** Roles and policies as templates make them; IAM's API itself is not in the sandbox. */
export function createIam(roles: RoleStore): Service {
  return {
    signingName: 'iam',
    protocol: 'awsQuery',
    schemas: {},
    operations: {},
    resourcePolicy: (arn) => roles.findRoleByArn(arn)?.trustPolicy,
    inspect: {
      roles: () => roles.roles().map((role) => ({ ...role, ...plain(role) })),
    },
    provisioners: {
      'AWS::IAM::Role': (properties, place) => {
        const role = toRole(properties, place);
        roles.putRole(role);
        return { ref: role.name, attributes: { Arn: role.arn, RoleId: role.roleId } };
      },
      'AWS::IAM::Policy': (properties, place) => {
        const name = readText(properties, 'PolicyName');
        const document = parsePolicy(properties['PolicyDocument']);
        for (const role of readTexts(properties, 'Roles'))
          roles.roleNamed(place.account, role).inlinePolicies.set(name, document);
        return { ref: name, attributes: { Id: name } };
      },
      'AWS::IAM::ManagedPolicy': (properties, place) => {
        const name =
          properties['ManagedPolicyName'] === undefined
            ? generateName(place, 128)
            : readText(properties, 'ManagedPolicyName');
        const arn = `arn:${place.world.partition}:iam::${place.account}:policy${readPath(properties)}${name}`;
        roles.putManagedPolicy(arn, parsePolicy(properties['PolicyDocument']), toMaker(place));
        for (const role of readTexts(properties, 'Roles'))
          roles.roleNamed(place.account, role).managedPolicyArns.add(arn);
        return { ref: arn, attributes: { PolicyArn: arn } };
      },
    },
  };
}

function toRole(properties: Properties, place: Place): Role {
  const { world, account } = place;
  const name = properties['RoleName'] === undefined ? generateName(place, 64) : readText(properties, 'RoleName');
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw new AwsError('ValidationError', `RoleName "${name}" needs 1 to 64 letters, digits or characters of +=,.@-_`);
  }
  return {
    account,
    name,
    arn: `arn:${world.partition}:iam::${account}:role${readPath(properties)}${name}`,
    roleId: world.id('AROA', 16).toUpperCase(),
    trustPolicy: parsePolicy(properties['AssumeRolePolicyDocument']),
    maxSessionSeconds: Number(properties['MaxSessionDuration'] ?? 3600),
    inlinePolicies: readInlinePolicies(properties),
    managedPolicyArns: new Set(readTexts(properties, 'ManagedPolicyArns')),
    madeBy: toMaker(place),
  };
}

function readInlinePolicies(properties: Properties): Map<string, PolicyDocument> {
  return new Map(
    toList(properties['Policies']).map((policy) => {
      if (typeof policy !== 'object' || policy === null) throw wrongProperty('Policies', policy);
      const fields = { ...policy } as Properties;
      return [readText(fields, 'PolicyName'), parsePolicy(fields['PolicyDocument'])];
    }),
  );
}

function readText(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') throw wrongProperty(name, value);
  return value;
}

function readTexts(properties: Properties, name: string): readonly string[] {
  return toList(properties[name]).map((value) => {
    if (typeof value !== 'string') throw wrongProperty(name, value);
    return value;
  });
}

function readPath(properties: Properties): string {
  return properties['Path'] === undefined ? '/' : readText(properties, 'Path');
}

function wrongProperty(name: string, value: unknown): AwsError {
  return new AwsError('ValidationError', `Property ${name} has a wrong value: ${JSON.stringify(value)}`);
}

/** CloudFormation's way: stack, logical id, and some characters against collisions. */
function generateName({ world, stackName, logicalId }: Place, longest: number): string {
  const suffix = world.id('', 12).toUpperCase();
  return `${`${stackName}-${logicalId}`.slice(0, longest - 13)}-${suffix}`;
}

function toMaker({ region, stackName, logicalId }: Place): string {
  return `${region}/${stackName}/${logicalId}`;
}

function plain(role: Role): object {
  return { inlinePolicies: Object.fromEntries(role.inlinePolicies), managedPolicyArns: [...role.managedPolicyArns] };
}
