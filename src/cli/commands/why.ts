// `rehearse why`: a result in, and one question about it: an order, a moment, or a span without a trade.
// The run is done again from what the result says it was, watched, and held to its digest.

import { momentLines } from "../../explain/moment.ts";
import { noTradeLines } from "../../explain/no-trade.ts";
import { answerLines } from "../../explain/order-answer.ts";
import { CliError } from "../cli-error.ts";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { askOrder } from "../run/ask-order.ts";
import { askMoment, askNoTrade, timeOf } from "../run/ask-span.ts";
import { openResult } from "../run/open-result.ts";
import type { AskRoom } from "../run/rerun-watched.ts";

export type WhyOptions = Readonly<{
  json?: boolean;
  from?: string;
  to?: string;
  within?: string;
}>;

/** A number this large is no order id but a time in µs: every moment after January 12th, 1970. */
const TIME_FROM = 1_000_000_000_000;

/** @throws {CliError | ConfigError | DataError} when the question or the result cannot be used */
export async function why(
  name: string,
  question: string,
  options: WhyOptions,
  io: CliIo,
): Promise<ExitCode> {
  return interruptible(io, "answered", async (stopAsked) => {
    const lines = await answered(question, options, { name, io, stopAsked });
    io.stdout.write(`${lines.join("\n")}\n`);
    return EXIT.ok;
  });
}

async function answered(
  question: string,
  options: WhyOptions,
  room: AskRoom,
): Promise<readonly string[]> {
  const opened = await openResult(room.name, room.io);
  try {
    if (/^\d+$/.test(question) && Number(question) < TIME_FROM) {
      const answer = await askOrder(opened, Number(question), room);
      if (options.json === true) return [JSON.stringify(answer, undefined, 2)];
      const note = "the replay of the run's requests did not give the fills there were";
      const lines = answerLines(answer);
      return answer.replayAgrees ? lines : [...lines, "", `nothing is said of what else: ${note}`];
    }
    const asJson = (answer: unknown) => [JSON.stringify(answer, undefined, 2)];
    if (question === "no-trade") {
      const answer = await askNoTrade(opened, options, room);
      return options.json === true ? asJson(answer) : noTradeLines(answer);
    }
    if (!/^\d/.test(question)) {
      const was = JSON.stringify(question);
      throw new CliError(`expected an order id, a time or no-trade, was ${was}`);
    }
    const at = timeOf("the time", question, opened);
    const answer = await askMoment(opened, at, options.within ?? "1s", room);
    return options.json === true ? asJson(answer) : momentLines(answer);
  } finally {
    opened.plan.close();
  }
}
