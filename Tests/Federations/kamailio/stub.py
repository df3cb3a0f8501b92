#!/usr/bin/env python3
"""A router that is out of order, of the kind named: 503, garbage, slow (answers, after 100 ms).

Usage: stub.py PORT KIND
"""
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, KIND = int(sys.argv[1]), sys.argv[2]


class Router(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        question = self.rfile.read(int(self.headers["Content-Length"]))
        status, body = 200, b"}{ not JSON"
        if KIND == "503":
            status, body = 503, b'{"type":"urn:interflow:problem:store-full","status":503}'
        elif KIND == "slow":
            time.sleep(0.1)
            body = json.dumps({"decision": "default", "reason": "slow", "uri": ""}).encode()
        _ = question
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        pass


ThreadingHTTPServer.request_queue_size = 512
ThreadingHTTPServer(("127.0.0.1", PORT), Router).serve_forever()
