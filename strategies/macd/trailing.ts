// Where the stop stands next: at the entry once the trade has earned its risk, then behind the best price. It only ever
// comes nearer. A bar moves it for the bars after it, never for itself: which of its prices came first nobody knows.
// Pure. Source: users' configs, "break-even at 1 R", "trailing 2/1/0.5 %": activation, distance, least step.

import type { BarRange } from "./exits.ts";
import { inFavourBy } from "./exits.ts";
import type { ExitConfig } from "./macd-config.ts";
import type { StopKind, Trade } from "./trade.ts";
import { priceAtR } from "./trade.ts";

export type StopPlace = Readonly<{ stopTicks: number; stopKind: StopKind; bestTicks: number }>;

export function nextStop(
  trade: Trade,
  entryTicks: number,
  bar: BarRange,
  config: ExitConfig,
): StopPlace {
  const { direction } = trade;
  const reached = direction > 0 ? bar.high : bar.low;
  const bestTicks = direction * Math.max(direction * reached, direction * trade.bestTicks);
  const place: StopPlace = { stopTicks: trade.stopTicks, stopKind: trade.stopKind, bestTicks };
  return trailed(trade, entryTicks, brokenEven(trade, entryTicks, bar, place, config), config);
}

function brokenEven(
  trade: Trade,
  entryTicks: number,
  bar: BarRange,
  place: StopPlace,
  config: ExitConfig,
): StopPlace {
  const at = config.breakEvenRPermille;
  if (at === undefined || trade.direction * (entryTicks - place.stopTicks) <= 0) return place;
  if (inFavourBy(trade, bar, priceAtR(trade, entryTicks, at)) < 0) return place;
  return { ...place, stopTicks: entryTicks, stopKind: "break-even" };
}

function trailed(
  trade: Trade,
  entryTicks: number,
  place: StopPlace,
  { trailing }: ExitConfig,
): StopPlace {
  if (trailing === undefined) return place;
  const { direction } = trade;
  const profit = direction * (place.bestTicks - entryTicks);
  if (profit < part(entryTicks, trailing.activationPermille)) return place;
  const stopTicks = place.bestTicks - direction * part(place.bestTicks, trailing.distancePermille);
  const nearer = direction * (stopTicks - place.stopTicks);
  if (nearer < Math.max(1, part(entryTicks, trailing.stepPermille))) return place;
  return { ...place, stopTicks, stopKind: "trailing-stop" };
}

function part(ticks: number, permille: number): number {
  return Math.round((ticks * permille) / 1000);
}
