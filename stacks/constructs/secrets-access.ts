import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { explainWildcard } from '../explain-wildcard';

/**
 * Reads secrets of the hub account by their names.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
export function secretsAccess(role: Role, secrets: readonly string[]): PolicyStatement {
  const stack = Stack.of(role);
  const resources = secrets.map((name) => {
    explainWildcard(
      role,
      `arn:<AWS::Partition>:secretsmanager:${stack.region}:${stack.account}:secret:${name}-??????`,
      'Secrets Manager puts six characters behind the name of a secret, which nobody knows before it exists.',
    );
    return stack.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  });
  return new PolicyStatement({ sid: 'ReadSecrets', actions: ['secretsmanager:GetSecretValue'], resources });
}
