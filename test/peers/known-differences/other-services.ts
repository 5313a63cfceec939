import { accepted, crashes, type KnownDifference, leftOut } from './known-difference';

const sts = 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html';
export const identityDifferences: readonly KnownDifference[] = [
  {
    peer: 'moto',
    calls: ['sts:AssumeRole'],
    path: 'PackedPolicySize',
    sandbox: /^nothing$/,
    right: 'sandbox',
    because: 'It names the size of session policies and tags; none were passed.',
    judge: sts,
  },
  accepted('sts:AssumeRole', ['too short'], 'ValidationError', sts, 'DurationSeconds is at least 900.'),
  accepted(
    'sts:AssumeRole',
    ['an ARN that is none'],
    'ValidationError',
    sts,
    'RoleArn has a form, and at least 20 characters.',
  ),
];

const capacity = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html';
export const otherDifferences: readonly KnownDifference[] = [
  leftOut(
    ['sqs:ReceiveMessage'],
    'Messages[].Body[].account',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html',
    'Every event names the account that published it.',
  ),
  accepted(
    'sns:Publish',
    ['an empty message'],
    'InvalidParameter',
    'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
    'Messages must not be empty.',
  ),
  crashes(
    'dynamodb:PutItem',
    ['a value that is not defined'],
    'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html',
    'ValidationException is documented.',
  ),
  {
    peer: 'moto',
    calls: ['dynamodb:UpdateItem', 'dynamodb:BatchGetItem'],
    path: 'ConsumedCapacity',
    sandbox: /^nothing$/,
    right: 'sandbox',
    because: 'Capacity is answered only where ReturnConsumedCapacity asks for it.',
    judge: capacity,
  },
  ...[
    { calls: ['ssm:CreateDocument'], path: 'DocumentDescription.PlatformTypes[]' },
    { calls: ['ssm:DescribeDocument'], path: 'Document.PlatformTypes[]' },
    { calls: ['ssm:ListDocuments'], path: 'DocumentIdentifiers[].PlatformTypes[]' },
  ].map((where): KnownDifference => ({
    peer: 'moto',
    ...where,
    right: 'sandbox',
    because: 'Moto says that it does not implement them.',
    judge: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DocumentDescription.html',
  })),
  leftOut(
    ['ssm:ListDocuments'],
    'DocumentIdentifiers[].CreatedDate',
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DocumentIdentifier.html',
    'A document says when it was made.',
  ),
];
