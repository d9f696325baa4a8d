// `rehearse/testing`: what a bot's own tests need. A world of a seed to put a strategy in, plans of faults and flows of orders
// as fast-check arbitraries that shrink to a few lines, and the promises every bot is held to.

import { checkers } from "../../sim/checkers/checkers.ts";

// biome-ignore lint/performance/noBarrelFile: a package has one door, and this is all that is behind it
export { anyKnobs, faultPlan, orderFlow } from "./arbitraries.ts";
export { OrderFlow } from "./order-flow.ts";
export { rehearse } from "./rehearse.ts";
/** Every promise a bot is held to, as docs/CHECKERS.md numbers them; add your own beside them. */
export const invariants = checkers;
