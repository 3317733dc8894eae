"""RTSP server for tests, on GStreamer: raw H.264 files, each looped under a path of its own.

Commands come as JSON, one a line, on standard input: {"id": 1, "op": "pause", ...}; each is answered by a line
{"id": 1, ...}. The first line out is {"port": N}. The server ends when its standard input does.
"""
import itertools
import json
import random
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PIPELINE = (
    '( multifilesrc loop=true location="{file}" ! video/x-h264,stream-format=byte-stream,framerate=25/1 '
    "! h264parse ! rtph264pay name=pay0 config-interval=1 pt=96 )"
)
ROLE = "viewer"
# A pipeline starts only once its first packets came through; a camera that hangs still answers.
PACKETS_TO_START = 3
Keep, Drop = Gst.PadProbeReturn.OK, Gst.PadProbeReturn.DROP


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


class Mount(GstRtspServer.RTSPMediaFactory):
    """One path of the server, and what goes wrong there."""

    def __init__(self, settings):
        super().__init__()
        self.paused = False
        self.loss_share = 0.0
        self.random = random.Random(1)
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role(ROLE, "media.factory.access", True)
        permissions.add_permission_for_role(ROLE, "media.factory.construct", True)
        self.set_permissions(permissions)
        self.serve(settings)
        self.connect("media-configure", self.configure)

    def serve(self, settings):
        self.period_ns = round(1e9 / settings["rate"])
        self.set_launch(PIPELINE.format(file=settings["file"]))
        self.set_shared(settings.get("shared", False))

    def configure(self, _factory, media):
        payloader = media.get_element().get_by_name("pay0")
        # A raw file has no time stamps, and may lie about its rate.
        pictures = itertools.count()
        payloader.get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, self.stamp, pictures, self.period_ns)
        sent = [0]
        kinds = Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST
        payloader.get_static_pad("src").add_probe(kinds, self.on_packets, sent)

    def stamp(self, _pad, info, pictures, period_ns):
        buffer = info.get_buffer()
        buffer.pts = buffer.dts = next(pictures) * period_ns
        buffer.duration = period_ns
        return Keep

    def passes(self, sent):
        sent[0] += 1
        if sent[0] <= PACKETS_TO_START:
            return True
        return not self.paused and (self.loss_share == 0 or self.random.random() >= self.loss_share)

    def on_packets(self, pad, info, sent):
        if not self.paused and self.loss_share == 0:
            return Keep
        if not info.type & Gst.PadProbeType.BUFFER_LIST:
            return Keep if self.passes(sent) else Drop
        packets = info.get_buffer_list()
        for i in range(packets.length()):
            if self.passes(sent):
                pad.get_peer().chain(packets.get(i))
        return Drop


class Server:
    """The server, which can be stopped and started again on its port."""

    def __init__(self, mounts, users, digest):
        self.mounts = {name: Mount(settings) for name, settings in mounts.items()}
        self.users = users
        self.digest = digest
        self.port = 0
        self.source = None
        self.server = None

    def auth(self):
        if self.users is None:
            return None
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST if self.digest else GstRtsp.RTSPAuthMethod.BASIC)
        for name, password in self.users.items():
            token = GstRtspServer.RTSPToken()
            token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, ROLE)
            if self.digest:
                auth.add_digest(name, password, token)
            else:
                auth.add_basic(GstRtspServer.RTSPAuth.make_basic(name, password), token)
        return auth

    def start(self):
        if self.server is not None:
            return
        self.server = GstRtspServer.RTSPServer()
        self.server.set_address("127.0.0.1")
        self.server.set_service(str(self.port))
        self.server.set_auth(self.auth())
        for name, mount in self.mounts.items():
            self.server.get_mount_points().add_factory("/" + name, mount)
        self.source = self.server.attach(None)
        if self.source == 0:
            self.server = None
            raise RuntimeError("the port cannot be listened on")
        self.port = self.server.get_bound_port()

    def stop(self):
        if self.server is None:
            return
        GLib.Source.remove(self.source)
        self.hang_up()
        self.server = None

    def hang_up(self):
        if self.server is None:
            return
        self.server.client_filter(lambda _server, _client: GstRtspServer.RTSPFilterResult.REMOVE)

    def handle(self, command):
        op = command["op"]
        mount = self.mounts.get(command.get("mount"))
        if op == "stop":
            self.stop()
        elif op == "start":
            self.start()
        elif op == "pause":
            mount.paused = command["paused"]
        elif op == "lose":
            mount.loss_share = command["share"]
        elif op == "serve":
            mount.serve(command)
            self.hang_up()
        elif op == "users":
            self.users = command["users"]
            self.server.set_auth(self.auth())
            self.hang_up()
        elif op == "clients":
            return {"clients": len(self.server.client_filter(None)) if self.server else 0}
        else:
            raise ValueError("no such command: " + op)
        return {}


def main():
    Gst.init(None)
    settings = json.loads(sys.stdin.readline())
    server = Server(settings["mounts"], settings.get("users"), settings.get("digest", False))
    server.start()
    say({"port": server.port})
    loop = GLib.MainLoop()

    def answer(command):
        try:
            say({"id": command["id"], **server.handle(command)})
        except Exception as error:  # The test is told, and decides.
            say({"id": command["id"], "error": str(error)})
        return False

    def read():
        for line in sys.stdin:
            GLib.idle_add(answer, json.loads(line))
        GLib.idle_add(loop.quit)

    threading.Thread(target=read, daemon=True).start()
    loop.run()


main()
