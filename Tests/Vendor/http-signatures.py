#!/usr/bin/env python3
"""Compares the HTTP room's message signatures (RFC 9421) with a signer of their own, on random messages.

    apt-get install python3-cryptography     # or: pip install cryptography
    swift build --product http-signature
    Tests/Vendor/http-signatures.py .build/debug/http-signature [COUNT] [SEED]

The signer here was written from the RFC's text and shares nothing with the room. Four comparisons, each over COUNT
messages (500 unless told otherwise): the same signature base; they sign and we verify; we sign and they verify; and a
damaged message, which both must refuse. Ends with status 1 after printing up to five differences.
"""

import base64
import json
import random
import subprocess
import sys
from urllib.parse import parse_qsl, quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAMES = ["Date", "Content-Type", "Content-Digest", "Interflow-Incarnation", "X-Many", "Cache-Control", "x-lower", "X_odd"]
VALUES = ["a", "", " padded ", "\ttabbed\t", 'quo"ted', "comma, separated", "back\\slash", "max-age=60", "sha-256=:AAAA:", "1, 2 ,3"]
DERIVED = ["@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query"]


# ---- the other implementation --------------------------------------------------------------------------------------

def sf_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def identifier(component):
    name, parameters = component
    text = sf_string(name)
    for key, value in parameters:
        text += ";" + key if value is True else f";{key}={sf_string(value)}"
    return text


def field_value(message, name):
    lines = [value.strip(" \t") for key, value in message["fields"] if key.lower() == name]
    if not lines:
        raise KeyError(name)
    return ", ".join(lines)


def component_value(component, message, request):
    name, parameters = component
    options = dict(parameters)
    source = request if options.get("req") else message
    if not name.startswith("@"):
        value = field_value(source, name)
        if "key" in options:
            members = dict(member.strip().split("=", 1) for member in value.split(","))
            return members[options["key"]]
        return value
    if name == "@status":
        return str(source["status"])
    parts = urlsplit(source["uri"])
    scheme = parts.scheme.lower()
    target = source["uri"].split("://", 1)[1]
    slash = min([target.index(c) for c in "/?" if c in target], default=len(target))
    authority, target = target[:slash].lower(), target[slash:]
    implied = {"https": ":443", "http": ":80"}[scheme]
    if authority.endswith(implied):
        authority = authority[: -len(implied)]
    path, mark, query = target.partition("?")
    path = path or "/"
    if name == "@method":
        return source["method"]
    if name == "@target-uri":
        return source["uri"]
    if name == "@authority":
        return authority
    if name == "@scheme":
        return scheme
    if name == "@request-target":
        return path + mark + query
    if name == "@path":
        return path
    if name == "@query":
        return "?" + query
    if name == "@query-param":
        values = [v for k, v in parse_qsl(query, keep_blank_values=True) if k == options["name"]]
        if len(values) != 1:
            raise KeyError(name)
        return quote(values[0], safe="")
    raise KeyError(name)


def signature_input(components, parameters):
    text = "(" + " ".join(identifier(c) for c in components) + ")"
    for key, value in parameters:
        text += f";{key}={value}" if isinstance(value, int) else f";{key}={sf_string(value)}"
    return text


def signature_base(components, parameters, message, request):
    lines = [f"{identifier(c)}: {component_value(c, message, request)}" for c in components]
    lines.append(f'"@signature-params": {signature_input(components, parameters)}')
    return "\n".join(lines)


# ---- random messages -----------------------------------------------------------------------------------------------

def random_uri(dice):
    host = dice.choice(["munich.example", "MUNICH.example", "127.0.0.1", "[::1]", "a.b-c.example"])
    port = dice.choice(["", "", ":80", ":443", ":8443"])
    path = dice.choice(["", "/", "/federation/v1/messages", "/a%20b/%C3%BC", "/x/"])
    query = dice.choice(["", "", "?", "?a=1&b=2", "?name=a+b&x=%2B%26&empty=", "?p=%C3%BC"])
    return dice.choice(["https", "http"]) + "://" + host + port + path + query


def random_fields(dice):
    return [[dice.choice(NAMES), dice.choice(VALUES)] for _ in range(dice.randrange(1, 9))]


def random_case(dice):
    request = {"method": dice.choice(["GET", "POST", "PUT"]), "uri": random_uri(dice), "fields": random_fields(dice)}
    request["fields"].append(["Signature", "peer=:" + base64.b64encode(dice.randbytes(64)).decode() + ":"])
    parts = urlsplit(request["uri"])
    ours = [(name, []) for name in DERIVED] + [(name.lower(), []) for name, _ in request["fields"]]
    names = [k for k, _ in parse_qsl(parts.query, keep_blank_values=True)]
    ours += [("@query-param", [("name", name)]) for name in names if names.count(name) == 1]
    message, other = request, None
    if dice.random() < 0.5:
        message = {"status": dice.randrange(200, 600), "fields": random_fields(dice)}
        other = request
        ours = [(name, parameters + [("req", True)]) for name, parameters in ours]
        ours += [("@status", [])] + [(name.lower(), []) for name, _ in message["fields"]]
        ours.append(("signature", [("req", True), ("key", "peer")]))
    unique = {identifier(c): c for c in ours}
    components = dice.sample(list(unique.values()), dice.randrange(len(unique) + 1))
    parameters = [("created", dice.randrange(1, 2**33)), ("expires", dice.randrange(1, 2**33)),
                  ("keyid", dice.choice(["k", 'a"b', "back\\slash"])), ("nonce", str(dice.random())), ("tag", "interflow-peer")]
    return components, dice.sample(parameters, dice.randrange(len(parameters) + 1)), message, other


def damaged(dice, message):
    """The same message with one letter changed in a place that nothing trims or folds."""
    copy = json.loads(json.dumps(message))
    if "uri" in copy and dice.random() < 0.5:
        copy["uri"] += "x"
    copy["method" if "method" in copy else "status"] = "PATCH" if "method" in copy else copy["status"] + 1
    copy["fields"] = [[name, value + "!"] for name, value in copy["fields"]]
    return copy


def ask(command, questions):
    """The command's answers, in order."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answers = subprocess.run([command], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answers) == len(questions), f"{len(questions)} questions, {len(answers)} answers"
    return [json.loads(answer) for answer in answers]


def verifies(key, signature, base):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, base.encode())
        return True
    except InvalidSignature:
        return False


def text(raw):
    return base64.b64encode(raw).decode()


def covers(components):
    """Whether something of the message itself is covered that `damaged` changes."""
    own = [name for name, parameters in components if ("req", True) not in parameters]
    return any(name in ("@method", "@status") or not name.startswith("@") for name in own)


def main():
    command = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(2**32)
    dice = random.Random(seed)
    print(f"seed {seed}, {count} messages")
    cases, questions = [], []
    for _ in range(count):
        components, parameters, message, request = random_case(dice)
        secret = dice.randbytes(32)
        private = Ed25519PrivateKey.from_private_bytes(secret)
        public = private.public_key().public_bytes_raw()
        base = signature_base(components, parameters, message, request)
        question = {"message": message, "input": signature_input(components, parameters)}
        if request is not None:
            question["request"] = request
        proof = {"key": text(public), "signature": text(private.sign(base.encode()))}
        cases.append((base, question["input"], public, covers(components)))
        questions.append({**question, "seed": text(secret)})
        questions.append({**question, **proof})
        questions.append({**question, **proof, "message": damaged(dice, message)})
    answers = iter(ask(command, questions))
    differences, refused = [], 0
    for base, written, public, matters in cases:
        signed, checked, other = next(answers), next(answers), next(answers)
        if signed.get("base") != base or signed.get("input") != written:
            differences.append(("another base", base, signed))
        elif not verifies(public, base64.b64decode(signed["signature"]), base):
            differences.append(("they refuse ours", base, signed))
        if checked.get("valid") is not True:
            differences.append(("we refuse theirs", base, checked))
        if matters and other.get("valid") is not False:
            differences.append(("we take a damaged one", base, other))
        refused += other.get("valid") is False
    for kind, base, answer in differences[:5]:
        print(f"--- {kind}\n{base}\n{answer}")
    print(f"{len(differences)} differences; {refused} damaged messages refused")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
