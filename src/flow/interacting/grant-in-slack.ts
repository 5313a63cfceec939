import { checkWanted } from '../../core/grants/check-wanted';
import { GRANT_FIELDS, MOST_COMMENT } from '../../core/interactions/buttons';
import type { Interaction } from '../../core/interactions/interaction';
import { grantWishId, type GrantWish } from '../../core/interactions/wish';
import { toSayingForm, type SlackForm } from '../../core/messages/slack/forms';
import { toGrantForm } from '../../core/messages/slack/to-grant-form';
import { renderRule } from '../../core/network/rule-source';
import { parseTargetText, TARGET_FORM, toTargetText } from '../../core/parse-target-text';
import type { Answerer } from '../../core/questions/may-answer';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { InteractPorts, InteractSettings } from './interact-ports';
import { makeWish } from './make-wish';
import { whoMay } from './who-may';

type Submission = Extract<Interaction, { readonly kind: 'submission' }>;

/** What is wrong, by the field where it is shown. */
export type Mistakes = Readonly<Record<string, string>>;

/**
 * Shows whoever may open something the form that asks what. Who may not is notified by the caller.
 *
 * @param target as people write it; empty where the click names none
 */
export async function showGrantForm(
  user: string,
  target: string,
  triggerId: string,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<Result<void, string>> {
  const by = await granter(user, settings, ports);
  if (!by.ok) return by;
  const { limits } = by.value;
  const opened = await ports.slack.openForm(triggerId, toGrantForm(target, limits));
  return opened.ok ? opened : failure(`The form could not be shown: ${opened.error} Nothing was changed; try again.`);
}

/** Takes the form that somebody has filled in: what they are shown then, or what is wrong with it. */
export async function takeGrantForm(
  { user, viewId, fields }: Submission,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<Result<SlackForm, Mistakes>> {
  const by = await granter(user, settings, ports);
  if (!by.ok) return failure({ [GRANT_FIELDS.reason]: by.error });
  const now = ports.clock.now();
  const wanted = readWanted(fields, settings, by.value.limits);
  if (!wanted.ok) return wanted;
  const { target, rule, seconds, reason } = wanted.value;
  const wish: GrantWish = {
    ...{ kind: 'grant', wishId: grantWishId(viewId), target, by: by.value.name, at: now.toISOString() },
    ...{ rule, until: new Date(now.getTime() + seconds * 1000).toISOString(), reason },
  };
  const made = await makeWish(wish, () => Promise.resolve(), ports);
  if (!made.ok) return failure({ [GRANT_FIELDS.reason]: made.error });
  return success(
    toSayingForm(
      'Asked for',
      `${renderRule(rule)} on ${toTargetText(target)}, until ${wish.until.slice(0, 16)}Z. The channel is notified when ` +
        'it is open, or why it is not, and when it has been taken away.',
    ),
  );
}

async function granter(
  user: string,
  { rights: { granters }, grantLimits: limits }: InteractSettings,
  ports: InteractPorts,
): Promise<Result<Answerer & { readonly limits: NonNullable<InteractSettings['grantLimits']> }, string>> {
  if (granters === undefined || limits === undefined) {
    return failure('Nobody in Slack may open anything for a while: grants.approvers in portcullis.yaml names nobody.');
  }
  const by = await whoMay(user, granters, 'open anything for a while', ports);
  return by.ok ? success({ ...by.value, limits }) : by;
}

interface Wanted {
  readonly target: Target;
  readonly rule: GrantWish['rule'];
  readonly seconds: number;
  readonly reason: string;
}

function readWanted(
  fields: Submission['fields'],
  { regions }: InteractSettings,
  limits: NonNullable<InteractSettings['grantLimits']>,
): Result<Wanted, Mistakes> {
  const text = (field: string) => (fields[field] ?? '').trim();
  const target = parseTargetText(text(GRANT_FIELDS.target));
  const portText = text(GRANT_FIELDS.port);
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  const reason = text(GRANT_FIELDS.reason);
  const source = text(GRANT_FIELDS.source);
  const wanted = checkWanted({ source, port, duration: text(GRANT_FIELDS.length) }, limits);
  const ofTarget = problemOfTarget(target, regions);
  const mistakes: Mistakes = {
    ...(ofTarget === undefined ? {} : { [GRANT_FIELDS.target]: ofTarget }),
    ...(wanted.ok ? {} : Object.fromEntries(wanted.error.map(({ field, problem }) => [field, problem]))),
    ...(reason === '' ? { [GRANT_FIELDS.reason]: 'say why it is to be opened' } : {}),
    ...(reason.length > MOST_COMMENT
      ? { [GRANT_FIELDS.reason]: `is longer than ${String(MOST_COMMENT)} characters; say it shorter` }
      : {}),
  };
  if (target === undefined || !wanted.ok || Object.keys(mistakes).length > 0) return failure(mistakes);
  return success({ target, ...wanted.value, reason });
}

function problemOfTarget(target: Target | undefined, regions: readonly string[]): string | undefined {
  if (target === undefined) return `is no target; write ${TARGET_FORM}`;
  if (target.kind !== 'security-group') return 'is no security group; name one, such as sg-…';
  if (regions.includes(target.region)) return undefined;
  return `${target.region} is none of members.regions; these are: ${regions.join(', ')}`;
}
