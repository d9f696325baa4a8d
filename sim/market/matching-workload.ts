// A public matching-engine workload: deterministic order flow for one symbol, in five scenarios.
// Source: flash1-dev/matching-engine-benchmark (arXiv 2606.01183); its message streams are pinned by hash in
// test/golden. Good for checking and timing a matcher; useless for judging queue models, since each order's life
// ends before the next arrives, so that nobody ahead in a queue ever cancels.

import { Mt19937 } from "./mt19937.ts";

/** Message kinds, in the low two bits of `meta`. */
export const MESSAGE_NEW = 0;
export const MESSAGE_CANCEL = 1;
const MESSAGE_MODIFY = 2;
export const MESSAGE_KIND = 0b0011;
/** Set: a sell. */
export const MESSAGE_ASK = 0b0100;
export const MESSAGE_IOC = 0b1000;

/** Messages as columns. Ids are dense from 1; prices and quantities are whole numbers ≥ 1. */
export type MatchingMessages = Readonly<{
  count: number;
  meta: Uint8Array;
  quantity: Int32Array;
  id: Int32Array;
  price: Int32Array;
  priceMax: number;
  idMax: number;
}>;

/** How far the mid price wanders: volatility a year and the swing it reaches over the whole stream. */
export type MatchingScenario = Readonly<{ name: string; volatility: number; swing: number }>;

/** The five published scenarios. */
export const matchingScenarios: readonly MatchingScenario[] = [
  { name: "static", volatility: 0, swing: 0 },
  { name: "normal", volatility: 0.15, swing: 0.02 },
  { name: "swing-25", volatility: 0.5, swing: 0.25 },
  { name: "swing-40", volatility: 0.5, swing: 0.4 },
  { name: "flash-crash", volatility: 0.5, swing: 0.6 },
];

/** All constants below are the published workload's own. */
const SEED = 23;
const ORDERS = 1_000_000;
const START_MID = 167.52;
const TICK = 0.005;
const DEPTH_LEVELS = 800;
const FRACTION_FLOOR = 1e-300;
/** No order makes more than five messages: new, modify, cancel, and a duplicate of each of the last two. */
const MESSAGES_PER_ORDER_MAX = 5;

/** The orders before they are shuffled: order i has id i + 1 and buys in the first half. */
type Orders = Readonly<{ price: Int32Array; quantity: Int32Array; level: Int32Array }>;

/** Makes a scenario's whole message stream; about a second. */
export function matchingMessages(scenario: MatchingScenario): MatchingMessages {
  const random = new Mt19937(SEED);
  const orders = drawOrders(random, scenario);
  const sequence = shuffled(random, ORDERS);
  return drawMessages(random, orders, sequence);
}

function normal(random: Mt19937): number {
  const first = Math.max(random.fraction(), FRACTION_FLOOR);
  const second = random.fraction();
  const radius = Math.sqrt(-2 * Math.log(first)); // ambient-ok: published workload's own formula
  return radius * Math.cos(2 * Math.PI * second); // ambient-ok: published workload's own formula
}

function exponential(random: Mt19937, rate: number): number {
  const fraction = Math.max(random.fraction(), FRACTION_FLOOR);
  return -Math.log(fraction) / rate; // ambient-ok: published workload's own formula
}

/** Half away from zero; every value here is positive. */
function rounded(value: number): number {
  return Math.floor(value + 0.5);
}

/** Running sums of the depth profile: a power law from the touch with a bump at the eighth level. */
function depthSums(): Float64Array {
  const sums = new Float64Array(DEPTH_LEVELS);
  let sum = 0;
  for (let k = 0; k < DEPTH_LEVELS; k += 1) {
    const away = k - 8;
    const fall = (k + 1) ** 2.23; // ambient-ok: published workload's own formula
    sum += 1 / fall + 5 * Math.exp((-away * away) / 2); // ambient-ok: published workload's own formula
    sums[k] = sum;
  }
  return sums;
}

/** The first index whose sum reaches `target`. */
function firstReaching(sums: Float64Array, target: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}

function drawOrders(random: Mt19937, { volatility, swing }: MatchingScenario): Orders {
  const ratio = volatility === 0 ? 0 : swing / volatility;
  const sigma = volatility * Math.sqrt((ratio * ratio) / ORDERS);
  const sums = depthSums();
  const total = sums[DEPTH_LEVELS - 1] as number;
  const price = new Int32Array(ORDERS);
  const quantity = new Int32Array(ORDERS);
  const level = new Int32Array(ORDERS);
  let mid = START_MID;
  for (let i = 0; i < ORDERS; i += 1) {
    const step = (-sigma * sigma) / 2 + sigma * normal(random);
    mid *= Math.exp(step); // ambient-ok: published workload's own formula
    const onGrid = rounded(mid / TICK) * TICK;
    const middle = rounded(onGrid / TICK);
    const k = firstReaching(sums, random.fraction() * total);
    level[i] = k;
    price[i] = Math.max(1, i < ORDERS / 2 ? middle - (k + 1) : middle + (k + 1));
    quantity[i] = random.integer(1, 100);
  }
  return { price, quantity, level };
}

function shuffled(random: Mt19937, count: number): Int32Array {
  const sequence = new Int32Array(count);
  for (let i = 0; i < count; i += 1) sequence[i] = i;
  for (let i = count - 1; i > 0; i -= 1) {
    const j = random.integer(0, i);
    const held = sequence[i] as number;
    sequence[i] = sequence[j] as number;
    sequence[j] = held;
  }
  return sequence;
}

/**
 * Draws each order's life in turn. The published generator then sorts by time; its clock never goes back, so the
 * sort changes nothing and times are not kept, but every draw that would have moved the clock is made.
 */
function drawMessages(random: Mt19937, orders: Orders, sequence: Int32Array): MatchingMessages {
  const capacity = ORDERS * MESSAGES_PER_ORDER_MAX;
  const meta = new Uint8Array(capacity);
  const quantity = new Int32Array(capacity);
  const id = new Int32Array(capacity);
  const price = new Int32Array(capacity);
  let count = 0;
  let priceMax = 0;
  const push = (kind: number, order: number, atPrice: number, lots: number): void => {
    meta[count] = kind | (order < ORDERS / 2 ? 0 : MESSAGE_ASK);
    quantity[count] = lots;
    id[count] = order + 1;
    price[count] = atPrice;
    if (atPrice > priceMax) priceMax = atPrice;
    count += 1;
  };
  for (const order of sequence) {
    const atPrice = orders.price[order] as number;
    const lots = orders.quantity[order] as number;
    const towardsTouch = order < ORDERS / 2 ? 1 : -1;
    const immediate = random.fraction() < 0.15;
    push(immediate ? MESSAGE_NEW | MESSAGE_IOC : MESSAGE_NEW, order, atPrice, lots);
    if (immediate) continue;
    const modified = random.fraction() < 0.2;
    let newPrice = atPrice;
    if (modified) {
      random.fraction(); // how long until the modify
      if (random.fraction() < 0.8) newPrice += towardsTouch;
      push(MESSAGE_MODIFY, order, newPrice, lots + 1);
    }
    const cancelled = random.fraction() < 0.95;
    if (cancelled) {
      const rate = Math.LN2 / 431 / Math.sqrt(1 + (orders.level[order] as number));
      exponential(random, rate); // how long until the cancel
      push(MESSAGE_CANCEL, order, atPrice, lots);
      if (random.fraction() < 0.02) {
        random.fraction(); // how long until the duplicate
        push(MESSAGE_CANCEL, order, atPrice, lots);
      }
    }
    if (modified && cancelled && random.fraction() < 0.02) {
      random.fraction(); // how long until the duplicate
      push(MESSAGE_MODIFY, order, newPrice, lots + 1);
    }
  }
  return { count, meta, quantity, id, price, priceMax, idMax: ORDERS };
}
