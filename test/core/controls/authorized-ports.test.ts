import { parseAuthorizedPorts } from '../../../src/core/controls/authorized-ports';

const tcp = (...Value: string[]) => [{ Name: 'authorizedTcpPorts', Value }];

describe('parseAuthorizedPorts', () => {
  test('has Security Hub’s defaults for what is missing', () => {
    expect(parseAuthorizedPorts([])).toEqual({
      ok: true,
      value: {
        tcp: [
          { from: 80, to: 80 },
          { from: 443, to: 443 },
        ],
        udp: [],
      },
    });
    expect(parseAuthorizedPorts([{ Name: 'authorizedUdpPorts', Value: ['53'] }])).toMatchObject({
      ok: true,
      value: {
        tcp: [
          { from: 80, to: 80 },
          { from: 443, to: 443 },
        ],
        udp: [{ from: 53, to: 53 }],
      },
    });
  });

  test.each<[readonly string[], readonly (readonly [number, number])[]]>([
    [[], []],
    [[''], []],
    [['443'], [[443, 443]]],
    [
      ['80', '443'],
      [
        [80, 80],
        [443, 443],
      ],
    ],
    [['1020-1025'], [[1020, 1025]]],
    [
      ['80,443,1020-1025'],
      [
        [80, 80],
        [443, 443],
        [1020, 1025],
      ],
    ],
    [
      [' 80 , 443 ', '1020 - 1025'],
      [
        [80, 80],
        [443, 443],
        [1020, 1025],
      ],
    ],
    [
      ['443', '80', '81-90', '85-95'],
      [
        [80, 95],
        [443, 443],
      ],
    ],
    [['0-65535'], [[0, 65535]]],
  ])('reads %j', (values, ranges) => {
    const parsed = parseAuthorizedPorts(tcp(...values));
    expect(parsed.ok && parsed.value.tcp.map(({ from, to }) => [from, to])).toEqual(ranges);
  });

  test.each(['http', '65536', '443-80', '80-', '-80', '1-2-3', '8 0', '80;443', '0x50', '٨٠'])(
    'refuses %s and says which parameter holds it',
    (value) => {
      const parsed = parseAuthorizedPorts(tcp('443', value));
      expect(parsed).toEqual({
        ok: false,
        error: { code: 'parameter-unreadable', control: 'EC2.18', parameter: 'authorizedTcpPorts', value },
      });
    },
  );
});
