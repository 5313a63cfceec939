import { singlePorts } from '../network/port-set';
import { success } from '../result';
import { forbid, type InternetPortsControl } from './control';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19 */
const HIGH_RISK_PORTS = singlePorts(
  20,
  21,
  22,
  23,
  25,
  110,
  135,
  143,
  445,
  1433,
  1434,
  3000,
  3306,
  3389,
  4333,
  5000,
  5432,
  5500,
  5601,
  8080,
  8088,
  8888,
  9200,
  9300,
);

const FORBIDDEN = forbid({ tcp: HIGH_RISK_PORTS });

export const EC2_19: InternetPortsControl = {
  kind: 'internet-ports',
  id: 'EC2.19',
  title: 'Security groups should not allow unrestricted access to ports with high risk',
  resource: 'security-group',
  forbids:
    'tcp 20-23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200 and 9300 from the internet',
  forbiddenPorts: () => success(FORBIDDEN),
};
