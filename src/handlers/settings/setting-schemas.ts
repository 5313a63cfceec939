import * as z from '../../core/zod-mini';

/** A text of items with commas in between; an empty one has none. */
export const list = z.pipe(
  z.string(),
  z.transform((value: string) => value.split(',').filter((item) => item !== '')),
);

/** 1 to 9999. */
export const number = z.pipe(z.string().check(z.regex(/^[1-9]\d{0,3}$/)), z.transform(Number));
