// The market a recording makes: levels, orders or candles, under the rules of the venue it trades on.

import type { Instrument } from "../../src/domain/instrument.ts";
import { CandleMarket } from "../exchange/candle-market.ts";
import type { FillModel } from "../exchange/fill-model.ts";
import { LevelsMarket } from "../exchange/levels-market.ts";
import type { Market, MarketSink } from "../exchange/market.ts";
import { OrderLevelMarket } from "../exchange/order-level-market.ts";
import type { VenueProfile } from "../exchange/profile.ts";
import type { Recording } from "./scenario.ts";

/** The market of one instrument, reporting to `sink`. */
export function recordedMarket(
  instrument: Instrument,
  recording: Recording,
  profile: VenueProfile,
  fillModel: FillModel,
  sink: MarketSink,
): Market {
  const { selfTrade } = profile;
  const amend = profile.amend === "keep-when-smaller" ? "keep-when-smaller" : "back";
  switch (recording.kind) {
    case "levels":
      return new LevelsMarket(instrument, recording.source, { fillModel, selfTrade, amend }, sink);
    case "orders":
      return new OrderLevelMarket(instrument, recording.source, { selfTrade, amend }, sink);
    case "bars":
      return new CandleMarket(instrument, recording.source, sink, {
        spreadTicks: recording.spreadTicks,
        volumeShareMaxBps: recording.volumeShareMaxBps,
        arrivalGraceUs: recording.arrivalGraceUs,
      });
  }
}
