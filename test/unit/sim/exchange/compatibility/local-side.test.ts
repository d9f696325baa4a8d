import { describe, expect, test } from "vitest";
import { LocalSide } from "../../../../../sim/exchange/compatibility/local-side.ts";
import type { CompatOrder } from "../../../../../sim/exchange/compatibility/order.ts";
import { isCancellable, orderOf } from "../../../../../sim/exchange/compatibility/order.ts";
import { feedOf, MONEY, orderSpec } from "./feed.ts";

const emptySide = () => new LocalSide(feedOf([]), MONEY);

function answer(change: Partial<CompatOrder>): CompatOrder {
  return { ...orderOf(orderSpec(), 0), request: "none", ...change };
}

const filled = answer({ status: "filled", leaves: 0, executedTick: 100, executedLots: 10 });

describe("our view", () => {
  test("refuses to reuse a known id, to ask twice at once, and to ask about the unknown", () => {
    const local = emptySide();
    local.submit(orderSpec(), 0);
    expect(local.submit(orderSpec(), 0)).toBe(10);
    expect(local.cancel(1, 0)).toBe(11);
    expect(local.modify(1, 100, 5, 0)).toBe(11);
    expect(local.cancel(2, 0)).toBe(12);
    expect(local.modify(2, 100, 5, 0)).toBe(12);
  });

  test("counts a fill when it hears of it, not before", () => {
    const local = emptySide();
    local.submit(orderSpec(), 0);
    expect(local.account.positionLots).toBe(0);
    local.receive(filled);
    expect([local.account.positionLots, local.account.fills]).toEqual([10, 1]);
  });

  test("lets any answer clear the mark of a request still on its way", () => {
    const local = emptySide();
    local.submit(orderSpec(), 0);
    local.receive(answer({ status: "new" }));
    local.cancel(1, 5);
    expect(isCancellable(local.orders.get(1) as CompatOrder)).toBe(false);
    local.receive(answer({ status: "new", leaves: 7 }));
    expect(isCancellable(local.orders.get(1) as CompatOrder)).toBe(true);
  });

  test("brings a dropped copy back when an answer names it, but not for a rejection", () => {
    const local = emptySide();
    local.receive(answer({ request: "rejected" }));
    expect(local.orders.size).toBe(0);
    local.receive(answer({ status: "new" }));
    expect(local.orders.get(1)?.status).toBe("new");
  });

  test("clears the mark of a rejected cancel only for that very request", () => {
    const local = emptySide();
    local.submit(orderSpec(), 0);
    local.receive(answer({ status: "new" }));
    local.cancel(1, 5);
    local.receive(answer({ request: "rejected", requestedNs: 3 }));
    expect(local.orders.get(1)?.request).toBe("cancel");
    local.receive(answer({ request: "rejected", requestedNs: 5 }));
    expect(local.orders.get(1)?.request).toBe("none");
    expect(local.orders.get(1)?.status).toBe("new");
  });

  test("drops what is over when asked, and nothing else", () => {
    const local = emptySide();
    for (const id of [1, 2, 3, 4, 5]) local.submit(orderSpec({ id }), 0);
    local.receive(answer({ id: 1, status: "new" }));
    local.receive({ ...filled, id: 2 });
    local.receive(answer({ id: 3, status: "canceled" }));
    local.receive(answer({ id: 4, request: "rejected" }));
    expect(local.orders.get(4)?.status).toBe("expired");
    local.clearInactive();
    expect([...local.orders.keys()]).toEqual([1, 5]);
  });

  test("keeps its account in whole numbers and reads money off them", () => {
    const local = emptySide();
    local.receive({ ...filled, maker: true });
    local.receive(
      answer({ id: 2, side: "ask", status: "filled", executedTick: 103, executedLots: 4 }),
    );
    const { account } = local;
    expect(account.positionLots).toBe(6);
    expect(account.balance).toBe((-1_000 + 412) / 10_000);
    expect(account.fee).toBeCloseTo((1_000 * -0.00005 + 412 * 0.0007) / 10_000, 12);
    // Marked at 102 (bid 101, ask 103): 6 lots are worth 612 ticks × lots.
    expect(account.equity(204)).toBeCloseTo((24 - (-0.05 + 0.2884)) / 10_000, 12);
  });
});
