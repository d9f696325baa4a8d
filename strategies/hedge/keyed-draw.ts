// The bot's own chance: a number from (seed, site, ordinal) and nothing else, so that a run repeats and a restart
// draws what it would have drawn. A murmur3 finaliser over the three; integers and one exact division only.

const SITES = ["direction", "delay", "hold"] as const;
export type DrawSite = (typeof SITES)[number];

export type DrawKey = Readonly<{ seed: number; site: DrawSite; ordinal: number }>;

/** A whole number from 0 to 2^32 − 1. */
export function drawUint32(key: DrawKey): number {
  let hash = mixed(key.seed | 0, 0x9e3779b9);
  hash = mixed(hash, Math.floor(key.seed / 4_294_967_296) | 0);
  hash = mixed(hash, SITES.indexOf(key.site) + 1);
  return mixed(hash, key.ordinal | 0) >>> 0;
}

/** A whole number from `min` to `max`, both included. */
export function drawBetween(key: DrawKey, min: number, max: number): number {
  return min + Math.floor((drawUint32(key) / 4_294_967_296) * (max - min + 1));
}

function mixed(hash: number, value: number): number {
  let mix = hash ^ Math.imul(value, 0xcc9e2d51);
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
