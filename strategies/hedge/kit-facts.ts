// What checkers can hold a hedge to, read off its config: how far its legs may part, and how long it takes to close them;
// and which of its settings a campaign may turn.

import type { KnownMarkets, StrategyKnob } from "../../src/config/strategy-kit.ts";
import { turnedSetting } from "../../src/config/turned-setting.ts";
import { legsOf, unitsPerLot } from "../../src/domain/common-units.ts";
import { instrumentId } from "../../src/domain/units.ts";
import type { HedgeConfig, HedgeLegConfig } from "./hedge-config.ts";

/** While a venue is out of reach a hedge goes through its procedure more than once before it gives up. */
const TRIES_IN_TROUBLE = 4;

/** The time of the limits, as much again where there is no price, and once more for market orders. */
const STEADY_TRIES = 3;

export function hedgeFacts(config: HedgeConfig, { instruments, startPrices }: KnownMarkets) {
  const { maker, taker, orderLots, cycleLots, imbalanceBps } = config;
  const pair = {
    first: instrumentId(maker.instrument),
    second: instrumentId(taker.instrument),
    firstMultiplier: maker.baseMultiplier,
    secondMultiplier: taker.baseMultiplier,
  };
  const [primaryUnitsPerLot, hedgeUnitsPerLot] = unitsPerLot(legsOf(pair, instruments));
  // As the bot's own guard has it: a share, and no less than what whole lots and least orders leave over.
  const lots = Math.max(orderLots, cycleLots);
  const share = Math.floor((lots * primaryUnitsPerLot * imbalanceBps) / 10_000);
  const leastOf = (leg: HedgeLegConfig, unitsPerLot: number): number =>
    leastLots(leg, startPrices[leg.instrument] as number) * unitsPerLot;
  const least = Math.max(leastOf(maker, primaryUnitsPerLot), leastOf(taker, hedgeUnitsPerLot));
  const units = Math.max(share, least - 1);
  const withinUs =
    config.imbalanceGraceUs + config.opens.timeoutUs + config.resolveUs + 2 * config.answerUs;
  const orderUnits = orderLots * primaryUnitsPerLot;
  return {
    quotes: [{ instrument: maker.instrument, sideLotsMax: orderLots }],
    hedges: [
      {
        primary: maker.instrument,
        hedge: taker.instrument,
        primaryUnitsPerLot,
        hedgeUnitsPerLot,
        exposureMaxUnits: units,
        orderUnits: orderUnits + units,
        withinUs,
        steadyWithinUs: Math.min(withinUs, STEADY_TRIES * config.opens.timeoutUs),
        troubledWithinUs: TRIES_IN_TROUBLE * withinUs,
        restUnits: units,
        oneAtATime: true,
      },
    ],
  };
}

/** The least order; its value is judged at half the price, as far as a market made of a seed may fall. */
function leastLots({ lotsMin, notionalMinTickLots }: HedgeLegConfig, priceTicks: number): number {
  return Math.max(lotsMin, Math.ceil((2 * notionalMinTickLots) / priceTicks));
}

export function hedgeKnobs(config: HedgeConfig): readonly StrategyKnob<HedgeConfig>[] {
  return [
    { name: "seed", least: 1, most: 1_000_000, turned: (told, seed) => ({ ...told, seed }) },
    turnedSetting(config, "makerOrderUs"),
    turnedSetting(config, "buildUs"),
    turnedSetting(config, "windDownUs"),
    turnedSetting(config, "repriceTicks"),
    turnedSetting(config, "repriceUs"),
    turnedSetting(config, "marketTriesMax"),
    turnedSetting(config, "answerUs"),
    turnedSetting(config, "monitorUs"),
    turnedSetting(config, "wakeUs"),
    // 1: as the config has it; 2: market orders at once.
    {
      name: "hedgeMode",
      least: 1,
      most: 2,
      turned: (told, to): HedgeConfig => (to === 2 ? { ...told, hedgeMode: "market" } : told),
    },
  ];
}
