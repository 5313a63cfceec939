import { isEntry } from '../../network/network-acl-entry';
import { isNetworkAclStep } from '../network-acls/is-network-acl-step';
import { renderUndoReason } from '../../reasons/undo-reasons';
import type { Plan } from '../plan';
import type { UndoPlan } from './undo-plan';

/** A plan of an undo as records keep plans: nothing violates, and what is left alone is for the reader to know. */
export function undoAsPlan({ steps, leftAlone, remaining }: UndoPlan, kind: 'security-group' | 'network-acl'): Plan {
  const words = {
    violations: [],
    ask: [],
    askReasons: [],
    remarks: leftAlone.map(renderUndoReason),
    remarkReasons: leftAlone,
  };
  switch (kind) {
    case 'security-group':
      return {
        ...words,
        steps: steps.flatMap((step) => (isNetworkAclStep(step) ? [] : [step])),
        remaining: remaining.flatMap((rule) => (isEntry(rule) ? [] : [rule])),
      };
    case 'network-acl':
      return {
        ...words,
        steps: steps.filter(isNetworkAclStep),
        remaining: remaining.filter(isEntry),
      };
  }
}
