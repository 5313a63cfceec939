import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPolicy } from '../../src/core/configuration/to-policy';
import { MAX_POLICY_CHARACTERS } from '../../src/core/configuration/schema/policy-schema';
import { POLICY_FILE } from '../../src/core/configuration/bundled-files';
import { readTemplates, synthesize } from '../end-to-end/assembly';
import { readConfiguration } from '../../stacks/config';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-policy-file-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** The asset and version of the orchestrator, as the app is deployed with so many entries and a name of the first. */
function orchestratorOf(name: string, entries: number) {
  const configuration = join(directory, `${name}.yaml`);
  const decisions = Array.from(
    { length: entries },
    (_, index) =>
      `  - { name: '${index === 0 ? name : String(index)} of a long list', when: { accounts: ['${String(200_000_000_000 + index)}'] }, do: ask }`,
  );
  writeFileSync(
    configuration,
    `organizationId: o-sandbox0001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [eu-central-1] }
decisions:
${decisions.join('\n')}
`,
  );
  const assembly = mkdtempSync(join(directory, 'assembly-'));
  synthesize(configuration, assembly);
  for (const { Resources } of readTemplates(assembly).values()) {
    const all = Object.entries(Resources);
    const found = all.find(([, { Properties }]) => Properties['FunctionName'] === 'Portcullis-Orchestrator');
    if (found === undefined) continue;
    const { S3Key } = found[1].Properties['Code'] as { readonly S3Key: string };
    const version = all.find(
      ([, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Version' && JSON.stringify(Properties['FunctionName']).includes(found[0]),
    );
    const file = readFileSync(join(assembly, `asset.${S3Key.replace('.zip', '')}`, POLICY_FILE), 'utf8');
    const read = readConfiguration(configuration);
    if (!read.ok) throw new Error(read.error.join('\n'));
    return { S3Key, version: version?.[0], file, policy: toPolicy(read.value) };
  }
  throw new Error('no orchestrator was synthesized');
}

test('the policy is a file of the bundle: another policy is another version, the same is the same, and it may be long', () => {
  const [one, again, other] = [orchestratorOf('one', 600), orchestratorOf('one', 600), orchestratorOf('other', 600)];
  expect(JSON.parse(one.file)).toEqual(JSON.parse(JSON.stringify(one.policy)));
  expect(one.file.length).toBeGreaterThan(40_000);
  expect(one.file.length).toBeLessThan(MAX_POLICY_CHARACTERS);
  expect({ key: again.S3Key, version: again.version }).toEqual({ key: one.S3Key, version: one.version });
  expect(other.S3Key).not.toBe(one.S3Key);
  expect(other.version).not.toBe(one.version);
});
