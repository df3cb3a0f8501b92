#!/usr/bin/env python3
"""Compares the SMS channel's signatures with those of Twilio's own library, on random requests.

    python3 -m venv venv && venv/bin/pip install twilio
    swift build --product sms-signature
    venv/bin/python Tests/Vendor/twilio-validator.py .build/debug/sms-signature [COUNT] [SEED]

Four comparisons, each over COUNT requests (1,000 unless told otherwise):
they sign and we check; we sign and they check; both sign alike; and a damaged request, which both must refuse.
Ends with status 1 at the first kind of difference, after printing up to five examples.
"""

import json
import random
import subprocess
import sys

from twilio.request_validator import RequestValidator, compare

TEXTS = ["Hallo, wo ist mein Paket?", "Grüße 👋 & mehr", "", "a=b&c=d", "100 % + 1", "नमस्ते", "\n\t ", "e\u0301", "é"]
NAMES = ["From", "To", "Body", "MessageSid", "NumMedia", "ToCity", "a", "A", "Z9", "ß", "MediaUrl0", "x-y"]


class MultiDict(dict):
    """A dictionary of lists with the method by which Twilio's library reads repeated parameters."""

    def getall(self, name):
        return self[name]


def random_url(dice):
    host = dice.choice(["if.example.test", "192.0.2.7", "localhost", "a.b-c.example"])
    port = dice.choice(["", "", ":443", ":80", ":8443"])
    path = dice.choice(["/hooks/sms/main", "/hooks/sms/main/status", "/", "/a%20b/%C3%BC"])
    query = dice.choice(["", "", "?site=a&x=1%202", "?message=42", "?a=b+c&a=%2B&empty="])
    return dice.choice(["https", "http"]) + "://" + host + port + path + query


def random_request(dice):
    """A question for the command, without signature."""
    request = {
        "url": random_url(dice),
        "token": "".join(dice.choices("0123456789abcdef", k=32)),
        "algorithm": dice.choice(["HMAC_SHA1", "HMAC_SHA256"]),
    }
    if dice.random() < 0.2:
        body = json.dumps({"Body": dice.choice(TEXTS), "n": dice.randrange(9)}, ensure_ascii=False)
        digest = RequestValidator("").compute_hash(body)
        request["url"] += ("&" if "?" in request["url"] else "?") + "bodySHA256=" + digest
        request["body"] = body
    else:
        request["params"] = {
            name: [random_text(dice) for _ in range(dice.choice([1, 1, 1, 2, 4]))]
            for name in dice.sample(NAMES, dice.randrange(len(NAMES)))
        }
    return request


def random_text(dice):
    if dice.random() < 0.5:
        return dice.choice(TEXTS)
    return "".join(chr(dice.choice([dice.randrange(32, 127), dice.randrange(0xA1, 0xD7FF)])) for _ in range(dice.randrange(40)))


def payload(request):
    return request["body"] if "body" in request else MultiDict(request["params"])


def their_signature(request):
    validator = RequestValidator(request["token"])
    signed = {} if "body" in request else payload(request)
    return validator.compute_signature(request["url"], signed, request["algorithm"])


def they_accept(request):
    validator = RequestValidator(request["token"])
    return validator.validate(request["url"], payload(request), request["signature"], request["algorithm"])


def damaged(dice, request):
    """The same request with one thing wrong."""
    request = json.loads(json.dumps(request))
    kind = dice.choice(["signature", "url", "token", "payload", "algorithm", "empty"])
    if kind == "signature":
        place = dice.randrange(len(request["signature"]))
        letter = request["signature"][place]
        other = dice.choice([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=" if c != letter])
        request["signature"] = request["signature"][:place] + other + request["signature"][place + 1 :]
    elif kind == "url":
        request["url"] = request["url"].replace("/", "/x", 3)[:-1] if dice.random() < 0.5 else request["url"] + "x"
    elif kind == "token":
        request["token"] = request["token"][::-1] + "0"
    elif kind == "algorithm":
        request["algorithm"] = "HMAC_SHA1" if request["algorithm"] == "HMAC_SHA256" else "HMAC_SHA256"
    elif kind == "payload" and "body" in request:
        request["body"] += " "
    elif kind == "payload":
        request["params"]["Added"] = ["1"]
    else:
        request["signature"] = ""
    return request


def ask(command, requests):
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run([command], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(requests), "one answer a line"
    return answers


def report(title, count, differences):
    print(f"{title}: {count - len(differences)} of {count} agree")
    for difference in differences[:5]:
        print("  ", json.dumps(difference, ensure_ascii=False))
    return not differences


def main():
    command = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    dice = random.Random(seed)
    print(f"seed {seed}")

    signed = [{**request, "signature": their_signature(request)} for request in (random_request(dice) for _ in range(count))]
    ours = ask(command, signed)
    sound = report("they sign, we check", count, [r for r, a in zip(signed, ours) if a.get("valid") is not True])
    sound &= report(
        "both sign alike", count, [r for r, a in zip(signed, ours) if not compare(a["signature"], r["signature"])])

    plain = [random_request(dice) for _ in range(count)]
    by_us = [{**request, "signature": answer["signature"]} for request, answer in zip(plain, ask(command, plain))]
    sound &= report("we sign, they check", count, [r for r in by_us if not they_accept(r)])

    wrong = [damaged(dice, request) for request in signed]
    answers = ask(command, wrong)
    sound &= report("damaged, we refuse", count, [r for r, a in zip(wrong, answers) if a.get("valid") is not False])
    sound &= report("damaged, they refuse", count, [r for r in wrong if they_accept(r)])
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
