const PLAIN = /^[0-9a-f:]{2,39}\/(?:0|[1-9]\d{0,2})$/;
const GROUPS = 8;
const GROUP_BITS = 16;

/**
 * Whether a text is an IPv6 block in its plain form, `2001:db8::/32`: small letters, no dots, no bits behind the
 * prefix. False says nothing: the general parser, which takes several times as long, has the last word on every other
 * text.
 */
export function isPlainIpv6Block(text: string): boolean {
  if (!PLAIN.test(text)) return false;
  const slash = text.indexOf('/');
  const prefixLength = Number(text.slice(slash + 1));
  const groups = readGroups(text.slice(0, slash));
  if (groups === undefined || prefixLength > GROUPS * GROUP_BITS) return false;
  return groups.every((group, i) => {
    const hostBits = Math.min(Math.max(GROUP_BITS * (i + 1) - prefixLength, 0), GROUP_BITS);
    return group % 2 ** hostBits === 0;
  });
}

function readGroups(address: string): readonly number[] | undefined {
  const gap = address.indexOf('::');
  if (gap === -1) return parseGroups(address, GROUPS, GROUPS);
  const head = parseGroups(address.slice(0, gap), 0, GROUPS - 1);
  const tail = parseGroups(address.slice(gap + 2), 0, GROUPS - 1);
  if (head === undefined || tail === undefined || head.length + tail.length >= GROUPS) return undefined;
  return [...head, ...Array.from({ length: GROUPS - head.length - tail.length }, () => 0), ...tail];
}

function parseGroups(text: string, fewest: number, most: number): readonly number[] | undefined {
  const parts = text === '' ? [] : text.split(':');
  if (parts.length < fewest || parts.length > most) return undefined;
  if (parts.some((part) => part === '' || part.length > 4)) return undefined;
  return parts.map((part) => Number.parseInt(part, 16));
}
