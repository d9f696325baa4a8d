import { z } from "zod";
export const riskSchema = z.strictObject({});
