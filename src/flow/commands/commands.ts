import { answerInput } from './answer-input';
import { answerWith } from './answer-questions';
import { askForContext } from './ask-for-context';
import { askToAccept } from './ask-to-accept';
import { askToEndException, askToEndGrant } from './ask-to-end';
import { askToClose } from './ask-to-close';
import { askToUndo } from './ask-to-undo';
import { command, type Command } from './command';
import * as input from './command-input';
import { endGrantInput, openInput } from './grant-input';
import { openAccess } from './open-access';
import { engage } from './engage';
import { probeChannels, probeInput } from './probe-channels';
import { release } from './release';
import { testChannel } from './test-channel';
import { policyInput, showPolicy } from './show-policy';
import { startScan } from './start-scan';
import { withdraw } from './withdraw';

/** Every command that the function carries out, by the name in the request's `command`. Another one is a line here. */
export const COMMANDS = {
  remediate: command(input.closeInput, askToClose),
  undo: command(input.undoInput, askToUndo),
  accept: command(input.acceptInput, askToAccept),
  'end-exception': command(input.endExceptionInput, askToEndException),
  open: command(openInput, openAccess),
  'end-grant': command(endGrantInput, askToEndGrant),
  context: command(input.contextInput, askForContext),
  engage: command(input.engageInput, engage),
  release: command(input.releaseInput, release),
  notify: command(input.testChannelInput, testChannel),
  scan: command(input.scanInput, startScan),
  withdraw: command(input.withdrawInput, withdraw),
  policy: command(policyInput, showPolicy),
  'look-at-channels': command(probeInput, probeChannels),
  approve: command(answerInput, answerWith('close')),
  deny: command(answerInput, answerWith('leave')),
  'accept-risk': command(answerInput, answerWith('accept')),
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;
