// A result file: what was run, on what, what came of it, and the fingerprint that another run is held against.

import { z } from "zod";
import { backtestSchemaOf } from "../../config/backtest-config.ts";
import { readConfig } from "../../config/read-config.ts";
import type { StrategyKits } from "../../config/strategy-settings.ts";
import type { Summary } from "../../report/summary.ts";
import { summaryJson } from "../../report/summary-json.ts";
import { CliError } from "../cli-error.ts";
import { codeVersion } from "../package-root.ts";
import type { Assumption } from "./assumptions.ts";
import { assumptionsOf } from "./assumptions.ts";
import type { BacktestPlan } from "./backtest-plan.ts";
import type { DrivenRun } from "./drive-run.ts";
import type { BandEntry } from "./fill-band.ts";

export const RESULT_FORMAT = "rehearse-backtest-1";

/** A recording by its SHA-256, and the funding table beside it when there was one. */
export type UsedRecording = Readonly<{
  name: string;
  sha256: string;
  funding?: Readonly<{ name: string; sha256: string }>;
}>;

export type BacktestResult = Readonly<{
  format: typeof RESULT_FORMAT;
  /** Version of the package that made it. */
  code: string;
  /** False when it was ended early: everything until `summary.end` holds. */
  complete: boolean;
  /** SHA-256 over the whole journal: equal runs have equal digests. */
  digest: string;
  rows: number;
  events: number;
  config: unknown;
  recordings: readonly UsedRecording[];
  /** SHA-256 of the strategy's module, when it is one of the user's own. */
  strategyModule?: string;
  assumptions: readonly Assumption[];
  summary: Readonly<Record<string, unknown>>;
  /** Empty when it was not asked for, or not reached. */
  band: readonly BandEntry[];
  /** The journal's file, relative to this one, when it was kept. */
  journal?: string;
}>;

/** Gathers the parts; `config` is as it was run, its paths of files made by `filePath`. */
export function backtestResult(
  plan: BacktestPlan,
  { result, summary }: DrivenRun,
  more: Readonly<{
    band: readonly BandEntry[];
    journal: string | undefined;
    filePath: (path: string) => string;
  }>,
): BacktestResult {
  const { $schema: _schema, ...config } = plan.config;
  return {
    format: RESULT_FORMAT,
    code: codeVersion(),
    complete: result.complete,
    digest: result.digest,
    rows: result.rows,
    events: result.events,
    config: {
      ...config,
      ...(plan.outside === undefined
        ? {}
        : { strategy: { ...config.strategy, module: more.filePath(plan.outside.file) } }),
      instruments: config.instruments.map(({ tape, funding, ...instrument }, index) => {
        const planned = plan.instruments[index];
        return {
          ...instrument,
          ...(tape === undefined ? {} : { tape: more.filePath(planned?.recording.path ?? tape) }),
          ...(funding === undefined
            ? {}
            : { funding: more.filePath(planned?.funding?.path ?? funding) }),
        };
      }),
    },
    recordings: plan.instruments.map(({ name, recording, funding }) => ({
      name,
      sha256: recording.sha256,
      ...(funding === undefined
        ? {}
        : { funding: { name: funding.name, sha256: funding.table.sha256 } }),
    })),
    ...(plan.outside === undefined ? {} : { strategyModule: plan.outside.sha256 }),
    assumptions: assumptionsOf(plan),
    summary: summaryJson(summary as Summary),
    band: more.band,
    ...(more.journal === undefined ? {} : { journal: more.journal }),
  };
}

/** Of a result file, what a rerun and its page need. The rest is for people. */
const resultSchemaOf = (kits: StrategyKits) =>
  z.object({
    format: z.literal(RESULT_FORMAT),
    code: z.string(),
    complete: z.boolean(),
    digest: z.string(),
    config: backtestSchemaOf(kits),
    recordings: z.array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        funding: z.object({ name: z.string(), sha256: z.string() }).optional(),
      }),
    ),
    strategyModule: z.string().optional(),
    journal: z.string().optional(),
    assumptions: z.array(z.object({ about: z.string(), text: z.string() })),
    band: z.array(
      z.object({
        fillModel: z.string(),
        netPnl: z.string(),
        fills: z.number(),
        digest: z.string(),
      }),
    ),
  });

export type ReadResult = z.output<ReturnType<typeof resultSchemaOf>>;

/** @throws {CliError} when the text is no result, {ConfigError} with every problem of one. */
export function readResult(text: string, file: string, kits: StrategyKits): ReadResult {
  if (!text.includes(`"${RESULT_FORMAT}"`)) {
    throw new CliError(`${file} is no result: give a file written by \`rehearse backtest --out\``);
  }
  return readConfig(resultSchemaOf(kits), text, file).config;
}
