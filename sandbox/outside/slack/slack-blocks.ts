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

const actionId = z.string().min(1).max(255);

const input = z.strictObject({
  type: z.literal('input'),
  block_id: z.string().min(1).max(255),
  label: plain(2000),
  optional: z.boolean().exactOptional(),
  hint: plain(2000).exactOptional(),
  element: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('datepicker'), action_id: actionId }),
    z.strictObject({
      type: z.literal('plain_text_input'),
      action_id: actionId,
      multiline: z.boolean().exactOptional(),
      max_length: z.int().min(1).max(3000).exactOptional(),
      initial_value: z.string().exactOptional(),
      placeholder: plain(150).exactOptional(),
    }),
    z.strictObject({
      type: z.literal('radio_buttons'),
      action_id: actionId,
      options: z
        .array(z.strictObject({ text: plain(75), value: z.string().min(1).max(150) }))
        .min(1)
        .max(10),
    }),
  ]),
});

/** https://docs.slack.dev/reference/views/modal-views */
export const form = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3000),
    title: plain(24),
    submit: plain(24).exactOptional(),
    close: plain(24),
    blocks: z.array(z.union([block, input])).max(100),
  })
  .refine(({ submit, blocks }) => submit !== undefined || blocks.every(({ type }) => type !== 'input'));
