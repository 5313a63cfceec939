/** What the buttons of our messages are called by, as `action_id`: who clicks one asks for this. */
export const BUTTONS = {
  close: 'portcullis_close',
  leaveUntil: 'portcullis_leave_until',
  acceptUntil: 'portcullis_accept_until',
  deny: 'portcullis_deny',
  comment: 'portcullis_comment',
  undo: 'portcullis_undo',
  grant: 'portcullis_grant',
} as const;

/** What the form behind some of them is called by, as `callback_id`, and its fields as `block_id`. */
export const FORM = 'portcullis_answer';
export const FIELDS = { answer: 'answer', until: 'until', comment: 'comment' } as const;

/** The form of a grant, and the shortcut of the app that opens it: both by the same name, as `callback_id`. */
export const GRANT_FORM = 'portcullis_grant';
export const GRANT_FIELDS = {
  target: 'target',
  port: 'port',
  source: 'source',
  length: 'for',
  reason: 'reason',
} as const;

/** Of a comment, in a form and wherever else somebody writes one. */
export const MOST_COMMENT = 1000;
