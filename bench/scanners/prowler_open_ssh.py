"""Times Prowler's own test of a rule, called as its check for port 22 calls it: python prowler_open_ssh.py GROUPS.json REPEATS"""

import json
import sys
import time

from prowler.providers.aws.services.ec2.lib.security_groups import check_security_group


def is_open(group):
    return any(
        check_security_group(rule, "tcp", [22], any_address=True) for rule in group["IpPermissions"]
    )


def main(path, repeats):
    runs = []
    for _ in range(repeats):
        began = time.perf_counter()
        with open(path, encoding="utf-8") as file:
            groups = json.load(file)["SecurityGroups"]
        loaded = time.perf_counter()
        matched = [group for group in groups if is_open(group)]
        ended = time.perf_counter()
        runs.append({"load": (loaded - began) * 1000, "evaluate": (ended - loaded) * 1000})
    print(json.dumps({"runs": runs, "open": sorted(group["GroupId"] for group in matched)}))


main(sys.argv[1], int(sys.argv[2]))
