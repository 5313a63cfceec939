import type { Sweep } from './sweep';
import type { Unreadable } from './swept-place';

const NAMED = 3;

/** What a sweep that has ended comes to, for people who were not there. */
export function describeSweep({ sweepId, totals, unreadable, imports, failed }: Sweep): string {
  if (failed !== undefined) return `Sweep ${sweepId} looked at nothing: ${failed}`;
  const { securityGroups, networkAcls, accounts, regions, violating, imported, archived } = totals;
  const seen = `${String(securityGroups)} security groups and ${String(networkAcls)} network ACLs`;
  const where = `${String(accounts)} accounts and ${String(regions)} Regions`;
  const importedText = imports ? `, ${String(imported)} findings imported, ${String(archived)} archived` : '';
  const unread = describeUnread(totals.unreadable, unreadable);
  return `Sweep ${sweepId} looked at ${seen} in ${where}: ${String(violating)} violate a control${importedText}.${unread}`;
}

function describeUnread(count: number, unreadable: readonly Unreadable[]): string {
  if (count === 0) return '';
  const named = unreadable.slice(0, NAMED).map(({ account, region, target, control }) => {
    const place = `${account}/${region}`;
    const what = target ?? control;
    return what === undefined ? place : `${place}/${what}`;
  });
  return ` ${String(count)} could not be read: ${named.join(', ')}${count > named.length ? ' …' : ''}.`;
}
