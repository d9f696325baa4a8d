// Every invariant that is asked while a world runs, in the order of their numbers. What is missing from the numbers is
// held elsewhere: docs/CHECKERS.md says where each lives, and a test keeps that page, this list and the files in step.

import { aFillPaysItsFee } from "./a-fill-pays-its-fee.ts";
import { aHaltReachesEveryVenue } from "./a-halt-reaches-every-venue.ts";
import { aLostProcessRecovers } from "./a-lost-process-recovers.ts";
import { aRefusalChangesNothing } from "./a-refusal-changes-nothing.ts";
import { aVenueSpeaksInOrder } from "./a-venue-speaks-in-order.ts";
import { anIdBelongsToItsVenue } from "./an-id-belongs-to-its-venue.ts";
import { anOrderFillsWithinItsSize } from "./an-order-fills-within-its-size.ts";
import { anOutageStopsNoCancelElsewhere } from "./an-outage-stops-no-cancel-elsewhere.ts";
import { beliefComesBackToTruth } from "./belief-comes-back-to-truth.ts";
import { beliefIsWithinWhatIsUnheard } from "./belief-is-within-what-is-unheard.ts";
import { betterOrdersFillFirst } from "./better-orders-fill-first.ts";
import { botsKeepTheirOwnRules } from "./bots-keep-their-own-rules.ts";
import { cashIsWhatWasSaid } from "./cash-is-what-was-said.ts";
import { cashMovesForAReason } from "./cash-moves-for-a-reason.ts";
import type { CheckerMaker } from "./checker.ts";
import { dustIsNotRetried } from "./dust-is-not-retried.ts";
import { exposureIsHedgedInTime } from "./exposure-is-hedged-in-time.ts";
import { feesAndFundingCountOnce } from "./fees-and-funding-count-once.ts";
import { immediateOrdersDoNotRest } from "./immediate-orders-do-not-rest.ts";
import { netDeltaEndsEvenInAnOutage } from "./net-delta-ends-even-in-an-outage.ts";
import { noFillAppliedTwice } from "./no-fill-applied-twice.ts";
import { noLiveOrderIsForgotten } from "./no-live-order-is-forgotten.ts";
import { noLivelock } from "./no-livelock.ts";
import { noOrderInTheDark } from "./no-order-in-the-dark.ts";
import { noRequestStorm } from "./no-request-storm.ts";
import { nothingBreaksOrPilesUp } from "./nothing-breaks-or-piles-up.ts";
import { nothingIsLeftBehind } from "./nothing-is-left-behind.ts";
import { numbersAndStampsAscend } from "./numbers-and-stamps-ascend.ts";
import { oneLiveOrderAnIntent } from "./one-live-order-an-intent.ts";
import { onlyABreachLiquidates } from "./only-a-breach-liquidates.ts";
import { ordersKeepTheVenuesRules } from "./orders-keep-the-venues-rules.ts";
import { ordersLiveOnce } from "./orders-live-once.ts";
import { ourOrdersDoNotCross } from "./our-orders-do-not-cross.ts";
import { positionsAreSumsOfFills } from "./positions-are-sums-of-fills.ts";
import { postOnlyNeverTakes } from "./post-only-never-takes.ts";
import { quotingResumes } from "./quoting-resumes.ts";
import { recordBeforeEffect } from "./record-before-effect.ts";
import { reduceOnlyOnlyReduces } from "./reduce-only-only-reduces.ts";
import { theBooksBalance } from "./the-books-balance.ts";
import { timeNeverGoesBack } from "./time-never-goes-back.ts";
import { unknownOrdersAreResolved } from "./unknown-orders-are-resolved.ts";
import { weDoNotTradeWithOurselves } from "./we-do-not-trade-with-ourselves.ts";
import { whatIsPromisedIsCovered } from "./what-is-promised-is-covered.ts";
import { whatRestsIsWhatWasSaid } from "./what-rests-is-what-was-said.ts";
import { worstCaseStaysWithinTheLimit } from "./worst-case-stays-within-the-limit.ts";

export const checkers: readonly CheckerMaker[] = [
  cashIsWhatWasSaid,
  aFillPaysItsFee,
  anOrderFillsWithinItsSize,
  ourOrdersDoNotCross,
  betterOrdersFillFirst,
  whatRestsIsWhatWasSaid,
  postOnlyNeverTakes,
  reduceOnlyOnlyReduces,
  immediateOrdersDoNotRest,
  weDoNotTradeWithOurselves,
  ordersLiveOnce,
  numbersAndStampsAscend,
  whatIsPromisedIsCovered,
  onlyABreachLiquidates,
  aRefusalChangesNothing,
  beliefIsWithinWhatIsUnheard,
  noFillAppliedTwice,
  noLiveOrderIsForgotten,
  oneLiveOrderAnIntent,
  worstCaseStaysWithinTheLimit,
  exposureIsHedgedInTime,
  recordBeforeEffect,
  noOrderInTheDark,
  ordersKeepTheVenuesRules,
  noRequestStorm,
  timeNeverGoesBack,
  theBooksBalance,
  botsKeepTheirOwnRules,
  nothingBreaksOrPilesUp,
  unknownOrdersAreResolved,
  beliefComesBackToTruth,
  quotingResumes,
  nothingIsLeftBehind,
  noLivelock,
  aLostProcessRecovers,
  dustIsNotRetried,
  positionsAreSumsOfFills,
  cashMovesForAReason,
  netDeltaEndsEvenInAnOutage,
  aVenueSpeaksInOrder,
  anOutageStopsNoCancelElsewhere,
  anIdBelongsToItsVenue,
  feesAndFundingCountOnce,
  aHaltReachesEveryVenue,
];
