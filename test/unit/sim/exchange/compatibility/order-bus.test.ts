import { describe, expect, test } from "vitest";
import { orderOf } from "../../../../../sim/exchange/compatibility/order.ts";
import { OrderBus } from "../../../../../sim/exchange/compatibility/order-bus.ts";
import { orderSpec } from "./feed.ts";

const order = (id: number) => orderOf(orderSpec({ id }), 0);

describe("the order bus", () => {
  test("has nothing on the way at first", () => {
    const bus = new OrderBus();
    expect(bus.nextNs()).toBe(Number.POSITIVE_INFINITY);
    expect(() => bus.take()).toThrow("an order is on the bus");
  });

  test("lets nothing overtake while something is on the way", () => {
    const bus = new OrderBus();
    bus.send(order(1), 100);
    bus.send(order(2), 40);
    expect([bus.take().id, bus.nextNs()]).toEqual([1, 100]);
    expect([bus.take().id, bus.nextNs()]).toEqual([2, Number.POSITIVE_INFINITY]);
    bus.send(order(3), 50);
    expect(bus.nextNs()).toBe(50);
  });

  test("keeps the order of sending while it grows around its end", () => {
    const bus = new OrderBus();
    const sent: string[] = [];
    const taken: string[] = [];
    const take = () => {
      const atNs = bus.nextNs();
      taken.push(`${bus.take().id} at ${atNs}`);
    };
    for (let id = 0; id < 200; id++) {
      bus.send(order(id), id * 10);
      sent.push(`${id} at ${id * 10}`);
      if (id % 3 === 0) take();
    }
    while (bus.nextNs() !== Number.POSITIVE_INFINITY) take();
    expect(taken).toEqual(sent);
  });
});
