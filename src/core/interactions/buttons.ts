/** What the buttons of our messages are called by, as `action_id`: who clicks one asks for this. */
export const BUTTONS = {
  close: 'portcullis_close',
  leaveUntil: 'portcullis_leave_until',
  acceptUntil: 'portcullis_accept_until',
  deny: 'portcullis_deny',
  comment: 'portcullis_comment',
} as const;

/** What the form behind some of them is called by, as `callback_id`, and its fields as `block_id`. */
export const FORM = 'portcullis_answer';
export const FIELDS = { answer: 'answer', until: 'until', comment: 'comment' } as const;

/** Of a comment, in a form and wherever else somebody writes one. */
export const MOST_COMMENT = 1000;
