"""The peer of the fan-out: a python-socketio server that keeps nothing but its sessions in memory. It takes the same
requests and events as `griddrill serve`, so that the benchmark's clients can be pointed at it.

    pip install python-socketio aiohttp && python3 socketio_server.py
"""

import socket
import sys
import uuid

import socketio
from aiohttp import web

server = socketio.AsyncServer(async_mode="aiohttp", ping_interval=25, ping_timeout=20)
sessions = {}


@server.on("handshake")
async def handshake(sid, customer):
    sessions[int(customer)] = sid
    return {"success": True}


@server.on("acknowledge")
async def acknowledge(sid, body):
    await server.emit("acknowledge-update", {**body, "success": True}, to=sid)


async def incident(request):
    body = await request.json()
    for customer, sid in list(sessions.items()):
        dispatch = {
            "_id": str(uuid.uuid4()), "incidentId": "1", "programId": body["program_id"], "customerId": customer,
            "message": "Please have your full curtailment plan in effect", "dispatchMeans": "websocket",
        }
        await server.emit("new-dispatch", dispatch, to=sid)
    return web.json_response(body)


application = web.Application()
application.router.add_post("/incident", incident)
server.attach(application)
listener = socket.create_server(("127.0.0.1", 0), backlog=1024)


def announce(*_):
    print(f"serving http://127.0.0.1:{listener.getsockname()[1]}/", file=sys.stderr, flush=True)


web.run_app(application, sock=listener, print=announce, shutdown_timeout=1)
