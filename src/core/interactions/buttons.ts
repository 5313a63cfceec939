/** What the buttons of our messages are called by, as `action_id`: who clicks one asks for this. */
export const BUTTONS = {
  close: 'portcullis_close',
  deny: 'portcullis_deny',
} as const;
