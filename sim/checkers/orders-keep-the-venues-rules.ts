// B9 (simulation-testing.md §10.2): every order satisfies tick, lot and least notional before it is sent. Judged by the
// venue's published rules of form; what depends on the moment (the touch, what is held) is not the bot's to know.

import { OrderRules } from "../exchange/order-rules.ts";
import type { CheckerMaker } from "./checker.ts";

export const ordersKeepTheVenuesRules: CheckerMaker = {
  id: "B9",
  sentence: "Every order satisfies the venue's tick, lot and least notional before it is sent.",
  watch(scene, violate) {
    const rules = scene.instruments.map((each) => new OrderRules(scene.profile(each.venue), each));
    return {
      sent(command) {
        if (command.kind !== "PlaceOrder") return;
        const { price, reduceOnly, orderId } = command;
        const form = rules[command.instrument];
        // A market order's value is known when it is filled; what a reduce-only one may be worth depends on the position.
        const isJudgedByValue = price !== undefined && !reduceOnly;
        const refusal = form?.refuse(command, undefined, Number.POSITIVE_INFINITY);
        if (refusal === undefined || (refusal === "min-notional" && !isJudgedByValue)) return;
        violate(`order ${orderId} of ${command.size} lots at ${price} is ${refusal}`);
      },
    };
  },
};
