"""Apply for a service, from its form to its receipt.

    python examples/apply.py https://hall.example CLIENT_ID answers.json photo.jpg

The secret of the client is read from YINUO_CLIENT_SECRET. answers.json holds `item`, `unit` and
`answers`; the picture stands for every material that has to be uploaded.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from yinuo_client import Hall, ProblemError, client_credentials


def main(base: str, client_id: str, wishes: Path, picture: Path) -> int:
    token = client_credentials(
        base, client_id, os.environ["YINUO_CLIENT_SECRET"], ["apply", "cases", "papers"]
    )
    wanted = json.loads(wishes.read_text(encoding="utf-8"))
    with Hall(base, token, language="en") as hall:
        item = hall.item(wanted["item"])
        print(f"{item['name']['en']}: {len(item['form'])} pages, {len(item['materials'])} materials")
        draft = hall.begin(item["id"])
        draft = hall.save(draft["id"], answers=wanted["answers"], unit=wanted["unit"])
        for key, wrong in draft["wrong"].items():
            print(f"{key}: {wrong['detail']}", file=sys.stderr)
        for material in draft["missing"]:
            hall.upload(draft["id"], material, picture.name, picture.read_bytes())
        try:
            done = hall.submit(draft["id"])
        except ProblemError as no:
            print(no, file=sys.stderr)
            return 1
        print(f"query code {done['query_code']}")
        if done["number"] is not None:
            main_promise = hall.case(done["number"])["main"]
            assert main_promise is not None
            print(f"case {done['number']}: {main_promise['name']} by {main_promise['due']}")
            receipt = hall.receipt(done["number"], main_promise["key"])
            print(f"receipt {receipt['digest'][:16]}, counted over {len(receipt['days'])} days")
    return 0


if __name__ == "__main__":
    base, client_id, wishes, picture = sys.argv[1:]
    sys.exit(main(base, client_id, Path(wishes), Path(picture)))
