/** Who may do what by a click in Slack: ids of users and groups, `slack:U…` and `slack:S…`, and nobody else. */
export interface SlackRights {
  /** Who answers questions that name no approvers. */
  readonly approvers: readonly string[];
  /** Missing where nobody takes a closing back in Slack. */
  readonly undo?: UndoRights;
  /** Who opens something for a while; missing where nobody does in Slack. */
  readonly granters?: readonly string[];
}

export interface UndoRights {
  /** So long after the closing. */
  readonly withinMinutes: number;
  readonly approvers: readonly string[];
}
