// The Hyperliquid grid's write-ahead log, its checkpoint and its fill log: JSON lines with positions before and after. An
// entry whose checksum is provably wrong is not believed; where the text was written another way nothing can be proven.

import { createHash } from "node:crypto";
import type { Fields } from "./json-text.ts";
import { asFields, decimalIn, fieldsOf, present, textIn, timeIn } from "./json-text.ts";
import type { LineReading, LogFormat, LogReader } from "./reader.ts";
import { MORE, sided, textOf, UNKNOWN } from "./reader.ts";
import type { Told } from "./timeline.ts";

const MS_US = 1_000;
const LEG = "hyperliquid";
/** The text the checksum is of, but for the checksum: compact, keys sorted. */
const PROVABLE = /^\{"csum":"([0-9a-f]{8})","data":\{(?:.*)\},"seq":\d+,"ts":\d+,"type":"\w+"\}$/;

class GridWalReader implements LogReader {
  line(text: string): LineReading {
    if (text.trim() === "") return MORE;
    const entry = fieldsOf(text);
    if (entry === undefined) return UNKNOWN;
    return entry.type === undefined ? plainLine(entry) : walLine(text, entry);
  }
}

/** The fill log, and the checkpoint. */
function plainLine(entry: Fields): LineReading {
  const filledAt = timeIn(entry, "time", MS_US);
  const fill = fillOf(entry);
  if (filledAt !== undefined && fill !== undefined) {
    const key = ["fill", entry.oid, entry.cloid, entry.time, entry.px, entry.sz].join(" ");
    return { kind: "record", at: filledAt, told: [fill], key };
  }
  const at = timeIn(entry, "ts", MS_US);
  const position = decimalIn(entry, "position");
  if (at === undefined || position === undefined) return UNKNOWN;
  return { kind: "record", at, told: [{ what: "belief", leg: LEG, position }] };
}

function walLine(text: string, entry: Fields): LineReading {
  const at = timeIn(entry, "ts", MS_US);
  const data = asFields(entry.data);
  if (at === undefined || data === undefined) return UNKNOWN;
  if (isForged(text)) {
    const said = `entry ${textIn(entry, "seq") ?? "?"} fails its checksum and is not believed`;
    return { kind: "record", at, told: [{ what: "alert", leg: LEG, text: said }] };
  }
  const told = toldOf(textIn(entry, "type") ?? "", data);
  if (told === undefined) return { kind: "unknown", at };
  return { kind: "record", at, told, key: `wal ${entry.seq} ${entry.ts} ${entry.type}` };
}

function toldOf(type: string, data: Fields): readonly Told[] | undefined {
  const order = textIn(data, "oid") ?? textIn(data, "cloid");
  const base = {
    leg: LEG,
    ...sided(textIn(data, "side")),
    ...present<Pick<Told, "order">>({ order }),
  };
  const believed = (key: string): Told[] => {
    const position = decimalIn(data, key);
    return position === undefined ? [] : [{ what: "belief", leg: LEG, position }];
  };
  switch (type) {
    case "fill": {
      const fill = fillOf(asFields(data.fill) ?? data);
      return [
        ...believed("pos_before"),
        ...(fill === undefined ? [] : [fill]),
        ...believed("pos_after"),
      ];
    }
    case "position_update":
      return [...believed("new"), ...believed("position"), ...believed("pos_after")];
    case "order_submit": {
      const amounts = { size: decimalIn(data, "size"), price: decimalIn(data, "price") };
      return [{ ...base, ...present<Pick<Told, "size" | "price">>(amounts), what: "placed" }];
    }
    case "order_cancel":
      return [{ ...base, what: "cancel-asked" }];
    case "checkpoint":
      return believed("position");
    case "grid_rebuild":
      return [{ what: "phase", leg: LEG, text: textOf(`grid_rebuild ${JSON.stringify(data)}`) }];
    default:
      return undefined;
  }
}

function fillOf(fill: Fields): Told | undefined {
  const size = decimalIn(fill, "sz");
  const { side } = sided(textIn(fill, "side"));
  if (size === undefined || side === undefined) return undefined;
  const price = decimalIn(fill, "px");
  const order = textIn(fill, "oid") ?? textIn(fill, "cloid");
  const named = present<Pick<Told, "price" | "order">>({ price, order });
  return { what: "fill", leg: LEG, side, size, ...named };
}

/** Is the text just what its checksum was made of, and the checksum another? */
function isForged(text: string): boolean {
  const [, csum] = PROVABLE.exec(text) ?? [];
  if (csum === undefined) return false;
  const bare = text.replace(`"csum":"${csum}"`, '"csum":null');
  return createHash("md5").update(bare).digest("hex").slice(0, 8) !== csum;
}

export const gridWal: LogFormat = {
  name: "grid-wal",
  told: "write-ahead log, checkpoint or fill log of the Hyperliquid grid, JSON lines",
  zone: undefined,
  reader: () => new GridWalReader(),
};
