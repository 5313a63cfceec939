import { readFileSync } from 'node:fs';
import { deploy, type Deployed } from '../deployed-portcullis';
import { invokesCommands, invokesTheOrchestrator, invokesTheSweeper } from './actors/invokers-of-functions';
import { changesDocuments, importsFindings, passesTheRunbooksRole } from './actors/people-of-a-member';
import {
  asksForCommands,
  changesFindings,
  ownsTheHub,
  pressesActions,
  putsIntoTheLedger,
} from './actors/people-of-the-hub';
import type { Actor } from './actors/scene';

/** By the words of docs/security.md, "Who can make it act". */
const ACTORS: ReadonlyMap<string, Actor> = new Map([
  ['who has `securityhub:SendFindingEvents` in the hub account', pressesActions],
  ["who has `execute-api:Invoke` on `POST /commands` of the commands' API", asksForCommands],
  ['who may put items into the ledger by their own policies alone', putsIntoTheLedger],
  ['who has `lambda:InvokeFunction` on `Portcullis-Commands`', invokesCommands],
  ['who has `lambda:InvokeFunction` on `Portcullis-Orchestrator`', invokesTheOrchestrator],
  ['who has `lambda:InvokeFunction` on `Portcullis-Sweeper`', invokesTheSweeper],
  ['who may import findings in an account (`securityhub:BatchImportFindings`)', importsFindings],
  ['who may change findings in the hub (`securityhub:BatchUpdateFindings`)', changesFindings],
  ["who may deploy to the hub account, change the table's policy, or take on or pass its functions' roles", ownsTheHub],
  [
    'who may change SSM documents in a member account (`ssm:UpdateDocument`, `DeleteDocument` and `CreateDocument`)',
    changesDocuments,
  ],
  [
    'who may pass `Portcullis-Runbook`, create documents and start automations in a member account',
    passesTheRunbooksRole,
  ],
]);

/** Needs detection, which the others do without: test/end-to-end/detection/forged.test.ts plays it. */
const PLAYED_WITH_DETECTION =
  'who may send to the queue of changes, or makes CloudTrail report a call of theirs (`detection.cloudTrail`)';

/** Needs a digest: test/end-to-end/channels/digest.test.ts plays it. */
const PLAYED_WITH_DIGEST = 'who has `lambda:InvokeFunction` on `Portcullis-Digester` (`email.digest`)';

/** Need reports: test/end-to-end/reports/actors.test.ts plays them. */
const PLAYED_WITH_REPORTS = [
  'who has `lambda:InvokeFunction` on `Portcullis-Reporter` (`reports`)',
  'who has `s3:GetObject` on the bucket of reports, or a link of `Report Ready` (`reports`)',
];

/** Needs drills on a schedule: test/end-to-end/drill/scheduled.test.ts plays it. */
const PLAYED_WITH_DRILLS = 'who has `lambda:InvokeFunction` on `Portcullis-Driller` (`drill.schedule`)';

/** Need Slack: test/end-to-end/slack/actors.test.ts plays them. */
const PLAYED_WITH_SLACK = [
  "who reaches the address of Slack's buttons, or has `lambda:InvokeFunction` on `Portcullis-Slack`",
  'who holds the signing secret of the Slack app, or administrates its workspace',
];

/** The first column of the table. */
function documentedActors(): readonly string[] {
  const text = readFileSync('docs/security.md', 'utf8');
  const [, section = ''] = text.split('\n## Who can make it act\n');
  const [table = ''] = section.split('\n## ');
  const lines = table.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => (line.split('|')[1] ?? '').trim());
}

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

test('every line of docs/security.md about who can make it act has an actor here, and every actor a line there', () => {
  const others = [PLAYED_WITH_DETECTION, PLAYED_WITH_DIGEST, PLAYED_WITH_DRILLS, ...PLAYED_WITH_REPORTS];
  expect([...ACTORS.keys(), ...others, ...PLAYED_WITH_SLACK].sort()).toEqual([...documentedActors()].sort());
});

test.each([...ACTORS])('%s can do what docs/security.md says, and nothing else that was tried', async (_who, play) => {
  expect.hasAssertions();
  await play(portcullis);
});
