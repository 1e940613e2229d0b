"""A mail server for tests: takes mails into a folder, one a file, or treats them as it is told to.

    sink.py FOLDER [--tls CERT KEY] [--implicit] [--user USER PASSWORD] [--then BEHAVIOUR]

It prints its port. A behaviour is what it does with a message:
    take        keeps it
    grey        refuses the first attempt of each recipient with 451, and takes the second
    shut        answers the first message's content with 421 and closes, and takes the others
    mute        never answers the first message's content, and keeps it; takes the others
    refuse      550 to every recipient
    strip       offers no STARTTLS, whatever it was given
Each message is a file NAME.eml with what came over the wire, and NAME.json with the envelope.
"""

import argparse
import asyncio
import json
import pathlib
import ssl
import sys
import uuid

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--tls", nargs=2)
parser.add_argument("--implicit", action="store_true")
parser.add_argument("--user", nargs=2)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--then", default="take")
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)


class Handler:
    def __init__(self):
        self.seen = set()
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.then == "refuse":
            return "550 5.1.1 nobody of that name"
        if options.then == "grey" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        if options.then == "shut" and self.count == 1:
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
            return "421 4.3.2 shutting down"
        name = uuid.uuid4().hex
        (options.folder / f".{name}").write_bytes(envelope.original_content)
        (options.folder / f"{name}.json").write_text(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "options": envelope.mail_options,
            "tls": server.transport.get_extra_info("sslcontext") is not None, "user": str(session.auth_data or ""),
        }))
        (options.folder / f".{name}").rename(options.folder / f"{name}.eml")
        if options.then == "mute" and self.count == 1:
            await asyncio.sleep(3600)
        return "250 2.0.0 taken"


class Stripped(SMTP):
    """As if somebody in between had taken STARTTLS out of what is offered."""

    async def push(self, status):
        if isinstance(status, str):
            status = status.replace("STARTTLS", "XXXXXXXX")
        else:
            status = status.replace(b"STARTTLS", b"XXXXXXXX")
        await super().push(status)


def authenticate(server, session, envelope, mechanism, data):
    good = options.user and [data.login.decode(), data.password.decode()] == options.user
    return AuthResult(success=bool(good), handled=bool(good), auth_data=data.login.decode() if good else None)


async def main():
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    handler = Handler()
    kind = Stripped if options.then == "strip" else SMTP

    def make():
        return kind(
            handler, hostname="sink.example", enable_SMTPUTF8=True,
            tls_context=None if options.implicit else context,
            require_starttls=bool(context) and not options.implicit and options.then != "strip",
            auth_required=bool(options.user), authenticator=authenticate if options.user else None,
            auth_require_tls=not options.implicit,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        make, "127.0.0.1", options.port, ssl=context if options.implicit else None, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with whoever started it.
    await loop.run_in_executor(None, sys.stdin.read)
    import os
    os._exit(0)


asyncio.run(main())
