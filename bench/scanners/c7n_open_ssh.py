"""Times Cloud Custodian's own ingress filter: python c7n_open_ssh.py GROUPS.json REPEATS"""

import json
import sys
import time

from c7n.config import Config
from c7n.loader import PolicyLoader
from c7n.resources import load_resources

POLICY = {
    "policies": [
        {
            "name": "open-ssh",
            "resource": "aws.security-group",
            "filters": [
                {
                    "or": [
                        {"type": "ingress", "Ports": [22], "Cidr": {"value": "0.0.0.0/0"}},
                        {"type": "ingress", "Ports": [22], "CidrV6": {"value": "::/0"}},
                    ]
                }
            ],
        }
    ]
}


def main(path, repeats):
    load_resources(("aws.security-group",))
    account = {"account_id": "222222222222", "region": "us-east-1", "regions": ["us-east-1"]}
    [policy] = PolicyLoader(Config.empty(**account)).load_data(POLICY, "memory", validate=False)
    runs = []
    for _ in range(repeats):
        began = time.perf_counter()
        with open(path, encoding="utf-8") as file:
            groups = json.load(file)["SecurityGroups"]
        loaded = time.perf_counter()
        matched = policy.resource_manager.filter_resources(groups)
        ended = time.perf_counter()
        runs.append({"load": (loaded - began) * 1000, "evaluate": (ended - loaded) * 1000})
    print(json.dumps({"runs": runs, "open": sorted(group["GroupId"] for group in matched)}))


main(sys.argv[1], int(sys.argv[2]))
