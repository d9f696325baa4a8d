// The tables of docs/VENUES.md against the profiles: every cell says what the data says. A failure prints the row
// as it must read.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { RateLimit, VenueProfile } from "../../sim/exchange/profile.ts";
import { profileNames, profileOf } from "../../sim/exchange/profiles/profiles.ts";
import type { RefusalReason } from "../../src/domain/event.ts";
import { REFUSAL_REASONS } from "../../src/journal/entry-codes.ts";
import { root } from "../tidy/source-text.ts";

const page = readFileSync(resolve(root, "docs/VENUES.md"), "utf8").split("\n");

const profiles = profileNames.map((name) => profileOf(name) as VenueProfile);

const bps = (rate: number) => `${rate / 10_000}`;
const percent = (rate: number) => `${rate / 1_000_000}`;
const ms = (us: number) => `${us / 1000}`;
const none = (value: number | string | undefined) => `${value ?? "none"}`;

function limitText({ weight, windowUs, place, cancel, report }: RateLimit): string {
  return `${weight} in ${windowUs / 1_000_000} s (${place}, ${cancel}, ${report})`;
}

function batchWeightText(weight: RateLimit["batch"]): string {
  if (weight === undefined) return "each";
  const more = weight.onePer === undefined ? "" : ` + 1 each ${weight.onePer}`;
  return `${weight.place} / ${weight.cancel}${more}`;
}

const ROWS: Readonly<Record<string, (profile: VenueProfile) => string>> = {
  "fees maker / taker, bps": ({ fees }) => `${bps(fees.maker)} / ${bps(fees.taker)}`,
  "time in force": ({ timeInForce }) => timeInForce.join(", "),
  "market orders": ({ marketOrders }) => (marketOrders ? "yes" : "no"),
  "least notional": ({ minNotional }) => none(minNotional),
  "… of a reduce-only order": ({ reduceOnlyDust, minNotional }) =>
    minNotional === undefined
      ? "none"
      : { always: "none", "when-closing": "none when it closes", never: "the same" }[
          reduceOnlyDust
        ],
  "significant figures": ({ significantFigures }) => none(significantFigures),
  "open orders, account / market": ({ openOrdersMax, openOrdersPerMarketMax }) =>
    `${none(openOrdersMax)} / ${none(openOrdersPerMarketMax)}`,
  "the reply to an order is": ({ ack }) => ack,
  "post-only that would match": ({ postOnlyCrossing }) => ended(postOnlyCrossing),
  "IOC that finds nothing": ({ iocUnmatched }) => ended(iocUnmatched),
  "closing row tells fills": ({ closedRowTellsFilled }) => (closedRowTellsFilled ? "yes" : "no"),
  "self-trade expires": ({ selfTrade }) => selfTrade.replace("expire-", ""),
  amend: ({ amend }) => amend,
  "held back taker / maker / cancel, ms": (profile) =>
    [profile.takerDelayUs, profile.makerDelayUs, profile.cancelDelayUs].map(ms).join(" / "),
  "own dead-man switch, ahead": ({ scheduledCancel }) => {
    if (scheduledCancel === undefined) return "none";
    const { aheadMinUs, aheadMaxUs, firesPerDayMax } = scheduledCancel;
    const least = `${aheadMinUs / 1_000_000} s`;
    const most = aheadMaxUs === undefined ? "any" : `${aheadMaxUs / 1_000_000} s`;
    return `${least} to ${most}${firesPerDayMax === undefined ? "" : `, ${firesPerDayMax} a day`}`;
  },
  "requests (order, cancel, report weigh)": ({ rateLimits }) =>
    rateLimits.length === 0 ? "none" : rateLimits.map(limitText).join("; "),
  "in one request: orders / amends / cancels": ({ batch }) =>
    batch === undefined ? "none" : `${batch.placeMax} / ${batch.amendMax} / ${batch.cancelMax}`,
  "… such a request weighs, orders / cancels": ({ batch, rateLimits }) => {
    if (batch === undefined || rateLimits.length === 0) return "none";
    return rateLimits.map((each) => batchWeightText(each.batch)).join("; ");
  },
  "funding every, h": ({ funding }) =>
    funding === undefined ? "never" : `${funding.intervalUs / 3_600_000_000}`,
  "margin initial / maintenance, %": ({ margin }) =>
    margin === undefined ? "none" : `${percent(margin.initial)} / ${percent(margin.maintenance)}`,
  "liquidation fee, %": ({ liquidationFee }) => percent(liquidationFee),
};

function ended(how: "refuse" | "close"): string {
  return how === "refuse" ? "refused" : "accepted, closed";
}

/** The row of a table as the page must have it. */
const row = (label: string, cells: readonly string[]) => `| ${[label, ...cells].join(" | ")} |`;

const rowOf = (label: string) => page.find((line) => line.startsWith(`| ${label} |`));

describe("the page of venues", () => {
  test("has a column for every profile, in their order, in both tables", () => {
    const heads = page.filter((line) => line.startsWith("| |"));
    expect(heads).toEqual(
      [row("", profileNames), row("", profileNames)].map((line) => line.replace("|  |", "| |")),
    );
  });

  test.each(Object.keys(ROWS))("says of each venue: %s", (label) => {
    const cell = ROWS[label] as (profile: VenueProfile) => string;
    expect(rowOf(label)).toBe(row(label, profiles.map(cell)));
  });

  const spoken = REFUSAL_REASONS.filter((reason) =>
    profiles.some(({ words }) => words[reason] !== undefined),
  );

  test.each<RefusalReason>(spoken)("quotes each venue's words for %s", (reason) => {
    expect(rowOf(reason)).toBe(
      row(
        reason,
        profiles.map(({ words }) => words[reason] ?? ""),
      ).replace(/ {2}/g, " "),
    );
  });

  test("has no row beside these", () => {
    const rows = page.filter((line) => /^\| \S/.test(line) && !line.startsWith("| |"));
    expect(rows.length).toBe(Object.keys(ROWS).length + spoken.length);
  });
});
