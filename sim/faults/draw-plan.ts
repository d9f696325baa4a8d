// Draws a plan of faults from a seed: first how much trouble there is at all, then which kinds are on and how often, then
// each fault. Every draw is keyed by (seed, what for, entity, how manieth), so that a kind added to the catalogue, or a
// fault taken out of a plan, moves no other. Between two faults lies one drawn gap: drawing costs what the plan holds.
// Source of the portfolio: ⅓ everything, ⅓ random subsets, ⅓ one or two kinds alone, because faults hide each other
// (docs/FAULTS.md).

import { assert } from "../../src/domain/assert.ts";
import type { Rng } from "../../src/ports/rng.ts";
import { logUniform, unitExponentialMilli } from "../kernel/draw-shapes.ts";
import { randomSite } from "../kernel/keyed-rng.ts";
import type { Envelope } from "./envelope.ts";
import { insideEnvelope } from "./envelope.ts";
import type { Fault, FaultPlan, FaultSite } from "./fault.ts";
import type { FaultKind } from "./fault-kind.ts";
import { sortedPlan } from "./plan-order.ts";

/** How much trouble a seed has; "named" is all the kinds there are to draw from, often, and is only ever asked for. */
export type PlanMix = "none" | "everything" | "subset" | "few" | "outside" | "named";

/** Where faults can fall. */
export type PlanSpace = Readonly<{
  /** The kinds that may be drawn at all. */
  kinds: readonly FaultKind[];
  venues: number;
  instruments: number;
  /** Seconds in which timed faults begin, from 0. */
  seconds: number;
  /** About how many requests, answers (of each venue) and acts a run has: faults beyond strike nothing. */
  requests: number;
  answers: number;
  acts: number;
  /** Of the acts, those that find something open. */
  openActs: number;
  envelope: Envelope;
  /** Draws every plan in one way; by the portfolio when absent. */
  mix?: PlanMix | undefined;
}>;

export type DrawnPlan = Readonly<{ mix: PlanMix; plan: FaultPlan }>;

const SITE_MIX = randomSite("faults.mix");
const SITE_FEW = randomSite("faults.few");
/** One seed in five is a fair world: whatever fails there fails without a fault. */
const FAIR_PERCENT = 20;
/** One seed in twenty holds something no bot can be asked to live through: it is to halt. */
const OUTSIDE_PERCENT = 5;
/** Of a random subset's kinds, a quarter are on. Source: FoundationDB's activation of its fault sites. */
const SUBSET_ONE_IN = 4;
/** One kind alone comes this many times as often as its least frequent rate. */
const FEW_RATE_SHARE = 4;
/** More faults of one kind at one entity are not drawn. */
const FAULTS_OF_A_KIND_MAX = 1_000;

export function drawPlan(rng: Rng, space: PlanSpace): DrawnPlan {
  const mix = space.mix ?? drawnMix(rng.uint32(SITE_MIX, 0, 0));
  const faults: Fault[] = [];
  for (const kind of kindsOn(rng, space.kinds, mix)) {
    const entities = entitiesOf(kind.site, space);
    for (let entity = 0; entity < entities; entity += 1) {
      drawKind(rng, kind, entity, mix, space, faults);
    }
  }
  return { mix, plan: insideEnvelope(sortedPlan(faults), space.envelope) };
}

function drawnMix(word: number): PlanMix {
  const percent = word % 100;
  if (percent < FAIR_PERCENT) return "none";
  if (percent < FAIR_PERCENT + OUTSIDE_PERCENT) return "outside";
  return (["everything", "subset", "few"] as const)[(word >>> 8) % 3] as PlanMix;
}

function kindsOn(rng: Rng, kinds: readonly FaultKind[], mix: PlanMix): readonly FaultKind[] {
  const inside = kinds.filter(({ envelope }) => envelope === "inside");
  switch (mix) {
    case "none":
      return [];
    case "everything":
      return inside;
    case "named":
      return kinds;
    case "subset":
      return subset(rng, inside);
    case "few":
      return few(rng, inside, 1 + (rng.uint32(SITE_FEW, 0, 0) & 1));
    case "outside": {
      const outside = kinds.filter(({ envelope }) => envelope === "outside");
      return [...few(rng, outside, 1), ...subset(rng, inside)];
    }
  }
}

function subset(rng: Rng, kinds: readonly FaultKind[]): readonly FaultKind[] {
  return kinds.filter(({ kind }) => rng.uint32(sitesOf(kind).on, 0, 0) % SUBSET_ONE_IN === 0);
}

/** The kinds whose own draw is least: which they are does not depend on the order of the catalogue. */
function few(rng: Rng, kinds: readonly FaultKind[], count: number): readonly FaultKind[] {
  const drawn = kinds.map((kind) => ({ kind, word: rng.uint32(sitesOf(kind.kind).few, 0, 0) }));
  drawn.sort((a, b) => a.word - b.word);
  return drawn.slice(0, count).map(({ kind }) => kind);
}

function drawKind(
  rng: Rng,
  told: FaultKind,
  entity: number,
  mix: PlanMix,
  space: PlanSpace,
  faults: Fault[],
): void {
  const { kind, site, every, parameter } = told;
  const sites = sitesOf(kind);
  const end = occasionsOf(site, entity, space);
  const most =
    mix === "few" || mix === "named"
      ? Math.max(every.least, Math.floor(every.most / FEW_RATE_SHARE))
      : every.most;
  const mean = logUniform(rng.uint32(sites.rate, entity, 0), every.least, most);
  const gap = aimedGap(site, entity, mean);
  let ordinal = firstOrdinal(site) - 1;
  for (let nth = 0; nth < FAULTS_OF_A_KIND_MAX; nth += 1) {
    const word = rng.uint32(sites.gap, entity, nth);
    ordinal += 1 + Math.floor((gap * unitExponentialMilli(word)) / 1_000);
    if (ordinal >= end) return;
    const { least, most: largest } = parameter.range;
    const size =
      least === largest ? least : logUniform(rng.uint32(sites.size, entity, nth), least, largest);
    faults.push({ site, entity, ordinal, kind, parameter: size });
  }
}

/**
 * A process dies ten times as likely while something is open: what it leaves half done then is where recoveries go wrong.
 * Two thirds of the acts are open (measured): in all it dies about as often as if none were aimed at.
 * Source: VOPR's crash probability.
 */
function aimedGap(site: FaultSite, entity: number, mean: number): number {
  if (site !== "process" && site !== "disk") return mean;
  return entity === 0 ? 7 * mean : Math.ceil((7 * mean) / 9);
}

/** Acts are counted from 1, everything else from 0. */
function firstOrdinal(site: FaultSite): number {
  return site === "process" || site === "disk" ? 1 : 0;
}

function occasionsOf(site: FaultSite, entity: number, space: PlanSpace): number {
  switch (site) {
    case "request":
      return space.requests;
    case "answer":
      return space.answers;
    case "process":
    case "disk":
      return entity === 0 ? space.acts : space.openActs;
    default:
      return space.seconds;
  }
}

function entitiesOf(site: FaultSite, space: PlanSpace): number {
  switch (site) {
    case "process":
    case "disk":
      return 2;
    case "clock":
      return 1;
    case "feed":
    case "market":
      return space.instruments;
    default:
      return space.venues;
  }
}

type KindSites = Readonly<{ on: number; few: number; rate: number; gap: number; size: number }>;

/** Only what a name hashes to, kept because a name is hashed for each plan. */
const SITES = new Map<string, KindSites>();

function sitesOf(kind: string): KindSites {
  const known = SITES.get(kind);
  if (known !== undefined) return known;
  assert(kind !== "", "a kind has a name");
  const site = (what: string): number => randomSite(`faults.${what}.${kind}`);
  const sites = {
    on: site("on"),
    few: site("few"),
    rate: site("rate"),
    gap: site("gap"),
    size: site("size"),
  };
  SITES.set(kind, sites);
  return sites;
}
