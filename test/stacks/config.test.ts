import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXAMPLE_FILE, findConfigurationFile, readConfiguration } from '../../stacks/config';
import { renderConfigurationJsonSchema } from '../../stacks/configuration-json-schema';

const ROOT = join(__dirname, '..', '..');

describe('reading a configuration file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function errorsOf(text: string): readonly string[] {
    const file = join(folder, 'portcullis.yaml');
    writeFileSync(file, text);
    const read = readConfiguration(file);
    return read.ok ? [] : read.error.map((line) => line.replace(`${file}: `, ''));
  }

  test('the example is valid', () => {
    expect(readConfiguration(EXAMPLE_FILE)).toMatchObject({ ok: true });
  });

  test('a file that does not exist is one line that says how to name one', () => {
    const read = readConfiguration(join(folder, 'none.yaml'));
    expect(!read.ok && read.error).toEqual([expect.stringMatching(/none\.yaml: cannot be read .*PORTCULLIS_CONFIG$/)]);
  });

  test.each([
    { name: 'a broken list', text: 'automatic: [EC2.13\nprefix: x', says: /^line \d+, column \d+: not valid YAML/ },
    {
      name: 'a key twice',
      text: 'prefix: One\nprefix: Two',
      says: /^line 2, column 1: not valid YAML \(DUPLICATE_KEY\)/,
    },
    { name: 'an empty file', text: '', says: /^configuration: null is not valid; start from portcullis.example.yaml/ },
  ])('$name is one line with the place', ({ text, says }) => {
    expect(errorsOf(text)).toEqual([expect.stringMatching(says)]);
  });

  test('an account id without quotes is told to have some, also where it begins with 0', () => {
    const lines = errorsOf('hub: { account: 012345678901, aggregationRegion: eu-central-1 }');
    expect(lines).toContainEqual(expect.stringMatching(/^hub\.account: .*in quotes/));
  });
});

test('the file asked for wins over the one that lies here', () => {
  expect(findConfigurationFile('other.yaml')).toBe(resolve('other.yaml'));
});

test('portcullis.schema.json is what the schema says (else run: npx tsx scripts/generate-config-schema.ts)', () => {
  expect(readFileSync(join(ROOT, 'portcullis.schema.json'), 'utf8')).toBe(renderConfigurationJsonSchema());
});

test('the JSON Schema tells editors what is required, and refuses what nobody reads', () => {
  expect(JSON.parse(renderConfigurationJsonSchema())).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['organizationId', 'hub', 'members'],
  });
});
