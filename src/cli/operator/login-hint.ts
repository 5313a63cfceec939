/** How the SDK ends what it says of an SSO session that is over: it does not know the profile's name. */
const ANY_PROFILE = / ?To refresh this SSO session run '?aws sso login'? with the corresponding profile\.?/;

/** What of SSO an error says where nobody has logged in yet, or the log-in is over. */
const OVER = /SSO (?:session|Token)|Token is expired|aws sso login/i;

/**
 * The command that begins an SSO session of the profile in use, where that is what is missing; undefined elsewhere.
 *
 * @param cause what the SDK says
 */
export function loginHint(cause: string): string | undefined {
  if (!cause.includes('CredentialsProviderError') || !OVER.test(cause)) return undefined;
  return `aws sso login --profile ${shellWord(process.env['AWS_PROFILE'] || 'default')}`;
}

/** The same with the name of the profile in the place of what the SDK says, where it does not name it already. */
export function withLoginHint(cause: string): string {
  const hint = loginHint(cause);
  if (hint === undefined) return cause;
  const said = cause.replace(ANY_PROFILE, '');
  return said.includes(hint) ? said : `${said}; ${hint}`;
}

function shellWord(text: string): string {
  return /^[\w.@/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
