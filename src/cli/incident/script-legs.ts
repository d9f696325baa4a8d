// A script's legs as instruments: of their own when nobody says otherwise, or those of a bot's config. Fills are shares of
// what the logged bot placed, so that a script asks the same of a bot that trades less; the touch, which stands still, is
// put on the instrument's ticks, bid down and ask up. A position that is off the grid is an error that names both.

import { Decimal } from "decimal.js";
import { decimalToSteps, OffGrid } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { instrumentOf } from "../../domain/instrument.ts";
import { instrumentId, venueId } from "../../domain/units.ts";
import type { Act, Script, ScriptLeg } from "../../incident/script.ts";
import { CliError } from "../cli-error.ts";

/** `share` is a part of the largest order, as a fraction of whole numbers; undefined: all that is left. */
export type PlayedAct = Readonly<{
  after: number;
  do: Act["do"];
  share: Readonly<{ of: number; in: number }> | undefined;
}>;

/** One leg in the units of the instrument that plays it. */
export type PlayedLeg = Readonly<{
  leg: string;
  bid: number;
  ask: number;
  position: number;
  /** Units of the finest lot there is in a lot of this one. */
  unitsPerLot: number;
  orders: readonly (readonly PlayedAct[])[];
}>;

/** Instruments as the logged bot's were, one a venue; a hedge's second leg is there even when the script has none. */
export function ownInstruments({ legs }: Script, count: number): readonly Instrument[] {
  return Array.from({ length: Math.max(count, legs.length) }, (_, index) => {
    const { leg, tickSize, lotSize } = legs[index] ?? { ...(legs[0] as ScriptLeg), leg: "other" };
    return instrumentOf(
      {
        ...{ venueName: leg, symbol: leg, contract: "linear", base: "BASE", quote: "USD" },
        ...{ tickSize, lotSize, contractSize: "1" },
      },
      instrumentId(index),
      venueId(index),
    );
  });
}

/**
 * A leg for each instrument; those the script has none for oblige, at the price of the first.
 * @throws {CliError} when a decimal is off an instrument's grid, or there are fewer instruments than legs.
 */
export function playedLegs(script: Script, instruments: readonly Instrument[]): PlayedLeg[] {
  const { legs, name } = script;
  if (legs.length > instruments.length) {
    throw new CliError(
      `${name} has ${legs.length} legs, and the bot ${instruments.length} instruments`,
    );
  }
  const unit = finestLot(instruments);
  return instruments.map((instrument, index) => {
    const leg = legs[index] ?? { ...(legs[0] as ScriptLeg), leg: instrument.symbol, orders: [] };
    try {
      return played(leg, instrument, { orderSize: script.orderSize, unit });
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      throw new CliError(
        `${name}: ${leg.leg} on ${instrument.symbol}: ${error.message}; ` +
          "play it with a bot whose instrument has steps as fine",
      );
    }
  });
}

type Scale = Readonly<{ orderSize: string; unit: string }>;

function played(
  leg: ScriptLeg,
  { tickSize, lotSize }: Instrument,
  { orderSize, unit }: Scale,
): PlayedLeg {
  return {
    leg: leg.leg,
    bid: new Decimal(leg.bid).dividedBy(tickSize).floor().toNumber(),
    ask: new Decimal(leg.ask).dividedBy(tickSize).ceil().toNumber(),
    position: decimalToSteps(leg.position ?? "0", lotSize),
    unitsPerLot: decimalToSteps(lotSize, unit),
    orders: leg.orders.map((acts) =>
      acts.map(({ after, do: what, size }) => ({
        ...{ after, do: what },
        share: size === undefined ? undefined : shareOf(size, orderSize),
      })),
    ),
  };
}

/** 1.33 of 5 → 133 in 500. */
function shareOf(size: string, orderSize: string): { of: number; in: number } {
  const places = Math.max(...[size, orderSize].map((text) => new Decimal(text).decimalPlaces()));
  const step = new Decimal(10).toPower(-places).toFixed();
  return { of: decimalToSteps(size, step), in: decimalToSteps(orderSize, step) };
}

/** The lot that every other is a multiple of, as instruments of one config mostly have it. */
function finestLot(instruments: readonly Instrument[]): string {
  const places = instruments.map(({ lotSize }) => new Decimal(lotSize).decimalPlaces());
  return new Decimal(10).toPower(-Math.max(0, ...places)).toFixed();
}
