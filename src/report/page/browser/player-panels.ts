// The panels beside the messages: belief against truth, the ladder of each book with our orders in it, and what was said.

import type { PackedOrder } from "../player-data.ts";
import type { FilmInstrument } from "./film-instrument.ts";
import type { FilmReader } from "./film-reader.ts";
import { clockText, spanText, stepText } from "./player-words.ts";

const SAID_MAX = 12;
const LOUD = new Set(["rule", "alert", "halt", "fault", "crash", "broken"]);
const SAID = new Set([
  ...["place", "amend", "cancel", "rule", "note", "alert", "halt"],
  ...["fault", "crash", "restart", "broken", "link"],
]);

type Cell = string | Readonly<{ text: string; as: string }>;

/** Both sides of every instrument, and what differs. */
export function drawBelief(place: HTMLElement, film: FilmReader, step: number): void {
  const parts = film.instruments.flatMap((instrument, index) => [
    heading(instrument.told.name),
    table(
      ["", film.told.isStated ? "the bot last said" : "the bot believes", "the venue has"],
      beliefRows(film, step, index),
    ),
    paragraph(standingText(film, step, index)),
  ]);
  place.replaceChildren(...parts);
}

function beliefRows(film: FilmReader, step: number, index: number): Cell[][] {
  const instrument = film.instruments[index] as FilmInstrument;
  const [believed, held] = [instrument.lots("believed", step), instrument.lots("true", step)];
  const ours = instrument.orders("believedOrders", step);
  const theirs = instrument.orders("trueOrders", step);
  const as = believed === undefined || believed === held ? "" : differsAs(film, step, index);
  const mark = as === "" ? "" : " ≠";
  const orders = (list: readonly PackedOrder[] | undefined): string =>
    list === undefined
      ? "not told"
      : list.length === 0
        ? "none"
        : list.map((each) => orderText(instrument, film, each)).join("; ");
  const order = ordersAs(film, step, { ours, theirs });
  const note = order === "differs" ? " ≠" : "";
  const onWire = wiresOf(film, step, instrument);
  return [
    [
      "position",
      {
        text: believed === undefined ? nobody(film) : `${instrument.size(believed)}${mark}`,
        as,
      },
      { text: held === undefined ? "0" : instrument.size(held), as },
    ],
    [
      "open orders",
      { text: `${orders(ours)}${note}`, as: order },
      { text: orders(theirs), as: order },
    ],
    [
      "on the wire",
      `to it: ${onWire.answers || "nothing"}`,
      `to it: ${onWire.requests || "nothing"}`,
    ],
  ];
}

function nobody(film: FilmReader): string {
  return film.told.isStated ? "nothing yet" : "no process is up";
}

/** Is a difference one that a message on its way makes? */
function differsAs(film: FilmReader, step: number, index: number): string {
  return partingAt(film, step, index) === undefined ? "differs explained" : "differs";
}

function partingAt(film: FilmReader, step: number, index: number) {
  return film.told.partings.find(
    ({ instrument, from, until }) =>
      instrument === index && from <= step && (until === null || step < until),
  );
}

function standingText(film: FilmReader, step: number, index: number): string {
  const instrument = film.instruments[index] as FilmInstrument;
  const [believed, held] = [instrument.lots("believed", step), instrument.lots("true", step)];
  if (believed === undefined) return "";
  if (believed === (held ?? 0)) return "Belief is truth.";
  const less = instrument.size(Math.abs(believed - (held ?? 0)));
  const parting = partingAt(film, step, index);
  if (parting === undefined) {
    const why = film.told.isStated ? "the bot has said nothing since" : "a fill is on its way";
    return `≠ They differ by ${less}: ${why}.`;
  }
  const since = film.at[parting.from] as number;
  const passed = (film.at[step] as number) - since;
  const when = passed === 0 ? "from now on" : `since ${clockText(since)}, for ${spanText(passed)}`;
  return `≠ They differ by ${less}, and no message on its way makes the difference: ${when}.`;
}

/** Messages of an instrument that have left and not arrived. */
function wiresOf(film: FilmReader, step: number, instrument: FilmInstrument) {
  const told = { requests: [] as string[], answers: [] as string[] };
  for (const index of film.onWire(step)) {
    const message = film.message(index);
    if (message.instrument !== instrument) continue;
    const list = message.toBot ? told.answers : told.requests;
    list.push(`${message.kind}${message.order === undefined ? "" : ` #${message.order}`}`);
  }
  return { requests: told.requests.join(", "), answers: told.answers.join(", ") };
}

type BothOrders = Readonly<{
  ours: readonly PackedOrder[] | undefined;
  theirs: readonly PackedOrder[] | undefined;
}>;

/** Are orders on one side alone? A request of ours that is not settled, or a message on its way, explains one. */
function ordersAs(film: FilmReader, step: number, { ours, theirs }: BothOrders): string {
  if (ours === undefined || theirs === undefined) return "";
  const known = new Set(ours.map(([id]) => id));
  const held = new Set(theirs.map(([id]) => id));
  const alone = [
    ...ours.filter(([id]) => !held.has(id)),
    ...theirs.filter(([id]) => !known.has(id)),
  ];
  if (alone.length === 0) return "";
  const moving = new Set(film.onWire(step).map((index) => film.message(index).order));
  const isExplained = ([id, , , , , state]: PackedOrder): boolean =>
    moving.has(id) || (known.has(id) && film.told.states[state] !== "live");
  return alone.every(isExplained) ? "differs explained" : "differs";
}

function orderText(instrument: FilmInstrument, film: FilmReader, order: PackedOrder): string {
  const [id, side, price, size, filled, state] = order;
  const word = film.told.states[state] ?? "";
  const at = price === null ? "at market" : `at ${instrument.price(price)}`;
  const part = filled === 0 ? "" : `, ${instrument.size(filled)} filled`;
  return `#${id} ${side === 0 ? "buy" : "sell"} ${instrument.size(size)} ${at}${part} (${word})`;
}

/** The ladder of each instrument. */
export function drawLadders(place: HTMLElement, film: FilmReader, step: number): void {
  const parts = film.instruments.flatMap((instrument) => [
    heading(instrument.told.name),
    ladder(instrument, step),
  ]);
  place.replaceChildren(...parts);
}

type Rung = { price: number; size: number; isBid: boolean; ours: PackedOrder[] };

function ladder(instrument: FilmInstrument, step: number): HTMLElement {
  const book = instrument.book(step);
  const rungs = new Map<string, Rung>();
  const rung = (price: number, isBid: boolean): Rung => {
    const key = `${isBid} ${price}`;
    const made = rungs.get(key) ?? { price, size: 0, isBid, ours: [] };
    rungs.set(key, made);
    return made;
  };
  for (const [price, size] of book?.bids ?? []) rung(price, true).size = size;
  for (const [price, size] of book?.asks ?? []) rung(price, false).size = size;
  for (const order of instrument.orders("trueOrders", step) ?? []) {
    if (order[2] !== null) rung(order[2], order[1] === 0).ours.push(order);
  }
  const all = [...rungs.values()].sort(
    (one, other) => other.price - one.price || Number(one.isBid) - Number(other.isBid),
  );
  const largest = Math.max(1, ...all.map(({ size }) => size));
  const made = document.createElement("table");
  made.className = "ladder";
  made.setAttribute("aria-label", `book of ${instrument.told.name}`);
  made.append(headRow(["side", "price", "size", "our order, and the queue ahead of it"]));
  for (const each of all) made.append(ladderRow(instrument, each, largest));
  if (all.length === 0) return paragraph("no book yet");
  return made;
}

function ladderRow(instrument: FilmInstrument, rung: Rung, largest: number): HTMLElement {
  const row = document.createElement("tr");
  row.className = `${rung.isBid ? "bid" : "ask"}${rung.ours.length > 0 ? " ours" : ""}`;
  const ours = rung.ours.map(([id, , , size, filled, , ahead]) => {
    const left = instrument.size(size - filled);
    return `#${id} ${left} left${ahead === null ? "" : `, ${instrument.size(ahead)} ahead`}`;
  });
  const size = rung.size === 0 ? "–" : instrument.size(rung.size);
  for (const content of [
    rung.isBid ? "bid" : "ask",
    instrument.price(rung.price),
    size,
    ours.join("; "),
  ]) {
    const cell = document.createElement("td");
    cell.textContent = content;
    row.append(cell);
  }
  if (rung.size > 0) {
    const bar = document.createElement("span");
    bar.className = "depth";
    bar.style.width = `${Math.max(1, Math.round((rung.size / largest) * 60))}px`;
    row.children[2]?.append(bar);
  }
  return row;
}

/** What the bot and the world said last. */
export function drawSaid(place: HTMLElement, film: FilmReader, step: number): void {
  const items: HTMLElement[] = [];
  for (let each = step; each >= 0 && items.length < SAID_MAX; each -= 1) {
    const kind = film.kind(each);
    const actor = film.actor(each);
    if (!SAID.has(kind) || actor === "venue gets") continue;
    const item = document.createElement("li");
    const when = document.createElement("span");
    when.className = "when";
    when.textContent = clockText(film.at[each] as number);
    const what = document.createElement("span");
    if (LOUD.has(kind)) what.className = "bad";
    what.textContent = stepText(film, each);
    item.append(when, what);
    items.push(item);
  }
  if (items.length === 0) items.push(listItem("nothing yet"));
  place.replaceChildren(...items);
}

function listItem(content: string): HTMLElement {
  const item = document.createElement("li");
  item.textContent = content;
  return item;
}

function heading(content: string): HTMLElement {
  const made = document.createElement("h3");
  made.textContent = content;
  return made;
}

function paragraph(content: string): HTMLElement {
  const made = document.createElement("p");
  made.className = content.startsWith("≠") ? "" : "muted";
  made.textContent = content;
  return made;
}

function headRow(names: readonly string[]): HTMLElement {
  const row = document.createElement("tr");
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    row.append(cell);
  }
  return row;
}

function table(names: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement {
  const made = document.createElement("table");
  made.append(headRow(names));
  for (const cells of rows) {
    const row = document.createElement("tr");
    for (const cell of cells) {
      const box = document.createElement("td");
      box.textContent = typeof cell === "string" ? cell : cell.text;
      if (typeof cell !== "string" && cell.as !== "") box.className = cell.as;
      row.append(box);
    }
    made.append(row);
  }
  return made;
}
