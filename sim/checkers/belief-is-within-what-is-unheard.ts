// B1 (simulation-testing.md §10.2): the position the bot believes is the venue's, give or take the fills it has not heard
// of; and just the venue's once it is quiet. A fill that a report counted is within that, whether the bot took it over
// from reports or waits for it; to book it after it was taken over is not.

import type { CheckerMaker } from "./checker.ts";

export const beliefIsWithinWhatIsUnheard: CheckerMaker = {
  id: "B1",
  sentence:
    "Believed positions are the true ones, give or take fills on their way; the true ones when it is quiet.",
  watch(scene, violate) {
    const { trades } = scene.log;
    /** By instrument: what somebody else moved and no fill told of, in all, and of it what is not settled. */
    const foreign = new Float64Array(scene.instruments.length);
    const untold = new Float64Array(scene.instruments.length);
    const look = () => {
      const { belief } = scene;
      if (belief === undefined) return;
      for (const { id, venue } of scene.instruments) {
        const missing = scene.trueLots(id) - belief.position(id).lots;
        if (missing === 0) continue;
        const doubt = untold[id] as number;
        const most = (trades.unheardBids[id] as number) + doubt;
        const least = -(trades.unheardAsks[id] as number) - doubt;
        if (missing <= most && missing >= least) continue;
        if (scene.isGone(venue)) continue;
        const band = `between ${least} and ${most} lots are on their way`;
        violate(`instrument ${id} is off by ${missing} lots, ${band}`);
      }
    };
    return {
      heard(event) {
        if (event.kind !== "BarClosed") look();
      },
      second: look,
      intervened(venue) {
        for (const { id, venue: own } of scene.instruments) {
          if (own !== venue) continue;
          const moved = scene.trueLots(id) - (trades.saidLots[id] as number);
          untold[id] = (untold[id] as number) + Math.abs(moved - (foreign[id] as number));
          foreign[id] = moved;
        }
      },
      began() {
        if (scene.log.mayHaveForgotten) {
          for (const { id } of scene.instruments) {
            // Its fills count as unheard again; what it had taken over otherwise nobody knows one by one.
            const missing = scene.trueLots(id) - (scene.belief?.position(id).lots ?? 0);
            const bought = missing - (trades.unheardBids[id] as number);
            const sold = -missing - (trades.unheardAsks[id] as number);
            untold[id] = Math.max(untold[id] as number, bought, sold);
          }
        }
        look();
      },
      quiet() {
        for (const { id, venue } of scene.instruments) {
          const believed = scene.belief?.position(id).lots;
          if (believed === undefined || scene.isGone(venue)) continue;
          untold[id] = 0;
          const truth = scene.trueLots(id);
          if (believed !== truth) violate(`instrument ${id}: believed ${believed}, true ${truth}`);
        }
      },
    };
  },
};
