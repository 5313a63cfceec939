import { notShown, shown, type Shown } from '../../core/drill/drill-step';
import type { OwnFinding } from '../../core/detection/own-finding';
import type { DrillPorts, PortResult } from '../ports';
import { waitFor } from './wait-for';

/**
 * An update "can take several minutes":
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
const UPDATE_MILLIS = 5 * 60_000;

const FIRST = 'DrillFirst';
/** Stays on the finding: the deployment's own updates must leave it there. */
const SECOND = 'DrillSecond';

/** Whether BatchUpdateFindings replaces user-defined fields or merges them. The deployment is right under both. */
export async function proveFields(finding: OwnFinding, ports: DrillPorts): Promise<Shown<true>> {
  for (const name of [FIRST, SECOND]) {
    const set = await ports.ground.setFields(finding, { [name]: 'yes' });
    if (!set.ok) return notShown(set.error.cause);
    const fields = await fieldsOnceThere(finding, name, ports);
    if (!fields.ok) return notShown(fields.error.cause);
    if (fields.value[name] === undefined) return notShown(`field ${name} does not show on the finding after 5 minutes`);
    if (name === FIRST) continue;
    const kept = fields.value[FIRST] !== undefined;
    const verb = kept ? 'merges' : 'replaces';
    return shown(`BatchUpdateFindings ${verb} user-defined fields; either is right for this deployment`, true);
  }
  return notShown('nothing was read');
}

/** Whether a field that somebody else has set is there still, after the deployment's own updates. */
export async function proveFieldsKept(finding: OwnFinding, ports: DrillPorts): Promise<Shown> {
  const fields = await fieldsOnceThere(finding, SECOND, ports);
  if (!fields.ok) return notShown(fields.error.cause);
  return fields.value[SECOND] === undefined
    ? notShown('a field that somebody else had set is gone from the finding', 'Send us this line')
    : shown('fields of others are there still, after a closing, an undo and a closing');
}

async function fieldsOnceThere(
  finding: OwnFinding,
  name: string,
  ports: DrillPorts,
): PortResult<Readonly<Record<string, string>>> {
  const known = await waitFor(
    {
      ask: () => ports.ground.fetchFindings(finding.Id),
      isThere: ([one]) => one?.UserDefinedFields?.[name] !== undefined,
      patienceMillis: UPDATE_MILLIS,
    },
    ports,
  );
  return known.ok ? { ok: true, value: known.value[0]?.UserDefinedFields ?? {} } : known;
}
