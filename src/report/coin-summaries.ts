// What each coin of a run came to: its instruments together, whether coins share a bot or two venues hold one coin.
// Exact: the coins sum to the run, to the last unit of the ledger.

import type { Instrument } from "../domain/instrument.ts";
import type { EquityPart } from "./equity-track.ts";
import type { MoneyScale } from "./money-scale.ts";
import type { CoinSummary, PartPnl } from "./summary.ts";

/** `parts` and `fills` are one an instrument. */
export function coinSummaries(
  instruments: readonly Pick<Instrument, "base">[],
  parts: readonly EquityPart[],
  fills: ArrayLike<number>,
  scale: MoneyScale,
): readonly CoinSummary[] {
  const coins = new Map<string, Readonly<{ part: EquityPart; fills: number }>>();
  instruments.forEach(({ base }, index) => {
    const part = parts[index] as EquityPart;
    const before = coins.get(base);
    const count = fills[index] as number;
    if (before === undefined) coins.set(base, { part, fills: count });
    else coins.set(base, { part: sumOf(before.part, part), fills: before.fills + count });
  });
  return [...coins].map(([coin, { part, fills: count }]) => ({
    coin,
    fills: count,
    turnover: scale.text(part.turnover),
    pnl: partPnl(part, scale),
  }));
}

export function partPnl(part: EquityPart, scale: MoneyScale): PartPnl {
  return {
    net: scale.text(part.net),
    trading: scale.text(part.trading),
    unrealised: scale.text(part.unrealised),
    fees: scale.text(part.fees),
    funding: scale.text(part.funding),
  };
}

function sumOf(left: EquityPart, right: EquityPart): EquityPart {
  return {
    trading: left.trading + right.trading,
    unrealised: left.unrealised + right.unrealised,
    fees: left.fees + right.fees,
    funding: left.funding + right.funding,
    turnover: left.turnover + right.turnover,
    net: left.net + right.net,
  };
}
