import type { Sequence } from '../sequence';

const GROUP = '/vpc/conformance';

/**
 * What else is read around a target, where moto has it: Organizations and CloudWatch Logs. It has neither LookupEvents
 * of CloudTrail, nor DescribeInstanceInformation of Systems Manager, nor associations of groups with VPCs; its Logs
 * Insights knows `fields`, `sort` and `limit` alone, and its Athena answers what it was told to.
 */
export const contextSources: readonly Sequence[] = [
  {
    name: 'accounts and units of an organization, as the management account asks',
    account: '111111111111',
    steps: [
      {
        call: 'organizations:DescribeAccount',
        input: { AccountId: '111111111111' },
        // Not `Status`, which AWS was to take out in September 2026 in favour of `State`.
        compare: ['Account.Id'],
      },
      {
        call: 'organizations:DescribeAccount',
        as: 'one that is not in it',
        input: { AccountId: '999999999999' },
      },
      {
        call: 'organizations:ListRoots',
        input: {},
        keep: { root: 'Roots.0.Id' },
        compare: ['Roots.0.Name'],
      },
      {
        call: 'organizations:CreateOrganizationalUnit',
        input: { ParentId: '${root}', Name: 'conformance' },
        keep: { unit: 'OrganizationalUnit.Id' },
        compare: ['OrganizationalUnit.Name'],
      },
      {
        call: 'organizations:DescribeOrganizationalUnit',
        input: { OrganizationalUnitId: '${unit}' },
        compare: ['OrganizationalUnit.Name'],
      },
      {
        call: 'organizations:ListParents',
        input: { ChildId: '${unit}' },
        compare: ['Parents.0.Type'],
      },
    ],
  },
  {
    name: 'log groups, streams and queries of CloudWatch Logs',
    steps: [
      { call: 'logs:CreateLogGroup', input: { logGroupName: GROUP }, compare: [] },
      { call: 'logs:CreateLogGroup', as: 'once more', input: { logGroupName: GROUP } },
      { call: 'logs:PutRetentionPolicy', input: { logGroupName: GROUP, retentionInDays: 7 }, compare: [] },
      {
        call: 'logs:DescribeLogGroups',
        input: { logGroupNamePrefix: GROUP },
        compare: ['logGroups.0.logGroupName', 'logGroups.0.retentionInDays', 'logGroups.0.storedBytes'],
      },
      {
        call: 'logs:CreateLogStream',
        input: { logGroupName: GROUP, logStreamName: 'eni-0123456789abcdef0-all' },
        compare: [],
      },
      {
        call: 'logs:DescribeLogStreams',
        input: { logGroupName: GROUP, logStreamNamePrefix: 'eni-0123456789abcdef0-' },
        compare: [
          ...['logStreamName', 'firstEventTimestamp', 'lastEventTimestamp'].map((field) => `logStreams.0.${field}`),
        ],
      },
      {
        call: 'logs:DescribeLogStreams',
        as: 'of a group that is not there',
        input: { logGroupName: '/vpc/nowhere' },
      },
      {
        call: 'logs:StartQuery',
        as: 'of a group that is not there',
        input: { logGroupNames: ['/vpc/nowhere'], startTime: 1, endTime: 2, queryString: 'limit 1' },
      },
      {
        call: 'logs:StartQuery',
        input: { logGroupNames: [GROUP], startTime: 1, endTime: 2, queryString: 'limit 1' },
        keep: { query: 'queryId' },
        compare: [],
      },
      { call: 'logs:GetQueryResults', input: { queryId: '${query}' }, compare: [] },
    ],
  },
];
