"""A receiver of the binary databridge, written from wire.md 5.1 alone, with nothing but struct and sockets.

Usage: receiver.py CERTIFICATE_FILE KEY_FILE
Prints the two ports, then one JSON object per request. Refuses the second publish as of a session that has expired. Ends
when its standard input does.
"""

import json
import socket
import ssl
import struct
import sys
import threading

TIMEOUT = 20
EXPIRED = b"org.wso2.carbon.databridge.commons.exception.SessionTimeoutException"


def exactly(sock, count):
    data = b""
    while len(data) < count:
        chunk = sock.recv(count - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data


def take_text(data, at):
    (length,) = struct.unpack_from(">i", data, at)
    at += 4
    return data[at : at + length].decode("utf-8"), at + length


def read_event(data):
    (timestamp,) = struct.unpack_from(">q", data, 0)
    stream, at = take_text(data, 8)
    texts = []
    while at < len(data):
        value, at = take_text(data, at)
        texts.append(value)
    return {"timestamp": timestamp, "stream": stream, "texts": texts}


class Receiver:
    def __init__(self):
        self.lock = threading.Lock()
        self.logins = 0
        self.publishes = 0

    def answer(self, kind, body):
        with self.lock:
            if kind == 0:
                user, password = struct.unpack_from(">ii", body)
                self.logins += 1
                self.report("login", user=body[8 : 8 + user].decode(), password=body[8 + user : 8 + user + password].decode())
                session = b"session-%d" % self.logins
                return struct.pack(">Bi", 2, len(session)) + session
            session, at = take_text(body, 0)
            if kind == 1:
                self.report("logout", session=session)
                return b"\0"
            return self.published(session, body, at)

    def published(self, session, body, at):
        self.publishes += 1
        if self.publishes == 2:
            self.report("expired", session=session)
            message = ("%s expired" % session).encode()
            return struct.pack(">Bii", 1, len(EXPIRED), len(message)) + EXPIRED + message
        (count,) = struct.unpack_from(">i", body, at)
        at += 4
        events = []
        for _ in range(count):
            (size,) = struct.unpack_from(">i", body, at)
            events.append(read_event(body[at + 4 : at + 4 + size]))
            at += 4 + size
        self.report("publish", session=session, events=events, rest=len(body) - at)
        return b"\0"

    def report(self, request, **details):
        print(json.dumps({"request": request, **details}), flush=True)

    def serve(self, listener, context=None):
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=self.converse, args=(sock, context), daemon=True).start()

    def converse(self, sock, context):
        try:
            sock.settimeout(TIMEOUT)
            with context.wrap_socket(sock, server_side=True) if context else sock as peer:
                while True:
                    kind, length = struct.unpack(">Bi", exactly(peer, 5))
                    peer.sendall(self.answer(kind, exactly(peer, length)))
        except (EOFError, OSError):
            pass


def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    receiver = Receiver()
    tcp, tls = socket.create_server(("127.0.0.1", 0)), socket.create_server(("127.0.0.1", 0))
    print(json.dumps([tcp.getsockname()[1], tls.getsockname()[1]]), flush=True)
    threading.Thread(target=receiver.serve, args=(tcp,), daemon=True).start()
    threading.Thread(target=receiver.serve, args=(tls, context), daemon=True).start()
    sys.stdin.read()


main()
