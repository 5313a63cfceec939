/** Where a message stands in Slack. */
export interface MessagePlace {
  readonly channel: string;
  readonly ts: string;
}

/** What somebody did in Slack, as far as it is of use here. Who did it is what Slack's signature says. */
export type Interaction =
  | {
      readonly kind: 'click';
      /** `U0456EFGH`: never their name, which they choose themselves. */
      readonly user: string;
      /** The button's `action_id`, and what it carries. */
      readonly action: string;
      readonly value: string;
      readonly triggerId: string;
      /** The message that the button is of. */
      readonly place?: MessagePlace;
      /** Where whoever clicked is answered. */
      readonly responseUrl?: string;
    }
  | {
      /** Chosen from the menu of the app, in whatever channel. */
      readonly kind: 'shortcut';
      readonly user: string;
      /** The shortcut's `callback_id`. */
      readonly shortcut: string;
      readonly triggerId: string;
    }
  | {
      readonly kind: 'submission';
      readonly user: string;
      /** Slack's name of the form that was shown. */
      readonly viewId: string;
      /** The form's `callback_id`, and what we gave along with it. */
      readonly form: string;
      readonly metadata: string;
      /** By `block_id`: what was written or chosen; missing where nothing was. */
      readonly fields: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'other'; readonly type: string };
