import { isExceptionId } from '../exceptions/risk-exception';
import type { Notice } from './notice';
import type { NoticeKind } from './notice-kinds';

/**
 * How a person takes back what was done, as commands; undefined where nothing was done that can be.
 *
 * Whoever reads it may paste it: of what others name, only ids of a known form stand in it.
 */
export function howToUndo(notice: Notice): string | undefined {
  const commands = COMMANDS.get(notice.kind)?.(notice) ?? [];
  return commands.length === 0 ? undefined : commands.join('; ');
}

type Commands = (notice: Notice) => readonly string[];

const undo: Commands = ({ remediation }) => (remediation === undefined ? [] : [`portcullis undo ${remediation.id}`]);

/** What stays open, or is open again, is closed by its finding. */
const close: Commands = ({ findings: { ids } }) => {
  const known = ids.filter((id) => FINDING_ID.test(id)).slice(0, MOST_IDS);
  return known.length === 0 ? [] : [`portcullis remediate ${known.join(' ')}`];
};

const endExceptions: Commands = ({ exceptions = [] }) =>
  exceptions
    .filter(isExceptionId)
    .slice(0, MOST_IDS)
    .map((id) => `portcullis exceptions end ${id}`);

const endGrant: Commands = ({ grant }) => (grant === undefined ? [] : [`portcullis grants end ${grant.id}`]);

const COMMANDS: ReadonlyMap<string, Commands> = new Map<NoticeKind, Commands>([
  ['Ingress Closed', (notice) => (notice.remediation?.action === 'close' ? undo(notice) : [])],
  ['Target Isolated', undo],
  ['Closing Undone', close],
  ['Decision Made', close],
  ['Risk Accepted', endExceptions],
  ['Access Granted', endGrant],
  ['Brake Engaged', () => ['portcullis brake release']],
  ['Brake Released', () => ['portcullis brake engage']],
]);

const MOST_IDS = 3;
const FINDING_ID = /^[A-Za-z0-9][\w:/.+=@-]{0,511}$/;
