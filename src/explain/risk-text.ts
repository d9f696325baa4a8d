// Which rules looked at an order that was sent, with their limits and what they judged where that is cheap to say.

import type { PlaceOrder } from "../domain/command.ts";
import type { Glimpse } from "./witness.ts";
import type { Words } from "./words.ts";

/** Limits as a run has them, lots of the instrument; other rules by name alone. */
export type RulesOfRun = Readonly<{
  names: readonly string[];
  orderLotsMax?: number | undefined;
  positionLotsMax?: number | undefined;
  openOrdersMax?: number | undefined;
}>;

/** One sentence a rule; a reduce-only order is asked of none. */
export function riskTexts(
  place: PlaceOrder,
  saw: Glimpse | undefined,
  rules: RulesOfRun,
  words: Words,
): readonly string[] {
  if (place.reduceOnly) return ["reduce-only, which no rule stops"];
  return rules.names.map((name) => {
    const numbers = numbersOf(name, place, saw, rules, words);
    return numbers === undefined ? name : `${name} (${numbers})`;
  });
}

function numbersOf(
  name: string,
  place: PlaceOrder,
  saw: Glimpse | undefined,
  rules: RulesOfRun,
  words: Words,
): string | undefined {
  const { orderLotsMax, positionLotsMax, openOrdersMax } = rules;
  switch (name) {
    case "max-order-size":
      if (orderLotsMax === undefined) return undefined;
      return `${words.size(place.size)} of at most ${words.size(orderLotsMax)}`;
    case "max-position": {
      if (positionLotsMax === undefined || saw === undefined) return undefined;
      const open = place.side === "bid" ? saw.openBidLots : -saw.openAskLots;
      const worst = saw.position + open + (place.side === "bid" ? place.size : -place.size);
      return `worst case ${words.size(worst)} of at most ${words.size(positionLotsMax)}, before the others of this decision`;
    }
    case "max-open-orders":
      if (openOrdersMax === undefined || saw === undefined) return undefined;
      return `${saw.openOrders} open of at most ${openOrdersMax}`;
    default:
      return undefined;
  }
}
