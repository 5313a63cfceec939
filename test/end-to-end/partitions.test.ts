import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplates, synthesizeOnce } from './assembly';
import { ANYWHERE, deploy, MEMBER, SANDBOX_FILE, tcp } from './deployed-portcullis';

/**
 * The sandbox's configuration in the Regions of another partition; synthesized for real, since Regions may change
 * templates.
 */
const PARTITIONS = [
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
] as const;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-configuration-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function configurationFor(home: string, linked: string): string {
  const file = join(directory, `${home}.yaml`);
  const text = readFileSync(SANDBOX_FILE, 'utf8').replaceAll('eu-central-1', home).replaceAll('us-east-1', linked);
  writeFileSync(file, text);
  return file;
}

test.each(PARTITIONS)(
  'in %s a person and an automatic rule close ingress, as anywhere',
  async (partition, home, linked) => {
    const portcullis = await deploy({
      clockMode: 'skipping',
      partition,
      configurationFile: configurationFor(home, linked),
    });
    try {
      const groups = [
        await portcullis.openGroup({ account: MEMBER, region: linked }, [tcp(22, 22, ANYWHERE, '10.0.0.0/8', '::/0')]),
        await portcullis.openGroup({ account: MEMBER, region: home }, [tcp(3389, 3389, ANYWHERE)]),
      ] as const;
      const ids = [
        await portcullis.importFinding(groups[0], 'EC2.13'),
        await portcullis.importFinding(groups[1], 'EC2.14'),
      ] as const;
      await portcullis.press(ids[0]);
      await portcullis.settle();
      for (const id of ids) {
        expect(id).toContain(`arn:${partition}:`);
        expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
      }
      expect((await portcullis.ingressOf(groups[0])).map(({ CidrIpv4 }) => CidrIpv4)).toEqual(['10.0.0.0/8']);
      expect(await portcullis.ingressOf(groups[1])).toEqual([]);
    } finally {
      await portcullis.stop();
    }
  },
  // Each is synthesized for its own Regions.
  180_000,
);

test('no template names a partition', () => {
  for (const [file, template] of readTemplates(synthesizeOnce(SANDBOX_FILE))) {
    const named = JSON.stringify(template).match(/arn:aws[a-z-]*:[^"]*/g) ?? [];
    // Security Hub's own generator ids of old standards know no other partition form than the one that the rule spells
    // out.
    expect([file, named.filter((arn) => !arn.startsWith('arn:aws[a-z'))]).toEqual([file, []]);
  }
});
