// A section of settings as one instrument may say it otherwise: every field, none required, none filled in. Laid over the
// section all have in common, field by field.

import { z } from "zod";

/** A field without its default. */
type Bare<Field> = Field extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner>
  ? Inner
  : Field;

type Overrides<Shape extends z.ZodRawShape> = z.ZodObject<
  { [Key in keyof Shape]: z.ZodOptional<Bare<Shape[Key]> & z.ZodType> },
  z.core.$strict
>;

/** The section with every field optional and no default: what is absent stays absent. */
export function overridesOf<Shape extends z.ZodRawShape>(
  section: z.ZodObject<Shape, z.core.$strict>,
): Overrides<Shape> {
  const fields = Object.entries(section.shape).map(([key, field]) => [key, bare(field).optional()]);
  return z.strictObject(Object.fromEntries(fields)) as Overrides<Shape>;
}

/** A section with an instrument's own fields in place of the shared ones. */
export function overlaid<Section extends object>(
  section: Section,
  own: object | undefined,
): Section {
  return { ...section, ...own };
}

function bare(field: z.core.$ZodType): z.ZodType {
  const wrapped = field instanceof z.ZodDefault || field instanceof z.ZodPrefault;
  return (wrapped ? field.unwrap() : field) as z.ZodType;
}
