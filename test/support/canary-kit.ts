// A bot with a planted bug, for the campaign to find: a market maker that takes an order nobody has answered for as gone,
// and asks for it again under another id. Fault catalogue F1.

import type { Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { kit as sound } from "../../strategies/market-maker/kit.ts";

export const kit = {
  ...sound,
  name: "canary",
  summary: "finds out whether bugs are found",
  create,
};

function create(...parts: Parameters<typeof sound.create>): Strategy {
  const inner = sound.create(...parts);
  return {
    name: "canary",
    wants: inner.wants,
    decide: (event, view) => inner.decide(event, forgetful(view)),
    save: () => inner.save(),
    restore: (saved) => inner.restore(saved),
  };
}

/** The view without the orders whose outcome is not known. */
function forgetful(view: View): View {
  return new Proxy(view, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (key !== "openOrders") return value.bind(target);
      return (...words: Parameters<View["openOrders"]>) =>
        target.openOrders(...words).filter(({ state }) => state !== "unknown");
    },
  });
}
