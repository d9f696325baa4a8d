// A reason as one sentence, with its numbers.

import type { Reason } from "./reason.ts";
import type { Words } from "./words.ts";
import { clockText, countText, lengthText } from "./words.ts";

/** "never touched: the other side came no nearer than 3 ticks, at 14:03:11.250" */
export function reasonText(reason: Reason, words: Words): string {
  switch (reason.kind) {
    case "filled":
      return `filled whole: ${words.size(reason.lots)}`;
    case "filled-in-part": {
      const part = `${words.size(reason.lots)} of ${words.size(reason.size)}`;
      return `filled in part, ${part}; of the rest: ${reasonText(reason.rest, words)}`;
    }
    case "never-touched": {
      const { ticks, at } = reason.closest;
      if (ticks === undefined || at === undefined) return "never touched: there was no other side";
      const when = `at ${clockText(at)}`;
      return `never touched: the other side came no nearer than ${countText(ticks, "tick")}, ${when}`;
    }
    case "touched-behind-queue":
      return queueText(reason, words);
    case "traded-through-in-flight": {
      const traded = `${words.size(reason.lots)} traded at ${words.price(reason.priceTicks)}`;
      const by = lengthText(reason.byUs);
      return reason.when === "before-it-arrived"
        ? `traded through while in flight: ${traded}, ${by} before it arrived`
        : `traded through while in flight: ${traded}, ${by} after it was cancelled and before we knew`;
    }
    case "cancelled-early": {
      const filled = `${words.size(reason.lots)} of it would have filled at ${clockText(reason.at)}`;
      return `cancelled ${lengthText(reason.byUs)} early: in the same queue ${filled}`;
    }
    case "refused-by-rule":
      return `refused by our rule ${reason.rule}: ${reason.reason}`;
    case "refused-by-venue":
      return `refused by the venue, ${reason.reason}: "${reason.text}"`;
    case "post-only-would-cross": {
      const other = words.price(reason.other);
      return `post-only would cross: ${words.price(reason.price)} met ${other} when it arrived`;
    }
    case "found-nothing":
      return `found nothing to take (${reason.reason}): the other side's best was ${words.price(reason.other)}`;
    case "never-arrived": {
      const { arrivesAt, endedAt } = reason;
      if (arrivesAt === undefined) return "never arrived: it was not sent before the run ended";
      const late = `${lengthText(arrivesAt - endedAt)} after the run ended`;
      return `never arrived: it was on its way until ${clockText(arrivesAt)}, ${late}`;
    }
    case "closed-by-venue":
      return `closed by the venue: ${reason.reason}`;
    case "open-at-end":
      return `still open at the end: ${reasonText(reason.so, words)}`;
    case "not-told":
      return `not told: ${reason.why}`;
    default:
      return reason satisfies never;
  }
}

function queueText(
  reason: Extract<Reason, { kind: "touched-behind-queue" }>,
  words: Words,
): string {
  const { aheadAtRest, aheadAtEnd, printedLots, throughLots, prints, cancelledAhead } = reason;
  const ahead = `touched with ${words.size(aheadAtRest)} ahead`;
  const through = throughLots > 0 ? ` and ${words.size(throughLots)} through it` : "";
  const at = `${words.size(printedLots)} traded there${through}`;
  const traded = prints === 0 ? "nothing traded there" : `${at} in ${countText(prints, "print")}`;
  const left = cancelledAhead > 0 ? `, ${words.size(cancelledAhead)} left ahead of it` : "";
  return `${ahead}: ${traded}${left}, ${words.size(aheadAtEnd)} ahead at the end`;
}
