import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Measurement } from './measurement';
import { writeFindings } from './report/write-findings';
import { timeInProcess } from './timed-process';

const LOAD = `const { runPolicySimulate } = require('./src/cli/policy/run-policy-simulate');
const [findings, context, policy] = process.argv.slice(1);`;
const RUN = 'runPolicySimulate({ findings, context, policy, json: true })';

const POLICY = `organizationId: o-sandbox0001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [eu-central-1, us-east-1] }
flowLogs: { logGroups: [/vpc/flow-logs] }
decisions:
  - { name: production asks, when: { tags: [{ key: environment, value: production }] }, do: ask }
  - { name: idle, when: { used: [none-seen], reachable: ['no'], any: true }, do: auto }
  - { do: notify }
`;

/** `portcullis policy simulate` with what is known about every target: its peak memory, and its time a finding. */
export async function measureSimulations(root: string, sizes: readonly number[]): Promise<readonly Measurement[]> {
  const measured: Measurement[] = [];
  for (const findings of sizes) measured.push(...(await measure(root, findings)));
  return measured;
}

async function measure(root: string, findings: number): Promise<readonly Measurement[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-simulations-'));
  try {
    const [file, context, policy] = ['findings.json', 'context.ndjson', 'portcullis.yaml'].map((name) =>
      path.join(directory, name),
    ) as [string, string, string];
    writeFindings(file, findings, 'ndjson');
    await writeContexts(file, context);
    writeFileSync(policy, POLICY);
    const { peakMegabytes, processorMilliseconds } = timeInProcess(root, LOAD, RUN, [file, context, policy]);
    const name = `simulation of ${String(findings)} findings with context`;
    const megabytes = (statSync(file).size + statSync(context).size) / 1e6;
    return [
      {
        name: `memory of ${name}`,
        value: peakMegabytes,
        unit: 'MB',
        against: `the files: ${megabytes.toFixed(0)} MB`,
        ratio: peakMegabytes / megabytes,
      },
      {
        name,
        value: processorMilliseconds,
        unit: 'ms',
        against: `${String(findings)} findings`,
        ratio: processorMilliseconds / findings,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A line for the target of each finding, no two alike. */
async function writeContexts(findings: string, file: string): Promise<void> {
  const out = createWriteStream(file);
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(findings) })) {
    const [, region = '', account = '', id = ''] = /arn:aws:ec2:([\w-]+):(\d{12}):[\w-]+\/([\w-]+)/.exec(line) ?? [];
    count += 1;
    const text = JSON.stringify({ target: { account, region, id }, context: contextOf(count) });
    if (!out.write(`${text}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function contextOf(nth: number) {
  const known = (value: object, ...evidence: readonly string[]) => ({ known: true, value, evidence });
  const instance = `i-${String(nth).padStart(17, '0')}`;
  return {
    attached: known(
      {
        count: 1,
        kinds: ['instance'],
        items: [{ kind: 'instance', id: instance, state: 'running' }],
        otherVpcs: [],
        otherAccounts: [],
      },
      '1 network interfaces',
    ),
    reachable: known({ answer: nth % 2 === 0 ? 'yes' : 'no', through: [instance] }, instance),
    used: { known: false, reason: `no flow log is on ${instance}` },
    otherWayIn: known({ answer: 'no', ways: [] }, `no agent of Systems Manager is online on ${instance}`),
    openedBy: known({
      who: instance,
      at: '2026-11-01T00:00:00Z',
      from: '192.0.2.1',
      with: 'console',
      eventId: instance,
    }),
    managedBy: known({ by: 'none-seen' }),
    owner: known({
      owner: 'web',
      tags: [
        { Key: 'Name', Value: instance },
        { Key: 'environment', Value: 'test' },
      ],
    }),
    account: known({ name: 'shop', organizationalUnits: ['ou-ab12-cdef3456', 'r-ab12'] }),
  };
}
