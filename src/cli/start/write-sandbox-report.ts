import { fetchFindingsForReport, fetchLedgerForReport } from '../../aws/adapters/report-input';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import { ReportBuilder } from '../../core/reporting/report-builder';
import { DEFAULT_FORMATS, writeReport } from '../../report-files/write-report';
import { refusing } from '../report/output-directory';
import { writeAtOnce } from '../report/write-at-once';
import type { PortcullisSandbox } from '../sandbox/deploy-portcullis';
import { SandboxClients } from '../scenarios/sandbox-clients';

/** The report of what happened in the sandbox, read from it as `portcullis report` reads a deployment. */
export async function writeSandboxReport(sandbox: PortcullisSandbox, out: string): Promise<readonly string[]> {
  const { hub, clock } = sandbox.world;
  const clients = new SandboxClients(sandbox.endpoint);
  const { ledgerTable } = toDeploymentNames(sandbox.configuration.prefix);
  const builder = new ReportBuilder();
  const findings = await fetchFindingsForReport(clients.securityHub(hub.account, hub.region), (page) => {
    for (const finding of page) builder.addFinding(finding);
  });
  if (!findings.ok) throw new Error(findings.error.cause);
  const records = await fetchLedgerForReport(clients.dynamoDb(hub.account, hub.region), ledgerTable, builder);
  if (!records.ok) throw new Error(records.error.cause);
  const report = builder.build({
    // The sandbox's time may run ahead of ours.
    generatedAt: new Date(clock.now()).toISOString(),
    source: 'the embedded sandbox',
  });
  const write = (directory: string) => writeReport(report, { directory, formats: DEFAULT_FORMATS });
  return refusing(out, () => writeAtOnce(out, write));
}
