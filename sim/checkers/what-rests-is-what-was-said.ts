// E6 (simulation-testing.md §10.1): the venue's index of our orders and what it has said of them are one list: the same
// orders, prices and lots. Looked at every 64 s, when it is quiet, and at the end.

import type { CheckerMaker } from "./checker.ts";
import type { OrderFact } from "./order-fact.ts";
import { leavesOf } from "./order-fact.ts";
import type { Truth } from "./scene.ts";

const EVERY_SECONDS = 64;

export const whatRestsIsWhatWasSaid: CheckerMaker = {
  id: "E6",
  sentence: "The orders a venue holds are those it has said it holds, with the lots it has said.",
  watch(scene, violate) {
    let seconds = 0;
    const look = () => {
      for (const { id, venue } of scene.instruments) {
        const market = marketOf(scene.exchange(venue), id);
        if (market === undefined) continue;
        const wrong = difference(market.orders(), scene.log.live[id] as OrderFact[]);
        if (wrong !== undefined) violate(`instrument ${id}: ${wrong}`);
      }
    };
    return {
      second() {
        seconds += 1;
        if (seconds % EVERY_SECONDS === 0) look();
      },
      quiet: look,
      ended: look,
    };
  },
};

function marketOf(truth: Truth, instrument: number): Truth["markets"][number] | undefined {
  return truth.markets.find((each) => each.instrument.id === instrument);
}

function difference(
  held: ReturnType<Truth["markets"][number]["orders"]>,
  said: readonly OrderFact[],
): string | undefined {
  for (const order of held) {
    const fact = said.find((each) => each.orderId === order.orderId);
    if (fact === undefined) return `order ${order.orderId} rests and was never said to`;
    const leaves = order.size - order.filled;
    if (leavesOf(fact) === leaves && fact.price === order.price) continue;
    const told = `${leavesOf(fact)} lots at ${fact.price}`;
    return `order ${order.orderId} rests with ${leaves} lots at ${order.price}, told were ${told}`;
  }
  const gone = said.find((fact) => !held.some((each) => each.orderId === fact.orderId));
  return gone === undefined ? undefined : `order ${gone.orderId} does not rest, its end is unsaid`;
}
