import { z } from 'zod';
import { jsonAnswer, jsonBody, type OutsideRequest } from '../outside-request';
import type { Answer } from '../receivers';
import { block, form } from './slack-blocks';

const message = {
  channel: z.string().regex(/^[CGD][A-Z0-9]{2,}$/),
  text: z.string().max(40_000),
  blocks: z.array(block).min(1).max(50).refine(areNamedOnce, 'two blocks have the same block_id'),
};

function areNamedOnce(blocks: readonly z.output<typeof block>[]): boolean {
  const ids = blocks.flatMap((each) => ('block_id' in each ? [each.block_id] : []));
  return new Set(ids).size === ids.length;
}

const posted = z.strictObject({
  ...message,
  thread_ts: z.string().exactOptional(),
  unfurl_links: z.boolean().exactOptional(),
  unfurl_media: z.boolean().exactOptional(),
});

const updated = z.strictObject({ ...message, ts: z.string() });

/** Slack documents none for all blocks together, and refuses more than some 13,200. */
const MAX_CHARACTERS = 13_000;

const opened = z.strictObject({ trigger_id: z.string().min(1), view: form });

/** Who clicked gets a reply, or the message changes: whatever a `response_url` takes. */
const reply = z.strictObject({
  response_type: z.enum(['ephemeral', 'in_channel']).exactOptional(),
  replace_original: z.boolean().exactOptional(),
  text: z.string().max(40_000),
  blocks: z.array(block).max(50).exactOptional(),
});

/**
 * chat.postMessage, chat.update, auth.test, views.open and usergroups.users.list, with the blocks and forms that
 * Portcullis uses, and addresses that whoever clicked is answered at. Messages are known by `ts`; nothing else is kept.
 * A user group has one user: the one whose id goes on as its own does, U0123ABCD of S0123ABCD.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function createSlackReceiver(): Answer {
  const known = new Set<string>();
  return (request) => {
    const { hostname, pathname, searchParams } = new URL(request.url);
    if (hostname.startsWith('hooks.')) return reply.safeParse(jsonBody(request)).success ? OK : jsonAnswer(400, {});
    if (!/^Bearer xox/.test(request.headers['authorization'] ?? '')) return refuse('not_authed');
    switch (pathname.replace('/api/', '')) {
      case 'chat.postMessage':
        return takeMessage(posted, request, known);
      case 'chat.update':
        return takeMessage(updated, request, known);
      case 'auth.test':
        return jsonAnswer(200, { ok: true, team: 'Example', user: 'portcullis' });
      case 'views.open':
        return opened.safeParse(jsonBody(request)).success
          ? jsonAnswer(200, { ok: true })
          : refuse('invalid_arguments');
      case 'usergroups.users.list':
        return listUsers(searchParams.get('usergroup') ?? '');
      default:
        return refuse('unknown_method');
    }
  };
}

const OK = { status: 200, headers: {}, body: 'ok' };

/** @param why in words, as Slack's `response_metadata` has them */
const refuse = (error: string, why?: string) =>
  jsonAnswer(200, { ok: false, error, ...(why !== undefined && { response_metadata: { messages: [why] } }) });

function takeMessage(schema: typeof posted | typeof updated, request: OutsideRequest, known: Set<string>) {
  const parsed = schema.safeParse(jsonBody(request));
  if (!parsed.success) {
    const isOfChannel = parsed.error.issues.some(({ path }) => path[0] === 'channel');
    return refuse(isOfChannel ? 'channel_not_found' : 'invalid_blocks', z.prettifyError(parsed.error));
  }
  const { channel, blocks } = parsed.data;
  if (JSON.stringify(blocks).length > MAX_CHARACTERS) return refuse('msg_blocks_too_long');
  const about = 'ts' in parsed.data ? parsed.data.ts : parsed.data.thread_ts;
  if (about !== undefined && !known.has(about)) return refuse('message_not_found');
  const ts = 'ts' in parsed.data ? parsed.data.ts : `1700000000.${String(known.size + 1).padStart(6, '0')}`;
  known.add(ts);
  return jsonAnswer(200, { ok: true, channel, ts });
}

function listUsers(group: string) {
  return /^S[A-Z0-9]+$/.test(group)
    ? jsonAnswer(200, { ok: true, users: [`U${group.slice(1)}`] })
    : refuse('no_such_subteam');
}
