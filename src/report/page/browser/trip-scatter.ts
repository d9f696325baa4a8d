// Every round trip as a point: when it ended, what it returned; its size is what it earned or lost. ▲ long, ▼ short.

import type { PackedSheet } from "../sheet-data.ts";
import type { Palette } from "./theme.ts";

const HEIGHT = 260;
const LEFT = 64;
const BOTTOM = 22;
/** Two names nearer than this overlap. */
const NAME_HEIGHT = 14;
const SVG = "http://www.w3.org/2000/svg";
/** More points than this are thinned: every nth is drawn. */
const POINTS_MAX = 3_000;

export function drawTrips(
  element: HTMLElement | undefined,
  sheet: PackedSheet,
  palette: Palette,
): void {
  if (element === undefined || sheet.trips.length === 0) return;
  const every = Math.ceil(sheet.trips.length / POINTS_MAX);
  const trips = sheet.trips.filter((_, index) => index % every === 0);
  const width = element.clientWidth;
  const returns = trips.map(([, value]) => value);
  const top = Math.max(0, ...returns);
  const low = Math.min(0, ...returns);
  const span = top - low || 1;
  const largest = Math.max(...trips.map(([, , profit]) => Math.abs(profit))) || 1;
  const x = (at: number): number =>
    LEFT + ((at - sheet.startedAt) / (sheet.endedAt - sheet.startedAt || 1)) * (width - LEFT - 8);
  const y = (value: number): number => 8 + ((top - value) / span) * (HEIGHT - BOTTOM - 16);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(HEIGHT));
  svg.setAttribute("role", "img");
  svg.setAttribute(
    "aria-label",
    `${sheet.trips.length} round trips: return by the time each ended`,
  );
  const isApart = (value: number): boolean =>
    value === 0 || Math.abs(y(value) - y(0)) >= NAME_HEIGHT;
  for (const value of [top, 0, low].filter(isApart)) {
    const line = shape("line", { x1: LEFT, x2: width, y1: y(value), y2: y(value) });
    line.setAttribute("stroke", palette.grid);
    const label = shape("text", { x: LEFT - 6, y: y(value) + 4 });
    label.setAttribute("text-anchor", "end");
    label.setAttribute("fill", palette.text);
    label.setAttribute("font-size", "12");
    label.textContent = `${(value * 100).toFixed(3).replace("-", "−")} %`;
    svg.append(line, label);
  }
  for (const [closedAt, value, profit, isLong] of trips) {
    const size = 2.5 + 6 * Math.sqrt(Math.abs(profit) / largest);
    const up = isLong === 1 ? -size : size;
    const [px, py] = [x(closedAt), y(value)];
    const corners = `${px},${py + up} ${px - size},${py - up} ${px + size},${py - up}`;
    const mark = shape("polygon", {});
    mark.setAttribute("points", corners);
    mark.setAttribute("fill", profit >= 0 ? palette.buy : palette.sell);
    mark.setAttribute("fill-opacity", "0.6");
    svg.append(mark);
  }
  element.append(svg);
}

function shape(name: string, numbers: Readonly<Record<string, number>>): SVGElement {
  const element = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(numbers)) element.setAttribute(key, String(value));
  return element;
}
