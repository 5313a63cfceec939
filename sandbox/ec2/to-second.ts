/** EC2 gives times to the second. */
export function toSecond(millis: number): Date {
  return new Date(Math.floor(millis / 1000) * 1000);
}
