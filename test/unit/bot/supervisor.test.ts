import { expect, test } from "vitest";
import { Supervisor } from "../../../src/bot/supervisor.ts";
import type { VenueCommand } from "../../../src/domain/command.ts";
import type { Event } from "../../../src/domain/event.ts";
import { timeUs, venueId } from "../../../src/domain/units.ts";
import { BotBench } from "../../support/bot-bench.ts";

function pair() {
  const benches = { btc: new BotBench(), eth: new BotBench() };
  const failures: string[] = [];
  const supervisor = new Supervisor(
    Object.entries(benches).map(([name, bench]) => ({
      name,
      bot: bench.bot,
      venues: [
        {
          id: venueId(0),
          venue: { send: (each: VenueCommand) => void bench.requests.push([each]) },
        },
      ],
      venueOf: () => venueId(0),
    })),
    (name, failure) => failures.push(`${name}: ${failure}`),
  );
  const timer = { kind: "TimerFired", at: timeUs(9_000_000), venueAt: timeUs(9_000_000), timer: 1 };
  return { ...benches, failures, supervisor, timer: timer as unknown as Event };
}

test("a broken promise in one bot cancels its orders and leaves the others running", () => {
  const { btc, eth, supervisor, failures, timer } = pair();
  btc.place(1);
  btc.accept(1);
  btc.breaks = true;
  supervisor.handle("btc", timer);
  expect(failures).toEqual(["btc: a strategy keeps its promises"]);
  expect(btc.sent.at(-1)?.kind).toBe("CancelAll");
  expect(supervisor.running).toEqual(["eth"]);
  eth.answer = [eth.order(1)];
  supervisor.handle("eth", timer);
  expect(eth.sent.map((each) => each.kind)).toEqual(["PlaceOrder"]);
});

test("an error that is no broken promise fails its bot too, and nobody else", () => {
  const { btc, supervisor, timer } = pair();
  btc.answer = [btc.order(1, { instrument: 9 })];
  supervisor.handle("btc", timer);
  expect(supervisor.failureOf("btc")).toBeDefined();
  expect(supervisor.failureOf("eth")).toBeUndefined();
});

test("a bot that failed decides no more, and an order of its that turns out live is cancelled", () => {
  const { btc, supervisor, timer } = pair();
  btc.place(1);
  btc.breaks = true;
  supervisor.handle("btc", timer);
  btc.breaks = false;
  const sent = btc.sent.length;
  supervisor.handle("btc", timer);
  expect(btc.sent).toHaveLength(sent);
  const accepted = { kind: "OrderAccepted", instrument: 0, orderId: 1, request: "place" };
  supervisor.handle("btc", { ...timer, ...accepted, price: 1, size: 1 } as unknown as Event);
  expect(btc.sent.at(-1)).toEqual({ kind: "CancelOrder", instrument: 0, orderId: 1 });
});

test("the failure is on record in the bot's journal", () => {
  const { btc, supervisor, timer } = pair();
  btc.breaks = true;
  supervisor.handle("btc", timer);
  expect(btc.notes.at(-1)).toBe("alert: abandoned: a strategy keeps its promises");
});
