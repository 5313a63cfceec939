import { z } from 'zod';
import type { Provisioner, Service } from '../runtime/operation';
import { ignoredProperty, integerProperty, parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import { type GrantNeeded, grantNeeded } from './authorize';
import { parsePolicy } from './parse-policy';
import type { Role, RoleStore } from './role-store';

type Place = Parameters<Provisioner>[1];

const name = z.string().regex(/^[\w+=,.@-]+$/, 'letters, digits and +=,.@-_ are allowed');
const path = z
  .string()
  .regex(/^\/(.*\/)?$/, 'a path begins and ends with /')
  .default('/');
const inlinePolicy = z.strictObject({ PolicyName: name, PolicyDocument: z.unknown() });

const roleProperties = z.strictObject({
  RoleName: name.max(64).optional(),
  Path: path,
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z.array(inlinePolicy).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  MaxSessionDuration: integerProperty.default(3600),
  Description: ignoredProperty,
  Tags: ignoredProperty,
});

const policyProperties = inlinePolicy.extend({ Roles: z.array(z.string()) });

const managedPolicyProperties = z.strictObject({
  ManagedPolicyName: name.max(128).optional(),
  Path: path,
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
  Description: ignoredProperty,
});

/** Roles and policies as templates make them; IAM's API itself is not in the sandbox. */
export function createIam(roles: RoleStore): Service {
  const needed = new Map<string, GrantNeeded>();
  return {
    signingName: 'iam',
    protocol: 'awsQuery',
    schemas: {},
    operations: {},
    resourcePolicy: (arn) => roles.findRoleByArn(arn)?.trustPolicy,
    inspect: {
      roles: () => roles.roles().map(toPlainRole),
      'needed-grants': () => [...needed.values()],
    },
    start: (world) => {
      world.on(grantNeeded, (payload) => {
        // Published under this name by the judgement of permissions only, with this type.
        const grant = payload as GrantNeeded;
        needed.set([grant.account, grant.role, grant.sid, grant.action].join('\0'), grant);
      });
    },
    provisioners: {
      'AWS::IAM::Role': (properties, place) => {
        const role = toRole(parseProperties('AWS::IAM::Role', roleProperties, properties), place);
        roles.putRole(role);
        return {
          ref: role.name,
          attributes: { Arn: role.arn, RoleId: role.roleId },
          remove: () => {
            roles.removeRole(role);
          },
        };
      },
      'AWS::IAM::Policy': (properties, { account }) => {
        const { PolicyName, PolicyDocument, Roles } = parseProperties('AWS::IAM::Policy', policyProperties, properties);
        const document = parsePolicy(PolicyDocument);
        for (const role of Roles) roles.roleNamed(account, role).inlinePolicies.set(PolicyName, document);
        return { ref: PolicyName, attributes: { Id: PolicyName } };
      },
      'AWS::IAM::ManagedPolicy': (properties, place) => {
        const policy = parseProperties('AWS::IAM::ManagedPolicy', managedPolicyProperties, properties);
        const policyName = policy.ManagedPolicyName ?? physicalName(place, 128);
        const arn = `arn:${place.world.partition}:iam::${place.account}:policy${policy.Path}${policyName}`;
        roles.putManagedPolicy(arn, parsePolicy(policy.PolicyDocument), toMaker(place));
        for (const role of policy.Roles) roles.roleNamed(place.account, role).managedPolicyArns.add(arn);
        return { ref: arn, attributes: { PolicyArn: arn } };
      },
    },
  };
}

function toRole(properties: z.output<typeof roleProperties>, place: Place): Role {
  const { world, account } = place;
  const roleName = properties.RoleName ?? physicalName(place, 64);
  return {
    account,
    name: roleName,
    arn: `arn:${world.partition}:iam::${account}:role${properties.Path}${roleName}`,
    roleId: world.id('AROA', 16).toUpperCase(),
    trustPolicy: parsePolicy(properties.AssumeRolePolicyDocument),
    maxSessionSeconds: properties.MaxSessionDuration,
    inlinePolicies: new Map(
      properties.Policies.map((policy) => [policy.PolicyName, parsePolicy(policy.PolicyDocument)]),
    ),
    managedPolicyArns: new Set(properties.ManagedPolicyArns),
    madeBy: toMaker(place),
  };
}

function toMaker({ region, stackName, logicalId }: Place): string {
  return `${region}/${stackName}/${logicalId}`;
}

function toPlainRole(role: Role): object {
  return {
    ...role,
    inlinePolicies: Object.fromEntries(role.inlinePolicies),
    managedPolicyArns: [...role.managedPolicyArns],
  };
}
