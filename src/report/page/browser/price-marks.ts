// What is drawn over a price: where our orders stood, as thin lines, and our fills: ▲ below the price for what we bought,
// ▼ above it for what we sold; hollow for a taker's. Shapes tell what colours tell, for those who cannot see these.

import type uPlot from "uplot";
import type { PackedFills, PackedRests } from "../sheet-data.ts";
import { bytes, floats, seconds } from "./columns.ts";
import type { Palette } from "./theme.ts";

const BUYS = 1;
const MAKER = 2;
/** More marks than this on one screen are a smear: then only every nth is drawn, and zooming in brings the others. */
const MARKS_MAX = 1_500;

export function priceMarks(fills: PackedFills, rests: PackedRests, palette: Palette) {
  const at = seconds(fills.at);
  const price = floats(fills.price);
  const kind = bytes(fills.kind);
  const from = seconds(rests.from);
  const to = seconds(rests.to);
  const level = floats(rests.price);
  const buys = bytes(rests.buys);
  const filled = bytes(rests.filled);
  return (chart: uPlot): void => {
    const { ctx, bbox } = chart;
    const { min = 0, max = 0 } = chart.scales.x ?? {};
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const x = (value: number): number => chart.valToPos(value, "x", true);
    const y = (value: number): number => chart.valToPos(value, "y", true);
    ctx.lineWidth = devicePixelRatio;
    for (let index = 0; index < level.length; index += 1) {
      if ((to[index] as number) < min || (from[index] as number) > max) continue;
      ctx.strokeStyle = buys[index] === 1 ? palette.buy : palette.sell;
      ctx.globalAlpha = filled[index] === 1 ? 0.55 : 0.16;
      ctx.beginPath();
      ctx.moveTo(x(Math.max(from[index] as number, min)), y(level[index] as number));
      ctx.lineTo(x(Math.min(to[index] as number, max)), y(level[index] as number));
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    const seen = at.flatMap((when, index) => (when >= min && when <= max ? [index] : []));
    const every = Math.ceil(seen.length / MARKS_MAX);
    const size = 4.5 * devicePixelRatio;
    for (let nth = 0; nth < seen.length; nth += every) {
      const index = seen[nth] as number;
      const code = kind[index] as number;
      const isBuy = (code & BUYS) !== 0;
      const down = isBuy ? size : -size;
      const px = x(at[index] as number);
      const py = y(price[index] as number) + down / 2;
      ctx.fillStyle = isBuy ? palette.buy : palette.sell;
      ctx.strokeStyle = ctx.fillStyle;
      ctx.beginPath();
      ctx.moveTo(px, py);
      ctx.lineTo(px - size, py + down * 1.7);
      ctx.lineTo(px + size, py + down * 1.7);
      ctx.closePath();
      if ((code & MAKER) !== 0) ctx.fill();
      else ctx.stroke();
    }
    ctx.restore();
  };
}
