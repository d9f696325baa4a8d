// Colour where it helps a person: on a terminal, unless NO_COLOR says no. FORCE_COLOR says yes anywhere.

import picocolors from "picocolors";
import type { CliIo, TextOut } from "./cli-io.ts";

export type Painter = ReturnType<typeof picocolors.createColors>;

/** Colours for one stream. NO_COLOR (any value but the empty one) wins over everything. */
export function painter(out: TextOut, env: CliIo["env"]): Painter {
  const no = (env.NO_COLOR ?? "") !== "";
  const force = !["", "0", "false"].includes(env.FORCE_COLOR ?? "");
  const dumb = env.TERM === "dumb";
  return picocolors.createColors(!no && (force || (out.isTTY && !dumb)));
}
