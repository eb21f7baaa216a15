"""A client of the binary databridge, written from wire.md 5.1 alone, with nothing but struct and sockets.

Usage: client.py TCP_PORT TLS_PORT CA_FILE
Prints one JSON object with what the receiver answered.
"""

import json
import socket
import ssl
import struct
import sys

TIMEOUT = 10
STREAM = b"org.wso2.throttle.request.stream:1.0.0"


def text(value):
    data = value.encode("utf-8")
    return struct.pack(">i", len(data)) + data


def frame(kind, body):
    return struct.pack(">Bi", kind, len(body)) + body


def login(user, password):
    user, password = user.encode("utf-8"), password.encode("utf-8")
    return frame(0, struct.pack(">ii", len(user), len(password)) + user + password)


def logout(session):
    return frame(1, text(session))


def event(timestamp, values, pairs=()):
    body = struct.pack(">qi", timestamp, len(STREAM)) + STREAM
    body += b"".join(text(value) for value in values)
    body += b"".join(text(key) + text(value) for key, value in pairs)
    return struct.pack(">i", len(body)) + body


def publish(session, events):
    return frame(2, text(session) + struct.pack(">i", len(events)) + b"".join(events))


def exactly(sock, count):
    data = b""
    while len(data) < count:
        chunk = sock.recv(count - len(data))
        if not chunk:
            raise EOFError("closed after %d of %d bytes" % (len(data), count))
        data += chunk
    return data


def ask(sock, request):
    sock.sendall(request)
    kind = exactly(sock, 1)[0]
    if kind == 0:
        return ["ok"]
    if kind == 1:
        class_length, message_length = struct.unpack(">ii", exactly(sock, 8))
        return ["error", exactly(sock, class_length).decode("utf-8"), exactly(sock, message_length).decode("utf-8")]
    if kind == 2:
        return ["session", exactly(sock, struct.unpack(">i", exactly(sock, 4))[0]).decode("utf-8")]
    raise ValueError("answer of type %d" % kind)


def main():
    tcp_port, tls_port, ca_file = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    context = ssl.create_default_context(cafile=ca_file)
    answers = {}
    with socket.create_connection(("127.0.0.1", tls_port), TIMEOUT) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            answers["wrong password"] = ask(secure, login("admin", "wrong"))
            answers["login"] = ask(secure, login("admin", "admin"))
    session = answers["login"][1]
    values = ["v%d" % number for number in range(17)]
    with socket.create_connection(("127.0.0.1", tcp_port), TIMEOUT) as plain:
        first = event(1600000000000, values)
        second = event(1600000000001, [""] * 16 + ["Größe"], [("key", "value")])
        answers["publish"] = ask(plain, publish(session, [first, second]))
        answers["unknown session"] = ask(plain, publish("nobody", [first]))
        answers["logout"] = ask(plain, logout(session))
        answers["after logout"] = ask(plain, publish(session, [first]))
    print(json.dumps(answers))


main()
