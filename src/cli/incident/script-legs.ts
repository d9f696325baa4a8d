// A script's legs as instruments: of their own when nobody says otherwise, or those of a bot's config, to whose ticks and
// lots the script's decimals are brought. What does not fit is an error that names the value and the grid.

import { decimalToSteps, OffGrid } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { instrumentOf } from "../../domain/instrument.ts";
import { instrumentId, venueId } from "../../domain/units.ts";
import type { Act, Script, ScriptLeg } from "../../incident/script.ts";
import { CliError } from "../cli-error.ts";

export type PlayedAct = Readonly<{ after: number; do: Act["do"]; lots: number | undefined }>;

/** One leg in the units of the instrument that plays it. */
export type PlayedLeg = Readonly<{
  leg: string;
  bid: number;
  ask: number;
  position: number;
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
  return instruments.map((instrument, index) => {
    const leg = legs[index] ?? { ...(legs[0] as ScriptLeg), leg: instrument.symbol, orders: [] };
    try {
      return played(leg, instrument);
    } catch (error) {
      if (!(error instanceof OffGrid)) throw error;
      throw new CliError(
        `${name}: ${leg.leg} on ${instrument.symbol}: ${error.message}; ` +
          "play it with a bot whose instrument has steps as fine",
      );
    }
  });
}

function played(leg: ScriptLeg, { tickSize, lotSize }: Instrument): PlayedLeg {
  return {
    leg: leg.leg,
    bid: decimalToSteps(leg.bid, tickSize),
    ask: decimalToSteps(leg.ask, tickSize),
    position: decimalToSteps(leg.position ?? "0", lotSize),
    orders: leg.orders.map((acts) =>
      acts.map(({ after, do: what, size }) => ({
        ...{ after, do: what },
        lots: size === undefined ? undefined : decimalToSteps(size, lotSize),
      })),
    ),
  };
}
