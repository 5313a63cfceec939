import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidOf } from '../../src/report-files/uuid-of';
import { writeZip } from '../../src/report-files/write-zip';
import { renderOcsf } from '../../src/core/reporting/ocsf/render-ocsf';
import { renderOscal } from '../../src/core/reporting/oscal/render-oscal';
import type { Report } from '../../src/core/reporting/report';
import { toReport } from '../../src/core/reporting/to-report';
import { asff, GENERATED_AT, remediation } from '../core/reporting/report-fixtures';

const directory = mkdtempSync(join(tmpdir(), 'portcullis-schemas-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const ACL = { Type: 'AwsEc2NetworkAcl', Id: 'arn:aws:ec2:eu-central-1:222222222222:network-acl/acl-1' };
const COMPLIANCE = {
  Status: 'FAILED',
  SecurityControlId: 'EC2.13',
  RelatedRequirements: [' NIST.800-53.r5\tAC-4 ', ''],
};

const REPORTS: Readonly<Record<string, Report>> = {
  nothing: report([]),
  'a check of each kind': report(
    [
      asff({ Workflow: { Status: 'RESOLVED' } }),
      asff({ id: '2', group: 'sg-2', Compliance: COMPLIANCE }),
      asff({ id: '3', group: 'sg-3', Workflow: { Status: 'SUPPRESSED' } }),
      asff({ id: '4', group: 'sg-4', Severity: { Label: ' odd\n' }, FirstObservedAt: 'never' }),
      asff({
        id: '5',
        control: 'EC2.21',
        Resources: [ACL],
        Compliance: { ...COMPLIANCE, SecurityControlId: 'EC2.21' },
      }),
      asff({ id: '6', group: 'sg-6', Compliance: { ...COMPLIANCE, Status: 'NOT_AVAILABLE' } }),
    ],
    [remediation()],
  ),
};

function report(findings: readonly unknown[], records: readonly unknown[] = []): Report {
  return toReport({ generatedAt: GENERATED_AT, source: ' findings.json ', findings, records });
}

/** What the validator says; empty where it has nothing to object. */
function objections(text: string, script: string): string {
  const file = join(directory, 'report.json');
  writeFileSync(file, text);
  const bin = process.env['PEERS_BIN'];
  if (bin === undefined) throw new Error('PEERS_BIN is not set: start these tests with "npm run test:peers"');
  const python = join(bin, 'python');
  const { status, stderr } = spawnSync(python, ['-c', script, file], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

/** https://pypi.org/project/py-ocsf-models/: the classes of the published schema, by Prowler's makers. */
const OCSF = `import json, sys
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
for finding in json.load(open(sys.argv[1])): ComplianceFinding.model_validate(finding)`;

/**
 * https://pypi.org/project/compliance-trestle/: models that are generated from NIST's JSON schemas, and take nothing
 * else.
 */
const OSCAL = `import sys
from trestle.oscal.assessment_results import Model
Model.model_validate_json(open(sys.argv[1]).read())`;

describe.each(Object.entries(REPORTS))('a report of %s', (_name, ofReport) => {
  test('is valid OCSF', () => {
    expect(objections([...renderOcsf(ofReport)].join(''), OCSF)).toBe('');
  });

  test('is valid OSCAL', () => {
    expect(objections([...renderOscal(ofReport, uuidOf)].join(''), OSCAL)).toBe('');
  });
});

test('Python takes the zip, with files that are empty, long and in a folder', async () => {
  mkdirSync(join(directory, 'accounts'));
  writeFileSync(join(directory, 'empty.csv'), '');
  writeFileSync(join(directory, 'accounts', 'größe.csv'), 'a,b\r\n');
  writeFileSync(join(directory, 'long.json'), JSON.stringify(Array.from({ length: 300_000 }, (_, i) => i * 7919)));
  const files = ['empty.csv', 'accounts/größe.csv', 'long.json'];
  await writeZip(join(directory, 'report.zip'), directory, files);
  const test = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1].replace('report.json', 'report.zip')) as zip: assert zip.testzip() is None and zip.namelist() == ${JSON.stringify(files)}`;
  expect(objections('', test)).toBe('');
});

test('the validators object to what is wrong', () => {
  const text = [...renderOscal(report([asff()]), uuidOf)].join('');
  expect(objections(text.replace('"methods"', '"method"'), OSCAL)).toContain('methods');
  const findings = [...renderOcsf(report([asff()]))].join('');
  expect(objections(findings.replace('"finding_info"', '"finding"'), OCSF)).toContain('finding_info');
});
