// What a command's fields are in the journal, kind by kind, sent or refused; command-decoder.ts mirrors it.

import { unreachable } from "../domain/assert.ts";
import type { Command } from "../domain/command.ts";
import { COMMAND_KINDS, TIMES_IN_FORCE } from "./entry-codes.ts";
import type { EntryFields } from "./entry-fields.ts";
import { putOrder, sideCode } from "./event-encoder.ts";

/** Takes in a refused command: its texts are the rule and the reason, and a reason to halt is left out. */
export function putRefusal(
  fields: EntryFields,
  command: Command,
  code: number,
  at: number,
  cause: number,
  rule: string,
  reason: string,
): void {
  putCommand(fields, command, code, at, cause);
  fields.addText(rule);
  fields.addText(reason);
}

/** Takes in a command under `code` + the number of its kind. */
export function putCommand(
  fields: EntryFields,
  command: Command,
  code: number,
  at: number,
  cause: number,
): void {
  fields.begin(code + COMMAND_KINDS.indexOf(command.kind), at, at);
  fields.add(cause);
  switch (command.kind) {
    case "PlaceOrder":
      putOrder(fields, command.instrument, command.orderId);
      fields.add(sideCode(command.side));
      fields.addOptional(command.price);
      fields.add(command.size);
      fields.add(TIMES_IN_FORCE.indexOf(command.timeInForce));
      fields.add(command.reduceOnly ? 1 : 0);
      break;
    case "CancelOrder":
      putOrder(fields, command.instrument, command.orderId);
      break;
    case "AmendOrder":
      putOrder(fields, command.instrument, command.orderId);
      fields.add(command.price);
      fields.add(command.size);
      break;
    case "CancelAll":
      fields.add(command.venue);
      fields.addOptional(command.instrument);
      break;
    case "ReportAccount":
      fields.add(command.venue);
      break;
    case "ScheduleCancel":
      fields.add(command.venue);
      fields.addOptional(command.at);
      break;
    case "SetTimer":
      fields.add(command.timer);
      fields.add(command.at);
      break;
    case "ClearTimer":
      fields.add(command.timer);
      break;
    case "Halt":
      fields.addText(command.reason);
      break;
    default:
      unreachable(command);
  }
}
