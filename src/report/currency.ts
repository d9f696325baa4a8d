// Which currency a run is reported in. Coins pegged to the dollar are counted one to one, and the label says so.

import type { Instrument } from "../domain/instrument.ts";

/** Pegged to the US dollar, as far as this report is concerned. */
const DOLLARS: ReadonlySet<string> = new Set(["USD", "USDT", "USDC", "USDE", "DUSD", "FDUSD"]);

/** `mixed` is true when the instruments cannot be summed in one currency. */
export function currencyOf(
  instruments: readonly Pick<Instrument, "quote">[],
): Readonly<{ label: string; mixed: boolean }> {
  const quotes = [...new Set(instruments.map((instrument) => instrument.quote))].sort();
  if (quotes.length <= 1) return { label: quotes[0] ?? "", mixed: false };
  const mixed = !quotes.every((quote) => DOLLARS.has(quote));
  return { label: mixed ? quotes.join("/") : "USD", mixed };
}
