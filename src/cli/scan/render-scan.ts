import type { Sweep } from '../../core/sweeping/sweep';
import type { SweptPlace, SweptTarget, Unreadable } from '../../core/sweeping/swept-place';
import { visibleJson } from '../../core/visible-json';
import { plural } from '../plural';
import { printable } from '../terminal';

/** What a scan found, as its JSON says it. */
export interface Scanned {
  readonly targets: readonly SweptTarget[];
  readonly summary: {
    /** Accounts and Regions of which something could be read. */
    readonly scanned: {
      readonly accounts: number;
      readonly regions: number;
      readonly securityGroups: number;
      readonly networkAcls: number;
    };
    readonly violating: number;
    /** Findings of ours that were imported, and archived, where that was asked for. */
    readonly imported?: number;
    readonly archived?: number;
    readonly unreadable: readonly Unreadable[];
  };
}

/** What a sweep found and its totals, as `--json` prints them. */
export function toScanned(
  places: readonly SweptPlace[],
  { imports, totals }: Pick<Sweep, 'imports' | 'totals'>,
): Scanned {
  const read = places.filter(({ unreadable }) => unreadable.every(({ target }) => target !== undefined));
  const targets = places.flatMap((place) => place.targets);
  const sum = (count: (place: SweptPlace) => number) => places.reduce((total, place) => total + count(place), 0);
  return {
    targets,
    summary: {
      scanned: {
        accounts: new Set(read.map(({ account }) => account)).size,
        regions: new Set(read.map(({ region }) => region)).size,
        securityGroups: sum(({ securityGroups }) => securityGroups),
        networkAcls: sum(({ networkAcls }) => networkAcls),
      },
      violating: targets.length,
      ...(imports ? { imported: totals.imported, archived: totals.archived } : {}),
      unreadable: places.flatMap(({ unreadable }) => unreadable),
    },
  };
}

/** One JSON object a line, or lines for people. */
export function renderScan(scanned: Scanned, sweep: Sweep, json: boolean): string {
  const { targets, summary } = scanned;
  if (json) return [...targets, summary].map((each) => `${visibleJson(each)}\n`).join('');
  const lines = [...targets.flatMap(renderTarget), ...summary.unreadable.map(renderUnreadable)];
  return [...lines, ...renderSummary(summary), `Sweep ${sweep.sweepId}`].map((line) => `${printable(line)}\n`).join('');
}

function renderTarget({ target, controls, violations }: SweptTarget): readonly string[] {
  const head = `${target.id} (${target.account}, ${target.region}): ${controls.join(', ')}`;
  return [head, ...violations.map(({ reason }) => `  ${reason}`)];
}

function renderUnreadable({ account, region, target, reason }: Unreadable): string {
  return `${target ?? 'not read'} (${account}, ${region}): ${reason}`;
}

function renderSummary({
  scanned,
  violating,
  imported,
  archived = 0,
  unreadable,
}: Scanned['summary']): readonly string[] {
  const { accounts, regions, securityGroups, networkAcls } = scanned;
  const seen = [
    plural(securityGroups, 'security group'),
    plural(networkAcls, 'network ACL'),
    plural(accounts, 'account'),
    plural(regions, 'Region'),
  ];
  return [
    `${String(violating)} of ${seen[0] ?? ''} and ${seen[1] ?? ''} violate a control, in ${seen[2] ?? ''} and ${seen[3] ?? ''}.`,
    ...(imported === undefined ? [] : [`${plural(imported, 'finding')} imported, ${String(archived)} archived.`]),
    ...(unreadable.length > 0 ? [`${String(unreadable.length)} could not be read.`] : []),
  ];
}
