// What a bot does of itself beside its strategy, as a config says it: "standard", "off", or part by part.
// Every default is the design documents' (MACHINERY_DEFAULTS); "off" as a part's value switches that part off.

import { z } from "zod";
import type { MachineryConfig } from "../bot/machinery-config.ts";
import { count, duration } from "./fields.ts";
import type { UnitReader } from "./unit-reader.ts";

/** A part that can be switched off; what is told of it is laid over its defaults. */
function part<Shape extends z.ZodRawShape>(shape: Shape, text: string) {
  return z.union([z.literal("off"), z.strictObject(shape)]).describe(`${text}; or "off"`);
}

const pollSchema = part(
  {
    every: duration().describe("between two questions to one venue").default("5s"),
    ttl: duration().describe("an older account serves display and exits alone").default("15s"),
    timeout: duration().describe("a question not answered by then is asked again").default("3s"),
  },
  "each venue is asked for its account, and the answer is held against what fills add up to",
);

const reconciliationSchema = z.strictObject({
  drift: z
    .enum(["alert", "adopt", "halt"])
    .describe("a position that two reports in a row show and we do not believe")
    .default("alert"),
  orphans: z
    .enum(["report", "cancel"])
    .describe("open orders at the venue that are not ours to our knowledge")
    .default("report"),
  grace: duration()
    .describe("a request this young may still be on its way when a report does not show it")
    .default("2s"),
});

const retrySchema = z.strictObject({
  attemptsMax: count(1, 100).describe("of each cancel of a stuck order").default(3),
  firstWait: duration().describe("before the second attempt; doubles").default("1s"),
  longestWait: duration().describe("and no longer than this").default("30s"),
  jitterBps: count(0, 10_000)
    .describe("the share of a wait that chance may take off")
    .default(2000),
});

const circuitBreakerSchema = part(
  {
    failuresMax: count(1).describe("failures of a venue in a row that trip it").default(5),
    window: duration().describe("older failures do not count").default("60s"),
    rest: duration()
      .describe("then one question is asked; doubles while none answers")
      .default("30s"),
    restMax: duration().describe("and no longer than this").default("10m"),
    probeTimeout: duration().describe("for the answer to that question").default("5s"),
  },
  "a venue that keeps failing gets a cancel of everything, and no new risk",
);

const degradationSchema = part(
  {
    degradedSizeBps: count(1, 10_000)
      .describe("of what is asked for, while a link is down or a breaker is open")
      .default(5000),
    linkDownCritical: duration().describe("a link down this long leaves exits only").default("30s"),
    criticalEmergency: z
      .union([z.literal("off"), duration()])
      .describe("exits only for this long halts the bot")
      .default("off"),
    calm: duration().describe("facts must be better this long before a step back").default("5s"),
  },
  "smaller orders, then exits only, then a halt, as trouble grows",
);

const partsSchema = z.strictObject({
  watchEvery: duration()
    .describe("how often everything that waits or expires is looked at")
    .default("1s"),
  requestTimeout: z
    .union([z.literal("off"), duration()])
    .describe('a request without an answer for this long has an unknown outcome; or "off"')
    .default("10s"),
  poll: pollSchema.prefault({}),
  reconciliation: reconciliationSchema
    .describe("what follows where an account differs from what we believe")
    .prefault({}),
  stuckOrder: z
    .union([z.literal("off"), duration()])
    .describe("orders nothing was heard of for this long are cancelled; a matter of strategy")
    .default("off"),
  retry: retrySchema.describe("how often the cancel of a stuck order is tried").prefault({}),
  circuitBreaker: circuitBreakerSchema.prefault({}),
  deadManSwitch: part(
    { ttl: duration().describe("nothing heard from outside for this long").default("60s") },
    "everything is cancelled when the bot hears nothing any more",
  ).prefault({}),
  venueSwitch: part(
    {
      timeout: duration()
        .describe("so long after we were last heard of; brought into the limits the venue has")
        .default("300s"),
      refreshEvery: duration()
        .describe("how often it is put off, while the venue is heard and we trade")
        .default("10s"),
    },
    "venues with a dead-man switch of their own cancel everything when we are gone",
  ).prefault({}),
  degradation: degradationSchema.prefault({}),
  batch: z
    .enum(["on", "off"])
    .describe(
      "what a decision asks of one venue leaves in one request, as far as the venue takes it",
    )
    .default("off"),
});

export const machinerySchema = z.union([z.enum(["standard", "off"]), partsSchema], {
  error: (issue) =>
    `expected "standard", "off", or {…} with its parts, was ${JSON.stringify(issue.input)}`,
});

type MachineryFile = z.output<typeof machinerySchema>;
type Parts = z.output<typeof partsSchema>;

/** What of a venue's rules a bot must know to keep house there. */
export type KeptVenue = Readonly<{
  /** What its own switch can be told; undefined where it has none. */
  scheduledCancel: Readonly<{ aheadMinUs: number; aheadMaxUs: number | undefined }> | undefined;
  batch: NonNullable<MachineryConfig["batches"]>[number];
}>;

/** A time is asked for this much later than the venue's least: the request is on its way for a while. */
const SWITCH_MARGIN_US = 10_000_000;

/**
 * The bot's own config; undefined where the strategy is on its own. Problems go to `units`.
 * @param venues in the order of their ids
 */
export function machineryConfigOf(
  config: MachineryFile,
  venues: readonly KeptVenue[],
  units: UnitReader,
): MachineryConfig | undefined {
  if (config === "off") return undefined;
  const parts = config === "standard" ? partsSchema.parse({}) : config;
  const us = (path: string, value: string): number => {
    const length = units.durationUs(`machinery.${path}`, value);
    if (length <= 0) units.problem(`machinery.${path}`, `expected more than 0, was "${value}"`);
    return length;
  };
  const usOrOff = (path: string, value: string): number | undefined =>
    value === "off" ? undefined : us(path, value);
  const { reconciliation, retry } = parts;
  return {
    watchEveryUs: us("watchEvery", parts.watchEvery),
    requestTimeoutUs: usOrOff("requestTimeout", parts.requestTimeout),
    reconciliation: {
      drift: reconciliation.drift,
      orphans: reconciliation.orphans,
      graceUs: units.durationUs("machinery.reconciliation.grace", reconciliation.grace),
    },
    stuckOrderUs: usOrOff("stuckOrder", parts.stuckOrder),
    retry: {
      attemptsMax: retry.attemptsMax,
      firstWaitUs: us("retry.firstWait", retry.firstWait),
      longestWaitUs: us("retry.longestWait", retry.longestWait),
      jitterBps: retry.jitterBps,
    },
    venueSwitches: venueSwitchesOf(parts.venueSwitch, venues, us, units),
    batches: parts.batch === "off" ? undefined : venues.map(({ batch }) => batch),
    ...switchable(parts, us, usOrOff),
  };
}

function venueSwitchesOf(
  told: Parts["venueSwitch"],
  venues: readonly KeptVenue[],
  us: (path: string, value: string) => number,
  units: UnitReader,
): MachineryConfig["venueSwitches"] {
  if (told === "off") return undefined;
  const timeoutUs = us("venueSwitch.timeout", told.timeout);
  const refreshEveryUs = us("venueSwitch.refreshEvery", told.refreshEvery);
  const kept = venues.flatMap(({ scheduledCancel: rule }, venue) => {
    if (rule === undefined) return [];
    const least = Math.max(timeoutUs, rule.aheadMinUs + SWITCH_MARGIN_US);
    const within = Math.min(least, rule.aheadMaxUs ?? Number.POSITIVE_INFINITY);
    return [{ venue, timeoutUs: within, refreshEveryUs }];
  });
  if (kept.some((each) => each.timeoutUs <= refreshEveryUs)) {
    const message = `expected less than the time after which it fires, was "${told.refreshEvery}"`;
    units.problem("machinery.venueSwitch.refreshEvery", message);
  }
  return kept.length === 0 ? undefined : kept;
}

/** The parts that an "off" leaves out. */
function switchable(
  { poll, circuitBreaker, deadManSwitch, degradation }: Parts,
  us: (path: string, value: string) => number,
  usOrOff: (path: string, value: string) => number | undefined,
): Pick<MachineryConfig, "poll" | "circuitBreaker" | "deadManSwitch" | "degradation"> {
  return {
    poll:
      poll === "off"
        ? undefined
        : {
            everyUs: us("poll.every", poll.every),
            ttlUs: us("poll.ttl", poll.ttl),
            timeoutUs: us("poll.timeout", poll.timeout),
          },
    circuitBreaker:
      circuitBreaker === "off"
        ? undefined
        : {
            failuresMax: circuitBreaker.failuresMax,
            windowUs: us("circuitBreaker.window", circuitBreaker.window),
            restUs: us("circuitBreaker.rest", circuitBreaker.rest),
            restUsMax: us("circuitBreaker.restMax", circuitBreaker.restMax),
            probeTimeoutUs: us("circuitBreaker.probeTimeout", circuitBreaker.probeTimeout),
          },
    deadManSwitch:
      deadManSwitch === "off" ? undefined : { ttlUs: us("deadManSwitch.ttl", deadManSwitch.ttl) },
    degradation:
      degradation === "off"
        ? undefined
        : {
            degradedSizeBps: degradation.degradedSizeBps,
            linkDownCriticalUs: us("degradation.linkDownCritical", degradation.linkDownCritical),
            criticalEmergencyUs: usOrOff(
              "degradation.criticalEmergency",
              degradation.criticalEmergency,
            ),
            calmUs: us("degradation.calm", degradation.calm),
          },
  };
}
