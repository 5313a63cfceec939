import type { GetParameterRequest, GetParameterResult } from '@aws-sdk/client-ssm';
import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Provisioner } from '../runtime/operation';
import { ignoredProperty, parseProperties } from '../runtime/parse-properties';
import { Regional } from '../runtime/regional';

interface Parameter {
  readonly value: string;
  readonly modifiedMillis: number;
}

const parameterProperties = z.strictObject({
  Name: z.string().regex(/^\/[\w./-]+$/, 'the sandbox takes names that begin with /'),
  Type: z.literal('String', 'the sandbox has parameters of type String only'),
  Value: z.string().min(1),
  Description: ignoredProperty,
  Tier: ignoredProperty,
  AllowedPattern: ignoredProperty,
  Tags: ignoredProperty,
});

/** Parameter Store, as far as a template writes parameters and somebody reads one. Each has one version. */
export class Parameters {
  readonly #places = new Regional(() => new Map<string, Parameter>());

  readonly provisioners: Readonly<Record<string, Provisioner>> = {
    'AWS::SSM::Parameter': (properties, { world, account, region }) => {
      const { Name, Value } = parseProperties('AWS::SSM::Parameter', parameterProperties, properties);
      this.#places.at(account, region).set(Name, { value: Value, modifiedMillis: world.clock.now() });
      return {
        ref: Name,
        attributes: { Type: 'String', Value },
        remove: () => {
          this.#places.at(account, region).delete(Name);
        },
      };
    },
  };

  readonly operations: { readonly GetParameter: Operation<GetParameterRequest, GetParameterResult> } = {
    GetParameter: {
      permissions: ({ Name = '' }, context) => [{ action: 'ssm:GetParameter', resource: arnOf(Name, context) }],
      handle: ({ Name = '' }, context) => {
        const found = this.#places.at(context.account, context.region).get(Name);
        if (!found) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
        return {
          Parameter: {
            Name,
            Type: 'String',
            Value: found.value,
            Version: 1,
            LastModifiedDate: new Date(found.modifiedMillis),
            ARN: arnOf(Name, context),
            DataType: 'text',
          },
        };
      },
    },
  };
}

function arnOf(name: string, { world, account, region }: CallContext): string {
  return `arn:${world.partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}
