// Net exposure of a group of instruments as a share of its gross: a book of hedges that leans too far takes on
// nothing that leans it further. Valued at the mid; an instrument without one counts at what it cost.

import { assert } from "../../domain/assert.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { InstrumentId } from "../../domain/units.ts";
import type { ExposureSkewConfig } from "../risk-config.ts";
import type { RiskRule, RiskView } from "../risk-rule.ts";
import { e8ToUnits, runDecimals } from "./money.ts";

const WHOLE_BPS = 10_000n;

export function exposureSkew(
  config: ExposureSkewConfig,
  instruments: readonly Instrument[],
): RiskRule {
  const decimals = runDecimals(instruments);
  const grossMin = e8ToUnits(config.grossMinE8, decimals);
  const limit = BigInt(config.netOfGrossBpsMax);
  assert(limit > 0n, `a skew limit is positive, was ${limit}`);
  const skewOf = (
    view: RiskView,
  ): Readonly<{ net: bigint; gross: bigint; reason: string | undefined }> => {
    let net = 0n;
    let gross = 0n;
    for (const id of config.instruments) {
      const worth = worthOf(view, id as InstrumentId, decimals);
      net += worth;
      gross += worth < 0n ? -worth : worth;
    }
    const lean = net < 0n ? -net : net;
    if (gross < grossMin || lean * WHOLE_BPS <= gross * limit)
      return { net, gross, reason: undefined };
    const share = (lean * WHOLE_BPS) / gross;
    return { net, gross, reason: `net exposure is ${share} bps of gross, limit is ${limit}` };
  };
  return {
    name: "exposure-skew",
    refuse(order, view) {
      if (!config.instruments.includes(order.instrument)) return undefined;
      const { net, reason } = skewOf(view);
      const leansFurther = net > 0n ? order.side === "bid" : order.side === "ask";
      return leansFurther ? reason : undefined;
    },
    grade(view) {
      const { reason } = skewOf(view);
      return reason === undefined ? undefined : { level: "stop", reason };
    },
  };
}

/** Signed worth of what is held, in 10^-decimals. */
function worthOf(view: RiskView, id: InstrumentId, decimals: number): bigint {
  const { lots, costTickLots } = view.position(id);
  if (lots === 0) return 0n;
  const { moneyPerTickLot, moneyDecimals } = view.instrument(id);
  const book = view.book(id);
  const bid = book.bestBid();
  const ask = book.bestAsk();
  const twice = bid === undefined || ask === undefined ? 2 * costTickLots : (bid + ask) * lots;
  let worth = BigInt(twice) * BigInt(moneyPerTickLot);
  for (let step = moneyDecimals; step < decimals; step += 1) worth *= 10n;
  return worth / 2n;
}
