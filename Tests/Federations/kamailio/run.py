#!/usr/bin/env python3
"""Real calls through Kamailio, which asks a real site of this build where each shall go.

SIPp is the carrier and the sites, Kamailio runs Deploy/Kamailio/kamailio.cfg, and everything stays on 127.0.0.1 in a folder that is
removed afterwards. A case is right when no call was lost: each was answered by a site, by the answer or by the switch's default.

Usage: run.py PROGRAM [--short] [--rate N] [--seconds S] [--only CASE,…] [--keep]
"""
import argparse
import base64
import csv
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
SITES = ("berlin", "munich")


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One child in a session of its own, so that it ends with whatever it started."""

    def __init__(self, command, log, folder, stdin=subprocess.DEVNULL):
        self.log = open(log, "wb")
        self.child = subprocess.Popen(
            command, stdin=stdin, stdout=self.log, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True)

    def signal(self, number):
        os.killpg(self.child.pid, number)

    def end(self):
        try:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGTERM)
            self.child.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        try:
            self.signal(signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.child.wait()
        self.log.close()


class Network:
    """A router, Kamailio before it, and two sites."""

    def __init__(self, program, policy, router="site", sites=("site", "site")):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="interflow-kamailio-")
        self.running = {}
        self.ports = {name: free_port(socket.SOCK_DGRAM) for name in SITES + ("switch", "carrier")}
        self.http = free_port(socket.SOCK_STREAM)
        self.make_configuration(policy)
        for name, kind in zip(SITES, sites):
            self.start_sip(name, kind)
        if router == "site":
            self.start_router()
        elif router != "none":
            self.start_stub(router)
        self.start_switch()

    # What it is made of

    def token(self, name):
        out = subprocess.run([self.program, "token", name], check=True, capture_output=True, text=True).stdout
        token = out.split("token:")[1].split()[0]
        digest = out.split('tokenHash: "')[1].split('"')[0]
        return token, digest

    def make_configuration(self, policy):
        self.switch_token, switch_hash = self.token("carrier")
        self.admin_token, admin_hash = self.token("watch")
        agents = {f"{site[0]}{n}": site for site in SITES for n in range(6 if site == "berlin" else 4)}
        self.agent_tokens = {}
        identities = [f'  carrier: {{ role: switch, tokenHash: "{switch_hash}" }}',
                      f'  watch: {{ role: supervisor, tokenHash: "{admin_hash}" }}']
        steps = {"turns": "[{ allocate: { berlin: 60, munich: 40 } }]",
                 "delay": "[{ pick: [min expected-delay, min load] }]"}[policy]
        people = []
        if policy == "delay":
            for name, site in agents.items():
                token, digest = self.token(name)
                self.agent_tokens[name] = token
                identities.append(f'  {name}: {{ role: agent, tokenHash: "{digest}" }}')
                people.append(f"  {name}: {{ capacity: {{ voice: 1 }}, site: {site} }}")
        text = "\n".join(
            ["site: router", f'listen: ["127.0.0.1:{self.http}"]', "data: data", "identities:"] + identities +
            ["sites: { berlin: {}, munich: {} }", "queues: { support: {} }", "defaultQueue: support"] +
            (["agents:"] + people if people else []) +
            ["routing:", "  sites:"] +
            [f'    {site}: {{ uri: "sip:{{dnis}}@127.0.0.1:{self.ports[site]}" }}' for site in SITES] +
            ["  services:", f"    support: {{ channel: voice, queue: support, reserveFor: 5s, steps: {steps} }}",
             "  clients:", f'    carrier: {{ default: "sip:{{dnis}}@127.0.0.1:{self.ports["berlin"]}" }}', ""])
        with open(os.path.join(self.folder, "interflow.yaml"), "w") as file:
            file.write(text)
        os.chmod(os.path.join(self.folder, "interflow.yaml"), 0o600)

    def start_router(self):
        self.running["router"] = Process(
            [self.program, "serve", "--config", "interflow.yaml"], self.path("router.log"), self.folder)
        self.wait_until(lambda: self.get("/readyz") is not None, "the router did not become ready", "router.log")

    def start_stub(self, kind):
        self.running["router"] = Process(
            [sys.executable, os.path.join(HERE, "stub.py"), str(self.http), kind], self.path("router.log"), self.folder)
        time.sleep(0.3)

    def start_sip(self, name, kind):
        self.running[name] = Process(
            ["sipp", "-sf", os.path.join(HERE, kind + ".xml"), "-i", "127.0.0.1", "-p", str(self.ports[name]), "-mp",
             str(20000 + 4000 * SITES.index(name)), "-nostdin", "-trace_stat", "-stf", self.path(name + ".csv"), "-fd", "1"],
            self.path(name + ".log"), self.folder)

    def start_switch(self):
        shutil.copy(os.path.join(ROOT, "Deploy", "Kamailio", "kamailio.cfg"), self.folder)
        values = {"LISTEN_ADDRESS": f"udp:127.0.0.1:{self.ports['switch']}", "ROUTER_SCHEME": "http",
                  "ROUTER_FIRST": f"127.0.0.1:{self.http}", "ROUTER_SECOND": f"127.0.0.1:{self.http}",
                  "SWITCH_NAME": "carrier", "SWITCH_TOKEN": self.switch_token,
                  "DEFAULT_SITE": f"127.0.0.1:{self.ports['berlin']}"}
        with open(self.path("interflow-local.cfg"), "w") as file:
            for name, value in values.items():
                file.write(f'#!substdef "!{name}!{value}!g"\n')
        kamailio = shutil.which("kamailio", path=os.environ.get("PATH", "") + ":/usr/sbin")
        self.running["switch"] = Process(
            [kamailio, "-f", self.path("kamailio.cfg"), "-P", self.path("kamailio.pid"), "-Y", self.folder, "-DD", "-E", "-m",
             "512", "-M", "16"], self.path("switch.log"), self.folder)
        time.sleep(1.5)

    def sign_agents_in(self):
        for name, token in self.agent_tokens.items():
            with open(self.path(name + ".token"), "w") as file:
                file.write(token)
            os.chmod(self.path(name + ".token"), 0o600)
            # Its input stays open: an agent whose input ends signs out.
            self.running["agent " + name] = Process(
                [self.program, "agent", name, "--url", f"http://127.0.0.1:{self.http}", "--token-file", name + ".token"],
                self.path(name + ".log"), self.folder, stdin=subprocess.PIPE)

    # What is asked of it

    def path(self, name):
        return os.path.join(self.folder, name)

    def get(self, path, token=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.http}{path}")
        if token:
            request.add_header("Authorization", "Bearer " + token)
        try:
            with urllib.request.urlopen(request, timeout=3) as answer:
                return answer.read().decode()
        except (OSError, urllib.error.URLError):
            return None

    def ask(self, key, tried=""):
        body = json.dumps({"callId": key, "ani": "+4930", "dnis": "800555", "tried": tried}).encode()
        basic = base64.b64encode(f"carrier:{self.switch_token}".encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.http}/v1/route", body,
            {"Content-Type": "application/json", "Authorization": "Basic " + basic})
        with urllib.request.urlopen(request, timeout=3) as answer:
            return json.load(answer)

    def metrics(self):
        page = self.get("/metrics", self.admin_token) or ""
        values = {}
        for line in page.splitlines():
            if line.startswith("interflow_route") and " " in line:
                name, value = line.rsplit(" ", 1)
                values[name] = float(value)
        return values

    def wait_until(self, holds, complaint, log=None):
        for _ in range(200):
            if holds():
                return
            time.sleep(0.05)
        if log:
            sys.stderr.write(open(self.path(log)).read()[-2000:])
        raise SystemExit(complaint)

    def calls(self, rate, count, meanwhile=None):
        """Makes so many calls. Returns answered, lost, and what the sites took; times from INVITE to ringing in ms."""
        command = ["sipp", "-sf", os.path.join(HERE, "caller.xml"), "-i", "127.0.0.1", "-p", str(self.ports["carrier"]), "-s",
                   "800555", f"127.0.0.1:{self.ports['switch']}", "-r", str(rate), "-m", str(count), "-l", "20000", "-mp", "30000",
                   "-nostdin", "-fd", "1", "-trace_stat", "-stf", self.path("carrier.csv"), "-trace_rtt", "-rtt_freq", "1",
                   "-timeout", f"{int(count / rate) + 60}"]
        carrier = self.running["carrier"] = Process(command, self.path("carrier.log"), self.folder)
        if meanwhile:
            meanwhile(self)
        carrier.child.wait()
        self.running.pop("carrier").end()
        time.sleep(1.5)
        last = self.statistics("carrier")
        took = {site: int(self.statistics(site).get("TotalCallCreated", 0)) for site in SITES}
        return int(last["SuccessfulCall(C)"]), int(last["FailedCall(C)"]), took, self.times()

    def statistics(self, name):
        try:
            with open(self.path(name + ".csv")) as file:
                rows = list(csv.DictReader(file, delimiter=";"))
            return rows[-1] if rows else {}
        except FileNotFoundError:
            return {}

    def times(self):
        times = []
        for path in glob.glob(self.path("caller_*_rtt.csv")) + glob.glob(os.path.join(HERE, "caller_*_rtt.csv")):
            with open(path) as file:
                for line in file:
                    parts = line.split(";")
                    if len(parts) > 1 and parts[1].replace(".", "").isdigit():
                        times.append(float(parts[1]))
            os.remove(path)
        return sorted(times)

    def defaults(self):
        with open(self.path("switch.log")) as file:
            return sum("default for" in line for line in file)

    def end(self, keep=False):
        for process in reversed(list(self.running.values())):
            process.end()
        if keep:
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


def at(times, share):
    return f"{times[min(len(times) - 1, int(len(times) * share))]:.0f}" if times else "-"


class Table:
    HEAD = ("case", "calls", "answered", "lost", "berlin", "munich", "default", "ms p50", "ms p99", "ms max", "verdict")

    def __init__(self):
        self.rows = []
        self.good = True

    def add(self, case, count, outcome, defaults, why_wrong=""):
        answered, lost, took, times = outcome
        if not why_wrong and (lost or answered != count):
            why_wrong = "calls were lost"
        self.good &= not why_wrong
        self.rows.append((case, str(count), str(answered), str(lost), str(took["berlin"]), str(took["munich"]), str(defaults),
                          at(times, 0.5), at(times, 0.99), at(times, 1), why_wrong or "right"))
        print(self.line(self.rows[-1]), flush=True)

    @staticmethod
    def line(row):
        return f"{row[0]:<34}" + "".join(f"{cell:>9}" for cell in row[1:10]) + "  " + row[10]


def main():
    # Whoever ends this ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--short", action="store_true", help="a few hundred calls a case")
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", action="store_true", help="keep the folders with logs")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    rate = 50 if options.short else options.rate
    count = rate * (4 if options.short else options.seconds)
    few, many = (20, 100) if options.short else (100, 1000)
    table = Table()
    print(Table.line(Table.HEAD))

    def case(name, policy, body, **parts):
        if options.only and name.split()[0].rstrip(":") not in options.only.split(","):
            return
        network = Network(program, policy, **parts)
        try:
            body(name, network)
        finally:
            network.end(options.keep)

    def turns(name, network):
        outcome = network.calls(rate, count)
        berlin, wrong = outcome[2]["berlin"], ""
        asked = network.metrics().get('interflow_route_share_achieved{allocation="support/1",site="berlin"}')
        drift = network.metrics().get('interflow_route_share_drift{allocation="support/1",site="berlin"}', 99)
        if abs(drift) >= 1:
            wrong = f"the share strayed by {drift} calls"
        elif asked != berlin and not network.defaults():
            wrong = f"{asked:.0f} were told berlin, {berlin} came"
        table.add(name, count, outcome, network.defaults(), wrong)

    def delay(name, network):
        network.sign_agents_in()
        network.wait_until(
            lambda: f"interflow_agents_connected {len(network.agent_tokens)}" in (network.get("/metrics", network.admin_token) or ""),
            "the agents did not sign in")
        outcome = network.calls(few, many)
        share = outcome[2]["berlin"] / max(1, sum(outcome[2].values()))
        wrong = "" if 0.5 <= share <= 0.7 else f"berlin has 6 of 10 agents and got {share:.2f}"
        table.add(name, many, outcome, network.defaults(), wrong)

    def simply(rate, count, meanwhile=None, wants=None):
        def body(name, network):
            outcome = network.calls(rate, count, meanwhile)
            table.add(name, count, outcome, network.defaults(), (wants or (lambda *_: ""))(network, outcome))
        return body

    def everything_by_default(network, outcome):
        return "" if outcome[2]["berlin"] == sum(outcome[2].values()) else "some calls did not go to the default"

    def hang(network):
        time.sleep(1)
        network.running["router"].signal(signal.SIGSTOP)
        time.sleep(max(2, many / few / 2))
        network.running["router"].signal(signal.SIGCONT)

    def kill(site):
        def body(network):
            time.sleep(0.5)
            network.running[site].signal(signal.SIGKILL)
        return body

    def all_at_berlin(network, outcome):
        return "" if outcome[0] == many else "a call was not tried elsewhere"

    case(f"turns at {rate}/s, 60:40", "turns", turns)
    case(f"delay at {few}/s, 6 and 4 agents", "delay", delay)
    case("refused: no router", "turns", simply(few, many, wants=everything_by_default), router="none")
    case("503 from the router", "turns", simply(few, many, wants=everything_by_default), router="503")
    case("garbage from the router", "turns", simply(few, many, wants=everything_by_default), router="garbage")
    case("slow: router takes 100 ms", "turns", simply(few, many), router="slow")
    case("hung: router stopped for seconds", "turns", simply(few, many, hang))
    case("dead: munich is killed", "turns", simply(few, many, kill("munich"), all_at_berlin))
    case("busy: munich says 503", "turns", simply(few, many, wants=all_at_berlin), sites=("site", "busy"))
    print("all right" if table.good else "NOT right")
    return 0 if table.good else 1


sys.exit(main())
