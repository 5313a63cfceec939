import {
  parseConfiguration,
  renderMistake,
  type ConfigurationMistake,
} from '../../../src/core/configuration/parse-configuration';

const VALID = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1', 'us-east-1'] },
};

const RULE = {
  name: 'Raise',
  description: 'Because',
  order: 1,
  criteria: { ComplianceSecurityControlId: ['EC2.13'] },
  action: { severity: 'HIGH' },
};

function mistakesIn(input: unknown): readonly ConfigurationMistake[] {
  const parsed = parseConfiguration(input);
  return parsed.ok ? [] : parsed.error;
}

const values = (count: number): string[] => Array.from({ length: count }, (_, index) => `value ${String(index)}`);

describe('a configuration', () => {
  test('needs an organization, a hub and members, and has defaults for the rest', () => {
    expect(parseConfiguration(VALID)).toEqual({
      ok: true,
      value: {
        ...VALID,
        acceptRisk: { defaultDays: 30, maximumDays: 90 },
        exceptions: [],
        prefix: 'Portcullis',
        securityHub: 'cspm',
        automatic: [],
        brake: { closings: 50, minutes: 60 },
        context: { seconds: 20 },
        dashboard: false,
        insights: false,
        decisions: [],
        guards: { lastWayIn: true, firewallManager: true },
        policy: {
          strategy: 'close',
          overrides: [],
          publicPorts: { tcp: [80, 443], udp: [] },
          ruleQuota: 60,
          networkAclEntryQuota: 20,
          keepProtocols: [50, 51, 47],
          expandPrefixLists: false,
          undo: { maxAgeDays: 30 },
        },
        ledger: { deletionProtection: true },
        logRetentionDays: 90,
        automationRules: [],
        ruleTemplates: { raiseSeverity: [], suppressUntil: [], notes: [] },
      },
    });
  });

  test.each<{ name: string; changes: object; path: string }>([
    { name: 'a prefix with a hyphen', changes: { prefix: 'Port-cullis' }, path: 'prefix' },
    { name: 'a prefix that begins with a digit', changes: { prefix: '1Port' }, path: 'prefix' },
    { name: 'a prefix of 13 characters', changes: { prefix: 'PortcullisXYZ' }, path: 'prefix' },
    { name: 'a prefix that SSM reserves', changes: { prefix: 'AwsGuard' }, path: 'prefix' },
    { name: 'a prefix whose event bus every account has', changes: { prefix: 'Default' }, path: 'prefix' },
    { name: 'an organization that is not one', changes: { organizationId: 'r-abcd' }, path: 'organizationId' },
    {
      name: 'an account id that YAML read as a number',
      changes: { hub: { ...VALID.hub, account: 111111111111 } },
      path: 'hub.account',
    },
    {
      name: 'a Region by its name',
      changes: { hub: { ...VALID.hub, aggregationRegion: 'Frankfurt' } },
      path: 'hub.aggregationRegion',
    },
    {
      name: 'a primary Region that is not among the Regions',
      changes: { members: { primaryRegion: 'us-west-2', regions: ['eu-central-1'] } },
      path: 'members.primaryRegion',
    },
    {
      name: 'a Region named twice',
      changes: { members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1', 'eu-central-1'] } },
      path: 'members.regions',
    },
    {
      name: 'no Region',
      changes: { members: { primaryRegion: 'eu-central-1', regions: [] } },
      path: 'members.regions',
    },
    { name: 'a control that nobody closes', changes: { automatic: ['EC2.13', 'EC2.182'] }, path: 'automatic[1]' },
    { name: 'a control named twice', changes: { automatic: ['EC2.13', 'EC2.13'] }, path: 'automatic' },
    { name: 'a baseline that nobody has written', changes: { automatic: ['EC2.13', 'baseline'] }, path: 'automatic' },
    { name: 'a baseline that forbids nothing', changes: { detection: { baseline: {} } }, path: 'detection.baseline' },
    {
      name: 'a port of the baseline that is none',
      changes: { detection: { baseline: { tcp: [22, 'ssh'] } } },
      path: 'detection.baseline.tcp[1]',
    },
    { name: 'an unknown strategy', changes: { policy: { strategy: 'deny' } }, path: 'policy.strategy' },
    {
      name: 'a port above 65535',
      changes: { policy: { publicPorts: { tcp: [65536] } } },
      path: 'policy.publicPorts.tcp[0]',
    },
    {
      name: 'a range with the higher port first',
      changes: { policy: { publicPorts: { udp: ['1025-1020'] } } },
      path: 'policy.publicPorts.udp[0]',
    },
    {
      name: 'a range that ends above 65535',
      changes: { policy: { publicPorts: { tcp: ['1020-70000'] } } },
      path: 'policy.publicPorts.tcp[0]',
    },
    {
      name: 'restrict without anybody to trust',
      changes: { policy: { strategy: 'restrict' } },
      path: 'policy.trustedSources',
    },
    {
      name: 'a trusted address block with bits behind its prefix length',
      changes: { policy: { trustedSources: { cidrs: ['10.0.0.0/8', '198.51.100.7/24'] } } },
      path: 'policy.trustedSources.cidrs[1]',
    },
    {
      name: 'more trusted address blocks than a security group holds rules for',
      changes: {
        policy: { trustedSources: { cidrs: Array.from({ length: 41 }, (_, index) => `10.0.${index}.0/24`) } },
      },
      path: 'policy.trustedSources.cidrs',
    },
    {
      name: 'an override of restrict without anybody to trust',
      changes: { policy: { overrides: [{ controls: ['EC2.18'], strategy: 'restrict' }] } },
      path: 'policy.trustedSources',
    },
    {
      name: 'an override for everything',
      changes: { policy: { overrides: [{ strategy: 'revoke' }] } },
      path: 'policy.overrides[0]',
    },
    {
      name: 'an override without a strategy',
      changes: { policy: { overrides: [{ controls: ['EC2.18'] }] } },
      path: 'policy.overrides[0].strategy',
    },
    {
      name: 'an override for no account',
      changes: { policy: { overrides: [{ accounts: [], strategy: 'revoke' }] } },
      path: 'policy.overrides[0].accounts',
    },
    {
      name: 'an override for an account id that YAML read as a number',
      changes: { policy: { overrides: [{ accounts: [222222222222], strategy: 'revoke' }] } },
      path: 'policy.overrides[0].accounts[0]',
    },
    {
      name: 'an override for a tag without a key',
      changes: { policy: { overrides: [{ tags: [{ value: 'production' }], strategy: 'revoke' }] } },
      path: 'policy.overrides[0].tags[0].key',
    },
    {
      name: 'more overrides than a policy may hold',
      changes: {
        policy: { overrides: Array.from({ length: 2000 }, () => ({ controls: ['EC2.13'], strategy: 'revoke' })) },
      },
      path: 'policy.overrides',
    },
    {
      name: 'a protocol to keep that has ports',
      changes: { policy: { keepProtocols: [50, 6] } },
      path: 'policy.keepProtocols[1]',
    },
    {
      name: 'a protocol to keep twice',
      changes: { policy: { keepProtocols: [50, 50] } },
      path: 'policy.keepProtocols',
    },
    {
      name: 'more entries than a network ACL can hold',
      changes: { policy: { networkAclEntryQuota: 41 } },
      path: 'policy.networkAclEntryQuota',
    },
    { name: 'an age of no days', changes: { policy: { undo: { maxAgeDays: 0 } } }, path: 'policy.undo.maxAgeDays' },
    { name: 'a quota of 0', changes: { policy: { ruleQuota: 0 } }, path: 'policy.ruleQuota' },
    { name: 'a retention that CloudWatch has not', changes: { logRetentionDays: 8 }, path: 'logRetentionDays' },
    { name: 'an e-mail address without a domain', changes: { alarmEmail: 'security@' }, path: 'alarmEmail' },
    {
      name: 'a protection that is a text',
      changes: { ledger: { deletionProtection: 'yes' } },
      path: 'ledger.deletionProtection',
    },
  ])('does not take $name', ({ changes, path }) => {
    expect(mistakesIn({ ...VALID, ...changes }).map((mistake) => mistake.path)).toEqual([path]);
  });

  test('shows all mistakes at once, also those between keys', () => {
    const mistakes = mistakesIn({
      organizationId: 'nonsense',
      hub: { account: '12' },
      members: { primaryRegion: 'us-west-2', regions: ['eu-central-1', 'Frankfurt'] },
      automatic: ['EC2.99'],
      automationRules: [RULE, { ...RULE, order: 0 }],
      colour: 'red',
    });
    expect(mistakes.map(({ path }) => path)).toEqual([
      'organizationId',
      'hub.account',
      'hub.aggregationRegion',
      'members.regions[1]',
      'members.primaryRegion',
      'automatic[0]',
      'automationRules[1].order',
      'automationRules',
      'colour',
    ]);
  });

  test.each([{ input: undefined }, { input: null }, { input: 'text' }, { input: 5 }, { input: [] }])(
    'is not $input, and says where to start',
    ({ input }) => {
      expect(mistakesIn(input)).toMatchObject([{ path: '', fix: 'start from portcullis.example.yaml' }]);
    },
  );
});

describe('a mistake', () => {
  test('says the place, the value, what is wrong and what to write', () => {
    const [mistake] = mistakesIn({ ...VALID, hub: { ...VALID.hub, account: 12 } });
    expect(mistake).toEqual({
      path: 'hub.account',
      value: 12,
      message: 'is not valid',
      fix: 'write the 12 digits of the account id in quotes, such as "111111111111"',
    });
    expect(mistake && renderMistake(mistake)).toBe(
      'hub.account: 12 is not valid; write the 12 digits of the account id in quotes, such as "111111111111"',
    );
  });

  test.each([
    { key: 'automatc', fix: 'write automatic' },
    { key: 'Prefix', fix: 'write prefix' },
    { key: 'colour', fix: /^remove it; known here: prefix, organizationId/ },
  ])('in the key $key has a fix', ({ key, fix }) => {
    const [mistake] = mistakesIn({ ...VALID, [key]: 'x' });
    expect(mistake).toMatchObject({ path: key, value: 'x', message: 'is not a known key' });
    expect(mistake?.fix).toMatch(fix);
  });

  test('with a long value stays one short line', () => {
    const [mistake] = mistakesIn({ ...VALID, prefix: 'x'.repeat(5000) });
    expect(mistake && renderMistake(mistake).length).toBeLessThan(300);
  });
});

describe('an automation rule', () => {
  const withRule = (changes: object): unknown => ({ ...VALID, automationRules: [{ ...RULE, ...changes }] });

  test('takes plain values, comparisons and tags', () => {
    const parsed = parseConfiguration(
      withRule({
        criteria: {
          Title: ['Exact', { comparison: 'PREFIX', value: 'S3 buckets' }],
          ResourceType: ['AwsS3Bucket'],
          ResourceTags: [{ key: 'environment', value: 'production' }],
        },
        action: { workflow: 'SUPPRESSED', note: 'Accepted', userDefinedFields: { owner: 'platform' } },
      }),
    );
    expect(parsed.ok && parsed.value.automationRules[0]).toMatchObject({
      terminal: false,
      enabled: true,
      criteria: { ResourceTags: [{ key: 'environment', comparison: 'EQUALS', value: 'production' }] },
    });
  });

  describe('that fights Portcullis over findings of its controls', () => {
    const OURS = { ComplianceSecurityControlId: ['EC2.13'] };
    const ALL = { workflow: 'RESOLVED', note: 'Accepted', userDefinedFields: { owner: 'platform' } };

    test('is refused: each field with its value and the fix, all at once with the other mistakes', () => {
      const mistakes = mistakesIn(withRule({ order: 0, criteria: OURS, action: ALL }));
      expect(mistakes.map(({ path, value }) => [path, value])).toEqual([
        ['automationRules[0].order', 0],
        ['automationRules[0].action.workflow', 'RESOLVED'],
        ['automationRules[0].action.note', 'Accepted'],
        ['automationRules[0].action.userDefinedFields', { owner: 'platform' }],
      ]);
      expect(mistakes[1]?.fix).toMatch(/^remove workflow, or name other controls/);
    });

    test.each<[string, object]>([
      ['a control of ours among others', { ComplianceSecurityControlId: ['S3.1', 'EC2.19'] }],
      [
        'a beginning that controls of ours have',
        { ComplianceSecurityControlId: [{ comparison: 'PREFIX', value: 'EC2.' }] },
      ],
      [
        'a comparison that may be true of ours',
        { ComplianceSecurityControlId: [{ comparison: 'NOT_EQUALS', value: 'S3.1' }] },
      ],
      ['a type of ours', { ResourceType: ['AwsEc2NetworkAcl'] }],
      ['nothing but a title', { Title: ['anything'] }],
      ['nothing but an account', { AwsAccountId: ['222222222222'] }],
    ])('is refused where its criteria name %s', (_, criteria) => {
      for (const workflow of ['RESOLVED', 'SUPPRESSED', 'NEW', 'NOTIFIED']) {
        expect(mistakesIn(withRule({ criteria, action: { workflow } }))).toHaveLength(1);
      }
    });

    test.each<[string, object]>([
      ['other controls', { ComplianceSecurityControlId: ['S3.1', { comparison: 'PREFIX', value: 'RDS.' }] }],
      ['other types', { ResourceType: ['AwsS3Bucket'], Title: ['anything'] }],
    ])('may do as it likes where its criteria name %s', (_, criteria) => {
      expect(mistakesIn(withRule({ criteria, action: ALL }))).toEqual([]);
    });

    test('may change the severity of ours', () => {
      expect(mistakesIn(withRule({ criteria: OURS, action: { severity: 'LOW' } }))).toEqual([]);
    });
  });

  test.each<{ name: string; changes: object; path: string }>([
    { name: 'order 0', changes: { order: 0 }, path: 'order' },
    { name: 'order 1001', changes: { order: 1001 }, path: 'order' },
    { name: 'a name of 241 characters', changes: { name: 'n'.repeat(241) }, path: 'name' },
    { name: 'a description of 1025 characters', changes: { description: 'd'.repeat(1025) }, path: 'description' },
    { name: 'no criteria', changes: { criteria: {} }, path: 'criteria' },
    { name: 'no action', changes: { action: {} }, path: 'action' },
    { name: 'a criterion without values', changes: { criteria: { Title: [] } }, path: 'criteria.Title' },
    {
      name: '21 controls',
      changes: { criteria: { ComplianceSecurityControlId: values(21) } },
      path: 'criteria.ComplianceSecurityControlId',
    },
    { name: '101 accounts', changes: { criteria: { AwsAccountId: values(101) } }, path: 'criteria.AwsAccountId' },
    {
      name: 'a field that findings have not',
      changes: { criteria: { Titel: ['x'], Title: ['x'] } },
      path: 'criteria.Titel',
    },
    { name: 'an unknown severity', changes: { action: { severity: 'URGENT' } }, path: 'action.severity' },
    {
      name: 'a note of 513 characters',
      changes: { criteria: { ResourceType: ['AwsS3Bucket'] }, action: { note: 'n'.repeat(513) } },
      path: 'action.note',
    },
    { name: 'two actions', changes: { action: [{ severity: 'LOW' }, { note: 'x' }] }, path: 'action' },
  ])('does not take $name', ({ changes, path }) => {
    expect(mistakesIn(withRule(changes)).map((mistake) => mistake.path)).toEqual([`automationRules[0].${path}`]);
  });

  test.each([{ field: 'AwsAccountId' }, { field: 'GeneratorId' }, { field: 'Title' }, { field: 'ResourceId' }])(
    'may list 100 values of $field',
    ({ field }) => {
      expect(mistakesIn(withRule({ criteria: { [field]: values(100) } }))).toEqual([]);
    },
  );

  test('is one of at most 100, each with a name of its own', () => {
    const rules = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ ...RULE, name: `Rule ${String(index)}` }));
    expect(mistakesIn({ ...VALID, automationRules: rules(100) })).toEqual([]);
    expect(mistakesIn({ ...VALID, automationRules: rules(101) }).map(({ path }) => path)).toEqual(['automationRules']);
    expect(mistakesIn({ ...VALID, automationRules: [RULE, RULE] })).toMatchObject([
      { path: 'automationRules', message: 'has two rules of the same name' },
    ]);
  });
});
