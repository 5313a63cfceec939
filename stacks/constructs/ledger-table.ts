import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface LedgerTableProps {
  readonly name: string;
  /** Names of the roles that write it: of functions only. */
  readonly writers: readonly string[];
  readonly deletionProtection: boolean;
}

/** Every way in which an item can be written, PartiQL's included. */
const WRITES = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

/** What was open, what was done, who decided. Outlives the stack: undo and the auditors need it. */
export class LedgerTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { name, writers, deletionProtection }: LedgerTableProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: name,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN,
      resourcePolicy: this.#policy(name, writers),
    });
  }

  /**
   * People never write it, whatever their own policies allow: one item that somebody writes is an undo that nobody
   * asked for. Reading stays with everybody's own permissions. docs/operations.md says how to break the glass.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html
   */
  #policy(name: string, writers: readonly string[]): PolicyDocument {
    const stack = Stack.of(this);
    const role = (roleName: string) =>
      stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: roleName });
    return new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'FunctionsAloneWrite',
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: WRITES,
          // By its name: the table's own attribute would be a circle.
          resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: name })],
          conditions: { ArnNotEquals: { 'aws:PrincipalArn': writers.map(role) } },
        }),
      ],
    });
  }
}
