// L7 (simulation-testing.md §10.3): what is too small to trade is carried: of orders of an instrument refused for their
// size or value, not many come in a row.

import type { CheckerMaker } from "./checker.ts";

const REFUSED_MAX = 20;

export const dustIsNotRetried: CheckerMaker = {
  id: "L7",
  sentence: "What is too small to trade is not retried for ever.",
  watch(scene, violate) {
    const refused = new Uint32Array(scene.instruments.length);
    return {
      says(event) {
        if (event.kind === "OrderAccepted") refused[event.instrument] = 0;
        if (event.kind !== "OrderRefused") return;
        const { reason, instrument } = event;
        if (reason !== "min-notional" && reason !== "min-size" && reason !== "off-lot") return;
        const count = (refused[instrument] as number) + 1;
        refused[instrument] = count;
        if (count > REFUSED_MAX) violate(`${count} orders in a row are too small: ${reason}`);
      },
    };
  },
};
