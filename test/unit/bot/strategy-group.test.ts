// Several strategies as one: each hears of its own, and fails alone.

import { describe, expect, test } from "vitest";
import { strategyGroup } from "../../../src/bot/strategy-group.ts";
import type { Command } from "../../../src/domain/command.ts";
import type { Event } from "../../../src/domain/event.ts";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import { OrderIds } from "../../../src/domain/order-ids.ts";
import { instrumentId, timerId, timeUs, venueId } from "../../../src/domain/units.ts";
import type { Strategy } from "../../../src/ports/strategy.ts";
import { belief, fakeView } from "../../support/fake-view.ts";
import { cancel, place } from "../../support/run-rig.ts";
import { TEST_INSTRUMENT } from "../../support/tape-builder.ts";

const instruments = [0, 1].map((id) => instrumentOf(TEST_INSTRUMENT, instrumentId(id), venueId(0)));
const at = { at: timeUs(5), venueAt: timeUs(5) };
const book = (instrument: number) => ({ kind: "BookChanged", ...at, instrument }) as Event;
const timer = (id: number): Event => ({ kind: "TimerFired", ...at, timer: timerId(id) });
const link: Event = { kind: "LinkChanged", ...at, venue: venueId(0), link: "down", cause: "test" };
const accepted = (orderId: number, instrument: number) =>
  ({ kind: "OrderAccepted", ...at, instrument, orderId, request: "place" }) as unknown as Event;

/** Two members that hear, answer what they are told to, and break when told to. */
function pair() {
  const ids = new OrderIds();
  const members = ["btc", "eth"].map((name, index) => {
    const member = {
      name,
      heard: [] as Event[],
      answer: [] as Command[],
      breaks: false,
      restored: undefined as unknown,
    };
    const strategy: Strategy = {
      name: "told",
      wants: [{ instrument: instrumentId(index) }],
      decide(event) {
        if (member.breaks) throw new Error("a promise was broken");
        member.heard.push(event);
        return member.answer;
      },
      save: () => `state of ${name}`,
      restore: (saved) => {
        member.restored = saved;
      },
    };
    return Object.assign(member, { strategy });
  });
  const group = strategyGroup("told", members, instruments, ids);
  const [btc, eth] = members as [(typeof members)[0], (typeof members)[0]];
  const tell = (event: Event) => group.decide(event, fakeView(belief()));
  return { btc, eth, group, ids, tell };
}

const all = (instrument: number) => ({ kind: "CancelAll", venue: 0, instrument });

describe("a group of strategies", () => {
  test("wants what its members want, and tells each of its own instrument alone", () => {
    const { btc, eth, group, tell } = pair();
    expect(group.wants.map(({ instrument }) => instrument)).toEqual([0, 1]);
    tell(book(1));
    tell(accepted(1, 0));
    expect(btc.heard.map(({ kind }) => kind)).toEqual(["OrderAccepted"]);
    expect(eth.heard.map(({ kind }) => kind)).toEqual(["BookChanged"]);
  });

  test("tells every member of the link and the account, and gathers what they answer", () => {
    const { btc, eth, ids, tell } = pair();
    btc.answer = [place(ids.next(), "bid", 10, 1)];
    eth.answer = [place(ids.next(), "bid", 10, 1, "GTC", 1)];
    expect(tell(link)).toEqual([...btc.answer, ...eth.answer]);
  });

  test("gives each member timers of its own", () => {
    const { btc, eth, tell } = pair();
    eth.answer = [{ kind: "SetTimer", timer: timerId(7), at: timeUs(9) }];
    const [set] = tell(book(1)) as unknown as [{ timer: number }];
    tell(timer(set.timer));
    expect(eth.heard.at(-1)).toEqual(timer(7));
    expect(btc.heard).toEqual([]);
    btc.answer = eth.answer;
    expect(tell(book(0))).not.toEqual([set]);
  });

  test("keeps a member's cancel of everything to its own instruments", () => {
    const { btc, tell } = pair();
    btc.answer = [{ kind: "CancelAll", venue: venueId(0), instrument: undefined }];
    expect(tell(book(0))).toEqual([all(0)]);
  });

  test("halts a member that breaks a promise, cancels its orders, and lets the others go on", () => {
    const { btc, eth, group, tell } = pair();
    btc.breaks = true;
    expect(tell(book(0))).toEqual([all(0)]);
    expect(group.takeNotes?.()).toEqual([
      "alert: btc is halted: a promise was broken; eth goes on",
    ]);
    expect(group.takeNotes?.()).toBeUndefined();
    btc.breaks = false;
    expect(tell(book(0))).toEqual([]);
    expect(tell(accepted(3, 0))).toEqual([cancel(3, 0)]);
    expect(btc.heard).toEqual([]);
    tell(book(1));
    expect(eth.heard).toHaveLength(1);
  });

  test("takes a member's halt as the member's own, after what it said before", () => {
    const { btc, group, ids, tell } = pair();
    const order = place(ids.next(), "bid", 10, 1);
    btc.answer = [order, { kind: "Halt", reason: "enough" }];
    expect(tell(book(0))).toEqual([order, all(0)]);
    expect(group.takeNotes?.()).toEqual(["alert: btc is halted: enough; eth goes on"]);
  });

  test.each<[string, (id: number) => Command]>([
    ["an order in another's instrument", (id) => place(id, "bid", 10, 1, "GTC", 1)],
    ["a cancel in another's instrument", (id) => cancel(id, 1)],
    ["an id that is not of the shared counter", (id) => place(id + 1, "bid", 10, 1)],
    ["a cancel of everything of another's", () => all(1) as Command],
    ["a timer beyond its own", () => ({ kind: "ClearTimer", timer: timerId(2 ** 20) })],
    [
      "a switch over the whole account",
      () => ({ kind: "ScheduleCancel", venue: venueId(0), at: undefined }),
    ],
  ])("halts a member for %s, and sends none of that answer", (_what, command) => {
    const { btc, ids, tell } = pair();
    const id = ids.next();
    btc.answer = [place(id, "bid", 10, 1), command(id)];
    expect(tell(book(0))).toEqual([all(0)]);
  });

  test("says so when the last one is halted", () => {
    const { btc, eth, group, tell } = pair();
    btc.breaks = true;
    eth.breaks = true;
    tell(link);
    expect(group.takeNotes?.()?.at(-1)).toMatch(/eth is halted: .*; none goes on$/);
  });

  test("is saved and restored member by member, and who is halted stays halted", () => {
    const { btc, group, tell } = pair();
    btc.breaks = true;
    tell(book(0));
    const saved = JSON.parse(JSON.stringify(group.save()));
    const after = pair();
    after.group.restore(saved);
    expect([after.btc.restored, after.eth.restored]).toEqual([undefined, "state of eth"]);
    expect(after.tell(book(0))).toEqual([]);
    expect(after.btc.heard).toEqual([]);
    expect(after.group.save()).toEqual(saved);
  });

  test("refuses two members for one instrument", () => {
    const { btc } = pair();
    const twice = [btc, { name: "again", strategy: btc.strategy }];
    const make = () => strategyGroup("told", twice, instruments, new OrderIds());
    expect(make).toThrow("instrument 0 is of one member, again is a second");
  });
});
