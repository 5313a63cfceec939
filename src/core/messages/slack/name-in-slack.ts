import { escapeWithin } from './escape-within';

const MAX_NAME = 300;

/**
 * Somebody as Slack shows them, and notifies them of it: a user, or a user group. Who is not of Slack by what they are
 * called elsewhere.
 *
 * @param name such as `slack:U0456EFGH`, `slack:S0123ABCD`, or an ARN
 */
export function nameInSlack(name: string): string {
  const [, id = ''] = /^slack:([USW][A-Z0-9]{2,30})$/.exec(name) ?? [];
  if (id === '') return escapeWithin(name, MAX_NAME);
  return id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`;
}
