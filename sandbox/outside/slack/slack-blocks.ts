import { z } from 'zod';

/** @param max of characters, as Slack documents it for where the text stands */
function plain(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().exactOptional(),
  });
}

const text = (max: number) =>
  z.union([
    plain(max),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(max),
      verbatim: z.boolean().exactOptional(),
    }),
  ]);

const style = z.enum(['primary', 'danger']).exactOptional();

const button = z.strictObject({
  type: z.literal('button'),
  action_id: z.string().min(1).max(255),
  text: plain(75),
  value: z.string().min(1).max(2000).exactOptional(),
  style,
  confirm: z
    .strictObject({ title: plain(100), text: text(300), confirm: plain(30), deny: plain(30), style })
    .exactOptional(),
});

const blockId = z.string().min(1).max(255);

/** Those of messages. https://docs.slack.dev/reference/block-kit/blocks */
export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      block_id: blockId.exactOptional(),
      text: text(3000).exactOptional(),
      fields: z.array(text(2000)).min(1).max(10).exactOptional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined),
  z.strictObject({
    type: z.literal('actions'),
    block_id: blockId.exactOptional(),
    elements: z.array(button).min(1).max(25),
  }),
]);
