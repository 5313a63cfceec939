import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Keys } from '../foreign/sign-v4';

export interface Scan {
  readonly endpoint: string;
  readonly keys: Keys;
  readonly region: string;
  readonly checks: readonly string[];
}

/** What Prowler finds in one account and Region, passed checks too, as it would send it to Security Hub. */
export function runProwler({ endpoint, keys, region, checks }: Scan): readonly AwsSecurityFinding[] {
  const bin = process.env['PEERS_PROWLER_BIN'];
  if (bin === undefined) throw new Error('PEERS_PROWLER_BIN is not set: start with "npm run test:peers -- scanner"');
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-prowler-'));
  try {
    const args = ['aws', '--check', ...checks, '--region', region, '--output-formats', 'json-asff'];
    // Groups that no network interface uses are left out otherwise; moto starts with none.
    const all = ['--scan-unused-services', '--ignore-exit-code-3', '--no-banner', '--output-directory', directory];
    const { status, stdout, stderr } = spawnSync(join(bin, 'prowler'), [...args, ...all], {
      encoding: 'utf8',
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        // No profile of whoever runs the tests.
        HOME: directory,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_REGION: region,
      },
    });
    const report = readdirSync(directory).find((file) => file.endsWith('.asff.json'));
    if (status !== 0 || report === undefined) throw new Error(`Prowler failed: ${stdout}${stderr}`);
    return JSON.parse(readFileSync(join(directory, report), 'utf8')) as readonly AwsSecurityFinding[];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
