import type { Status } from '../check-status';

/** The words of the report for each status, and what they mean. */
export const STATUS_LABELS: Readonly<Record<Status, { readonly label: string; readonly meaning: string }>> = {
  open: {
    label: 'Open',
    meaning: 'Security Hub reports it failing, and nothing has closed it; or a person must decide first.',
  },
  'resolved-still-failing': {
    label: 'Resolved, still failing',
    meaning:
      'Somebody marked the finding RESOLVED while its check still fails. Nobody has read it back: treat it as open.',
  },
  failed: { label: 'Failed', meaning: 'A remediation was tried; read back afterwards, it is still open.' },
  'could-not-tell': {
    label: 'Could not tell',
    meaning: 'Something could not be read, or it fails again after it was read back. Treat it as open.',
  },
  'in-progress': { label: 'In progress', meaning: 'Being closed or undone right now.' },
  closed: { label: 'Closed', meaning: 'Portcullis read the rules back and found it closed.' },
  suppressed: { label: 'Suppressed', meaning: 'Somebody accepted it in Security Hub.' },
  'not-failing': { label: 'Not failing', meaning: 'The check passes, or the resource is gone.' },
};
